package org.confocal.focus.conference;

/** Why somebody is moved whose media flows. */
public enum MoveCause {
    /** An operator asked for it. */
    REQUESTED,
    /** The bridge carries too much. */
    REDISTRIBUTION
}
