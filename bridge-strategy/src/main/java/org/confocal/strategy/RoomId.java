package org.confocal.strategy;

/** The bare JID of a conference's MUC, as in {@code standup@muc.example.org}. */
public record RoomId(String value) {
    public RoomId {
        int at = value.indexOf('@');
        if (at <= 0 || at == value.length() - 1 || value.indexOf('/') >= 0) {
            throw new IllegalArgumentException("not a room: " + value);
        }
    }

    /** The part before the {@code @}. */
    public String local() {
        return value.substring(0, value.lastIndexOf('@'));
    }

    /** The MUC service: the part after the {@code @}. */
    public String domain() {
        return value.substring(value.lastIndexOf('@') + 1);
    }

    @Override
    public String toString() {
        return value;
    }
}
