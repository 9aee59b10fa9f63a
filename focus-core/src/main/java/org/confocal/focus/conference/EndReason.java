package org.confocal.focus.conference;

/** Why a conference ended. Every end has one. */
public enum EndReason {
    /** The last member left. */
    EVERYBODY_LEFT,
    /** Nobody came within the start timeout. */
    NOBODY_CAME,
    ROOM_JOIN_FAILED,
    KICKED,
    ROOM_DESTROYED,
    NOT_OWNER,
    /** Another live conference has the same meeting id. */
    DUPLICATE_MEETING_ID,
    /** The focus stops. */
    SHUTDOWN,
    /** An invariant broke; the log has the state and the history. */
    BROKEN
}
