package org.confocal.focus.conference.state;

import org.confocal.focus.model.BridgeSessionId;
import org.confocal.focus.model.SessionId;

/**
 * Whether a member that is moved keeps its Jingle session and only gets another transport (spec/03, section 9, {@code
 * ReplaceTransport}).
 */
public sealed interface Replacement {

    /** Nothing speaks against it; whether it is done is configured. */
    record Possible() implements Replacement {}

    /**
     * It is being moved and keeps this session, and its sources with it, until it has accepted the new transport.
     *
     * @param told the session with a bridge that the member was told of last, before the move
     */
    record Held(SessionId session, BridgeSessionId told) implements Replacement {}

    /** It did not follow once. From then on it gets a new session each time. */
    record GivenUp() implements Replacement {}
}
