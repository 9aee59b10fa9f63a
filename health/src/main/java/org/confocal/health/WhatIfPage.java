package org.confocal.health;

import java.util.Optional;
import org.confocal.focus.view.Explanations;
import org.confocal.strategy.Audience;
import org.confocal.strategy.Region;
import org.confocal.strategy.RoomId;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code POST /what-if}: where somebody would be placed now, without doing it. */
final class WhatIfPage {
    static final String PATH = "/what-if";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MAX_REGION = 100;
    private static final String EXPECTED = "Expected {\"region\": a region of 1 to " + MAX_REGION
            + " characters, \"room\"?: the address of a conference, \"visitor\"?: true or false}";

    private WhatIfPage() {}

    /** As an {@link ExplainPage#tree explanation} with the id 0; 404 where there is no such conference. */
    static Reply answer(byte[] body, Explanations explanations) {
        Optional<JsonNode> json = object(body);
        if (json.isEmpty()) {
            return Reply.refusal(400, EXPECTED);
        }
        JsonNode visitor = json.get().path("visitor");
        String region = json.get().path("region").asString("");
        Optional<JsonNode> named = Optional.of(json.get().path("room")).filter(node -> !node.isMissingNode());
        Optional<RoomId> room = named.flatMap(node -> ConferenceRequestPage.RoomAddress.parse(node.asString("")));
        boolean roomUnreadable = named.isPresent() && room.isEmpty();
        boolean visitorUnreadable = !visitor.isMissingNode() && !visitor.isBoolean();
        if (region.isBlank() || region.length() > MAX_REGION || roomUnreadable || visitorUnreadable) {
            return Reply.refusal(400, EXPECTED);
        }
        Audience audience = visitor.asBoolean(false) ? Audience.VISITOR : Audience.PARTICIPANT;
        return explanations
                .whatIf(room, new Region(region), audience)
                .map(decision -> Reply.json(ExplainPage.tree(decision)))
                .orElseGet(() -> Reply.refusal(
                        404, "There is no conference " + room.map(RoomId::value).orElse("")));
    }

    private static Optional<JsonNode> object(byte[] body) {
        try {
            return Optional.of(JSON.readTree(body)).filter(JsonNode::isObject);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
