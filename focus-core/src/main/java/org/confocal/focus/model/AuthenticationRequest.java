package org.confocal.focus.model;

import java.util.Optional;
import org.confocal.strategy.RoomId;

/** An IQ about logging in or out (spec/02, section 4). Answered exactly once. */
public sealed interface AuthenticationRequest {
    StanzaRef stanza();

    /** Where somebody who wants to open this room logs in. */
    record LoginUrl(StanzaRef stanza, Optional<RoomId> room, Optional<String> machineUid)
            implements AuthenticationRequest {}

    /** Somebody is done with its session; the id is empty where none was given. */
    record Logout(StanzaRef stanza, String sessionId) implements AuthenticationRequest {

        /** Without the secret. */
        @Override
        public String toString() {
            return "Logout[" + stanza + "]";
        }
    }
}
