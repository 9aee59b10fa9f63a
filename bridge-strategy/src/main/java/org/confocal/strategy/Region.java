package org.confocal.strategy;

/** A placement label of a bridge or a participant, as in {@code eu-west-1}. Compared as text, case included. */
public record Region(String name) {
    public Region {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a region must not be blank");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
