package org.confocal.focus.model;

import java.util.Optional;

/**
 * An error reply (RFC 6120, section 8.3): the condition and its text.
 *
 * @param text empty for none
 * @param extension an application-specific condition beside it
 */
public record StanzaError(Condition condition, String text, Optional<Extension> extension) {

    public static StanzaError of(Condition condition, String text) {
        return new StanzaError(condition, text, Optional.empty());
    }

    /** The conditions that the focus answers with; the adapter adds the type that belongs to each. */
    public enum Condition {
        BAD_REQUEST,
        CONFLICT,
        FEATURE_NOT_IMPLEMENTED,
        FORBIDDEN,
        GONE,
        INTERNAL_SERVER_ERROR,
        ITEM_NOT_FOUND,
        NOT_ACCEPTABLE,
        NOT_ALLOWED,
        NOT_AUTHORIZED,
        RESOURCE_CONSTRAINT,
        SERVICE_UNAVAILABLE,
        UNEXPECTED_REQUEST;

        /** As in {@code bad-request}. */
        public String element() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    /** Application-specific conditions. */
    public enum Extension {
        /** {@code <session-invalid xmlns='http://jitsi.org/protocol/focus'/>}. */
        SESSION_INVALID
    }
}
