package org.confocal.xmpp.stream;

/** The peer sent something after which a stream cannot go on (RFC 6120, section 4.9): it is told why, and the stream ends. */
public final class StreamViolation extends Exception {

    /** The stream error that the peer is told. */
    public enum Condition {
        BAD_FORMAT,
        INVALID_NAMESPACE,
        NOT_WELL_FORMED,
        POLICY_VIOLATION,
        RESTRICTED_XML;

        /** As in {@code not-well-formed}. */
        public String element() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    private final Condition condition;

    public StreamViolation(Condition condition, String message) {
        super(condition.element() + ": " + message);
        this.condition = condition;
    }

    public Condition condition() {
        return condition;
    }
}
