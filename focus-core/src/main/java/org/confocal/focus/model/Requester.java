package org.confocal.focus.model;

import java.util.Optional;

/** Who asks for a conference, as far as the focus knows (spec/02, section 4). */
public sealed interface Requester {
    /** Nobody is asked for a login here. */
    record Anybody() implements Requester {}

    /** Has not authenticated where people are asked to: may join a conference, not begin one. */
    record Guest() implements Requester {}

    /**
     * Has authenticated: may begin a conference, and becomes owner.
     *
     * @param login told in the answer; empty where the request did not ask for one
     */
    record Authenticated(Optional<Login> login) implements Requester {}

    /** What the answer says of its session. */
    default Optional<Login> told() {
        return switch (this) {
            case Authenticated known -> known.login();
            case Anybody anybody -> Optional.empty();
            case Guest guest -> Optional.empty();
        };
    }

    /** Whether it may begin a conference. */
    default boolean mayOpen() {
        return switch (this) {
            case Authenticated known -> true;
            case Anybody anybody -> true;
            case Guest guest -> false;
        };
    }
}
