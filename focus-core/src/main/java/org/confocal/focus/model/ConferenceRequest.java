package org.confocal.focus.model;

import java.util.Map;
import java.util.Optional;
import org.confocal.strategy.RoomId;

/**
 * Somebody asks the focus to come to a room (spec/02, section 1), over XMPP or HTTP.
 *
 * @param origin where the answer goes
 * @param sender who asks; empty over HTTP
 * @param properties as the client sent them; unknown ones are ignored
 */
public record ConferenceRequest(
        Origin origin,
        RoomId room,
        Optional<Jid> sender,
        Optional<String> machineUid,
        Optional<String> sessionId,
        Optional<String> token,
        Map<String, String> properties) {
    public ConferenceRequest {
        properties = Map.copyOf(properties);
    }

    /** Without the token, because requests find their way into logs. */
    @Override
    public String toString() {
        return "ConferenceRequest[room=" + room + ", sender="
                + sender.map(Jid::value).orElse("-") + ", origin=" + origin + ", token="
                + (token.isPresent() ? "(there is one)" : "-") + ", properties=" + properties + "]";
    }

    /** Where an answer goes. */
    public sealed interface Origin {
        /** The sender of an IQ. */
        record Stanza(StanzaRef stanza) implements Origin {}

        /** A waiting HTTP exchange of this process. */
        record Http(long exchange) implements Origin {}
    }
}
