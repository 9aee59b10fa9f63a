package org.confocal.health;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.confocal.focus.model.ConferenceAnswer;
import org.confocal.focus.model.ConferenceReply;
import org.confocal.focus.model.ConferenceRequest;
import org.confocal.focus.model.StanzaError;
import org.confocal.strategy.RoomId;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The bodies of {@code /conference-request/v1} (spec/02, section 3). Pure. */
final class ConferenceRequestPage {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String NO_ROOM = "XMPPError: bad-request - modify [No 'room' specified.]";

    private ConferenceRequestPage() {}

    /** What a body says. */
    sealed interface Parsed {
        record Request(ConferenceRequest request) implements Parsed {}

        /** It cannot be understood, for a reason in words. */
        record Refused(String reason) implements Parsed {}
    }

    /**
     * Reads a request. Unknown keys are ignored.
     *
     * @param authorization the header: a token, with or without {@code Bearer} in front
     */
    static Parsed parse(byte[] body, Optional<String> authorization) {
        JsonNode json;
        try {
            json = JSON.readTree(body);
        } catch (JacksonException e) {
            return new Parsed.Refused("not JSON: " + e.getOriginalMessage());
        }
        if (!json.isObject()) {
            return new Parsed.Refused("not a JSON object");
        }
        for (String key : new String[] {"room", "sessionId", "machineUid"}) {
            if (json.hasNonNull(key) && !json.path(key).isString()) {
                return new Parsed.Refused("'" + key + "' must be a string");
            }
        }
        if (json.hasNonNull("properties") && !json.path("properties").isObject()) {
            return new Parsed.Refused("'properties' must be an object");
        }
        Optional<String> room = text(json, "room");
        if (room.isEmpty()) {
            return new Parsed.Refused(NO_ROOM);
        }
        return RoomAddress.parse(room.get())
                .<Parsed>map(id -> new Parsed.Request(new ConferenceRequest(
                        new ConferenceRequest.Origin.Http(0),
                        id,
                        Optional.empty(),
                        text(json, "machineUid"),
                        text(json, "sessionId"),
                        authorization.map(ConferenceRequestPage::token).filter(token -> !token.isEmpty()),
                        properties(json.path("properties")))))
                .orElseGet(() -> new Parsed.Refused("'room' is not a room address"));
    }

    /** The whole reply. */
    static Reply reply(ConferenceReply reply, FocusIdentity identity) {
        return switch (reply) {
            case ConferenceAnswer answer -> answer(answer, identity);
            case ConferenceReply.Refused refused -> refusal(refused.error());
        };
    }

    private static Reply refusal(StanzaError error) {
        return switch (error.condition()) {
            case NOT_AUTHORIZED -> Reply.text(403, "Error");
            // Jicofo leaves the number out, so that clients, which look for both words, keep asking with a session that
            // is
            // gone (spec/02, section 3).
            case NOT_ACCEPTABLE -> Reply.text(400, "Bad request: 400 invalid-session");
            case BAD_REQUEST,
                    CONFLICT,
                    FEATURE_NOT_IMPLEMENTED,
                    FORBIDDEN,
                    GONE,
                    INTERNAL_SERVER_ERROR,
                    ITEM_NOT_FOUND,
                    NOT_ALLOWED,
                    RESOURCE_CONSTRAINT,
                    SERVICE_UNAVAILABLE,
                    UNEXPECTED_REQUEST ->
                Reply.text(400, "Bad request: " + error.condition().element());
        };
    }

    /** Empty fields are left out, {@code properties} never, because clients need it (spec/07). */
    private static Reply answer(ConferenceAnswer answer, FocusIdentity identity) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("room", answer.room().value());
        tree.put("ready", answer.ready());
        tree.put("focusJid", identity.focus().bare().value());
        answer.login().ifPresent(login -> {
            tree.put("sessionId", login.sessionId());
            tree.put("identity", login.identity());
        });
        tree.put("properties", answer.properties());
        return Reply.json(tree);
    }

    /** The answer where the focus has none: the client asks again with back-off. */
    static ConferenceAnswer notReady(RoomId room) {
        return new ConferenceAnswer(room, false, Map.of());
    }

    private static Optional<String> text(JsonNode json, String key) {
        return json.hasNonNull(key)
                ? Optional.of(json.path(key).asString()).filter(value -> !value.isEmpty())
                : Optional.empty();
    }

    private static Map<String, String> properties(JsonNode json) {
        Map<String, String> properties = new LinkedHashMap<>();
        json.forEachEntry((key, value) -> {
            if (value.isValueNode() && !value.isNull()) {
                properties.put(key, value.asString());
            }
        });
        return properties;
    }

    private static String token(String authorization) {
        String stripped = authorization.strip();
        return stripped.regionMatches(true, 0, "Bearer ", 0, 7)
                ? stripped.substring(7).strip()
                : stripped;
    }

    /** A room's address as text from outside (RFC 7622; the relaxed rules of spec/01, section 1.1). */
    static final class RoomAddress {
        private static final int MAX_PART_BYTES = 1_023;

        private RoomAddress() {}

        /** Lower case, as the server writes it; empty where it is not the bare address of a room. */
        static Optional<RoomId> parse(String text) {
            int at = text.lastIndexOf('@');
            if (at <= 0 || at != text.indexOf('@')) {
                return Optional.empty();
            }
            String local = text.substring(0, at).toLowerCase(Locale.ROOT);
            String domain = text.substring(at + 1).toLowerCase(Locale.ROOT);
            return fits(local) && fits(domain) && domain.indexOf(':') < 0
                    ? Optional.of(new RoomId(local + "@" + domain))
                    : Optional.empty();
        }

        private static boolean fits(String part) {
            return !part.isEmpty()
                    && part.getBytes(StandardCharsets.UTF_8).length <= MAX_PART_BYTES
                    && part.codePoints().noneMatch(RoomAddress::forbidden);
        }

        private static boolean forbidden(int codePoint) {
            return codePoint == '/'
                    || Character.isISOControl(codePoint)
                    || Character.isWhitespace(codePoint)
                    || Character.isSpaceChar(codePoint)
                    || !Character.isDefined(codePoint)
                    || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
        }
    }
}
