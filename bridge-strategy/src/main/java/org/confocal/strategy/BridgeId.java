package org.confocal.strategy;

/**
 * One videobridge: its occupant JID in the brewery, as in {@code jvbbrewery@internal.example.org/jvb1} (spec/05, section
 * 1). A bridge that leaves and comes back keeps its id, but nothing else.
 */
public record BridgeId(String value) {
    public BridgeId {
        if (value.isBlank()) {
            throw new IllegalArgumentException("a bridge id must not be blank");
        }
    }

    /** The brewery nick: the label that operators and metrics know the bridge by; the whole id where there is none. */
    public String nick() {
        return value.substring(value.indexOf('/') + 1);
    }

    @Override
    public String toString() {
        return value;
    }
}
