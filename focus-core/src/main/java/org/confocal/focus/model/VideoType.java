package org.confocal.focus.model;

/** What a video source shows; audio sources count as camera. */
public enum VideoType {
    CAMERA,
    DESKTOP
}
