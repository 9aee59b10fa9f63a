package org.confocal.focus.model;

/** One conference on one bridge; clients name it when they ask for a restart (spec/03, section 5.5). */
public record BridgeSessionId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
