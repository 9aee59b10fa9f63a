package org.confocal.focus.model;

/**
 * An authentication session, as its owner is told of it (spec/02, section 4).
 *
 * @param sessionId a secret: who names it, and the machine's id, has authenticated
 * @param identity whose it is, as in {@code anna@example.org}
 */
public record Login(String sessionId, String identity) {

    /** Without the secret. */
    @Override
    public String toString() {
        return "Login[" + identity + "]";
    }
}
