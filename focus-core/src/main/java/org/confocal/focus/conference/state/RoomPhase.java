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
    /** The stream is up and the room is lost: it is joined again when a pause is over; what was known is kept. */
    OUTSIDE,
    /** Joining again after {@link #DISCONNECTED} or {@link #OUTSIDE}. */
    REJOINING,
    ENDED;

    /** Whether the focus was in the room and is on its way back: what happens there meanwhile is not seen. */
    public boolean isAway() {
        return this == DISCONNECTED || this == OUTSIDE || this == REJOINING;
    }

    /** Whether what the focus sends to members arrives. */
    public boolean inRoom() {
        return this == AWAITING_METADATA || this == JOINED;
    }
}
