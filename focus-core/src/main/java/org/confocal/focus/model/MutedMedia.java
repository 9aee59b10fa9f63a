package org.confocal.focus.model;

/** What a mute request is about: the namespace suffix of its {@code <mute>} (spec/02, section 10). */
public enum MutedMedia {
    AUDIO,
    VIDEO,
    DESKTOP
}
