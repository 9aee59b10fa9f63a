package org.confocal.health;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.confocal.focus.view.FocusControl;
import org.confocal.strategy.RoomId;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Binding conferences to bridge versions: Jicofo's bodies and status codes (spec/06, section 6). */
final class PinPage {
    static final String PATH = "/pin";
    static final String REMOVE = "/pin/remove";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MAX_VERSION = 256;

    /** A pin lasts a year at most. */
    private static final long MAX_MINUTES = 366L * 24 * 60;

    private PinPage() {}

    static Reply list(FocusControl control) {
        List<Map<String, Object>> pins = control.pins().stream()
                .map(pin -> {
                    Map<String, Object> tree = new LinkedHashMap<>();
                    tree.put("conferenceId", pin.conference().value());
                    tree.put("jvbVersion", pin.version());
                    tree.put("expiresAt", pin.expiresAt().toString());
                    return tree;
                })
                .toList();
        return Reply.json(pins);
    }

    /** The answer to a POST to {@link #PATH}. */
    static Reply pin(byte[] body, FocusControl control) {
        Optional<JsonNode> json = object(body);
        Optional<RoomId> room = json.flatMap(PinPage::room);
        String version = json.map(tree -> tree.path("jvbVersion").asString("")).orElse("");
        long minutes = json.map(tree -> tree.path("durationMinutes").asLong(0)).orElse(0L);
        if (room.isEmpty()
                || version.isBlank()
                || version.length() > MAX_VERSION
                || minutes < 1
                || minutes > MAX_MINUTES) {
            return Reply.text(
                    400,
                    "Bad request: expected {\"conferenceId\": a room's address, \"jvbVersion\": a version,"
                            + " \"durationMinutes\": 1 to " + MAX_MINUTES + "}");
        }
        return control.pin(room.get(), version, Duration.ofMinutes(minutes))
                ? Reply.text(200, "")
                : Reply.text(503, "There are too many pins");
    }

    /** The answer to a POST to {@link #REMOVE}. */
    static Reply remove(byte[] body, FocusControl control) {
        Optional<JsonNode> json = object(body);
        if (json.isEmpty()) {
            return Reply.text(500, "Bad request: not a JSON object");
        }
        Optional<RoomId> room = json.flatMap(PinPage::room);
        if (room.isEmpty()) {
            return Reply.text(400, "Bad request: 'conferenceId' is not a room address");
        }
        control.unpin(room.get());
        return Reply.text(200, "");
    }

    private static Optional<JsonNode> object(byte[] body) {
        try {
            return Optional.of(JSON.readTree(body)).filter(JsonNode::isObject);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static Optional<RoomId> room(JsonNode json) {
        return ConferenceRequestPage.RoomAddress.parse(json.path("conferenceId").asString(""));
    }
}
