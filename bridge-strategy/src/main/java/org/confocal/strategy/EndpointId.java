package org.confocal.strategy;

/** A participant on a bridge; the same text as its nick in the room (spec/04, section 1). */
public record EndpointId(String value) {
    public EndpointId {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("an endpoint id must not be empty");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
