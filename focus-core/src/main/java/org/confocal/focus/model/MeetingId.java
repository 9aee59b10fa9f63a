package org.confocal.focus.model;

/** The unique id of one run of a conference (spec/02, section 5.1). */
public record MeetingId(String value) {
    public MeetingId {
        if (value.isBlank()) {
            throw new IllegalArgumentException("a meeting id must not be blank");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
