package org.confocal.focus.model;

/** The {@code sid} of a Jingle session between the focus and one participant (XEP-0166). */
public record SessionId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
