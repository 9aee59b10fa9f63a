package org.confocal.focus.config;

/** Who is made owner of a room by the focus (spec/02, section 8). */
public sealed interface OwnerRule {
    OwnerRule FIRST_COMER = new FirstComer();
    OwnerRule NOBODY = new Nobody();

    /** One person: an owner that is there, else whoever came first. Not in breakout rooms. */
    record FirstComer() implements OwnerRule {}

    /**
     * Everybody who has authenticated.
     *
     * @param domain whose accounts have, whether or not they asked the focus for anything
     */
    record Authenticated(String domain) implements OwnerRule {}

    /** Others decide who may moderate, as modules of Prosody. */
    record Nobody() implements OwnerRule {}
}
