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
    SELECTIONS_FAILED,
    INPUTS_ILLEGAL
}
