package org.confocal.focus.conference;

/** Why somebody is moved whose media flows. */
public enum MoveCause {
    /** An operator asked for it. */
    REQUESTED,
    /** The bridge carries too much. */
    REDISTRIBUTION,
    /** The conference has settled, and turns out to be cheaper or faster elsewhere. */
    SECOND_LOOK,
    /** Its bridge is being emptied. */
    DRAIN
}
