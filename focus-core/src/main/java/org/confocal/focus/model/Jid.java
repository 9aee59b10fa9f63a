package org.confocal.focus.model;

import java.util.Optional;

/**
 * An XMPP address as text, already checked and normalised by the adapter (RFC 7622). Here it is only taken apart.
 */
public record Jid(String value) {
    public Jid {
        if (value.isBlank()) {
            throw new IllegalArgumentException("a JID must not be blank");
        }
    }

    /** Everything before the first slash. */
    public Jid bare() {
        int slash = value.indexOf('/');
        return slash < 0 ? this : new Jid(value.substring(0, slash));
    }

    /** The part after the {@code @} of the bare address. */
    public String domain() {
        String bare = bare().value;
        return bare.substring(bare.indexOf('@') + 1);
    }

    /** The part after the first slash. */
    public Optional<String> resource() {
        int slash = value.indexOf('/');
        return slash < 0 ? Optional.empty() : Optional.of(value.substring(slash + 1));
    }

    @Override
    public String toString() {
        return value;
    }
}
