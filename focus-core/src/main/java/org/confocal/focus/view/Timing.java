package org.confocal.focus.view;

/** What is timed. The name on the wire is made of the constant's. */
public enum Timing {
    /** From a conference request to its answer, joining the room included. */
    CONFERENCE_REQUEST,
    /** From the moment somebody is in a room with others to the offer of a session. */
    JOIN_TO_OFFER,
    /** From a request to a bridge to its answer, or to the end of the time that it has. */
    BRIDGE_RESPONSE
}
