package org.confocal.focus.model;

import java.util.Optional;

/** The answer to an {@link AuthenticationRequest}. */
public sealed interface AuthenticationReply {

    /** Relative to the client's own page; empty where the client knows it without the focus. */
    record LoginUrl(Optional<String> url) implements AuthenticationReply {}

    record LoggedOut() implements AuthenticationReply {}

    record Refused(StanzaError error) implements AuthenticationReply {}
}
