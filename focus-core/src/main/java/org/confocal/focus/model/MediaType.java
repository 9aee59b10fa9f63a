package org.confocal.focus.model;

/** What a source carries. */
public enum MediaType {
    AUDIO,
    VIDEO
}
