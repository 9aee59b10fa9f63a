package org.confocal.focus.conference.state;

/** How far the focus is with its room. */
public enum RoomPhase {
    /** Nobody has asked yet. */
    NEW,
    JOINING,
    /** In the room; the presets service has not sent its first metadata. */
    AWAITING_METADATA,
    JOINED,
    /** The stream broke; what was known is kept. */
    DISCONNECTED,
    /** Joining again after {@link #DISCONNECTED}. */
    REJOINING,
    ENDED;

    /** Whether what the focus sends to members arrives. */
    public boolean inRoom() {
        return this == AWAITING_METADATA || this == JOINED;
    }
}
