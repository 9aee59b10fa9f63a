package org.confocal.focus.conference;

/** What conferences count (spec/06, section 9). The name on the wire is made of the constant's. */
public enum ConferenceCounter {
    PARTICIPANTS,
    PARTICIPANTS_MOVED,
    PARTICIPANTS_NO_START_MUTED_RMD,
    PARTICIPANTS_ICE_FAILED,
    PARTICIPANTS_RESTART_REQUESTED,
    BRIDGES_REMOVED,
    ICE_RESTARTS_REQUESTED,
    ICE_RESTARTS_RELAYED,
    ICE_RESTARTS_NOT_NEEDED,
    ICE_RESTARTS_FAILED,
    /** Participants that did not follow a transport-replace and got a new session. */
    TRANSPORT_REPLACES_FAILED,
    RELAY_LINKS_MADE,
    RELAY_LINKS_REMOVED,
    RELAY_TRANSPORTS_WITHHELD,
    /** Bridges that a conference avoided from then on, because something it asked for failed there. */
    BRIDGES_SUSPECTED,
    /** Conferences that a bridge had already, from before a restart of the focus: expired there and made anew. */
    CONFERENCES_REPLACED,
    SELECTIONS_FAILED,
    INPUTS_ILLEGAL,
    /** Participants that were invited again because a bridge had lost them while the focus was away. */
    PARTICIPANTS_REPAIRED
}
