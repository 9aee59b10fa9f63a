package org.confocal.focus.model;

/**
 * The RTP id of one source. Any number can be written here, because a client can send any number; {@link #valid()} says
 * whether it is one (spec/03, section 7).
 */
public record Ssrc(long value) {
    private static final long MAX = 0xFFFF_FFFFL;

    /** Whether this is in 1 to 2^32-1. */
    public boolean valid() {
        return value >= 1 && value <= MAX;
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
