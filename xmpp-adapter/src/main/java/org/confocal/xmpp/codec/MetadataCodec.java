package org.confocal.xmpp.codec;

import java.util.Optional;
import org.confocal.focus.model.RoomMetadata;
import org.confocal.strategy.RoomId;
import org.jitsi.xmpp.extensions.jitsimeet.JsonMessageExtension;
import org.jivesoftware.smack.packet.Message;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Room metadata messages (spec/02, section 11). Whether their sender may be believed is for the caller. */
public final class MetadataCodec {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private MetadataCodec() {}

    /** A room and what is said about it. */
    public record Announcement(RoomId room, RoomMetadata metadata) {}

    /** What the message says; empty where it is none of room metadata. Unknown fields are ignored. Never throws. */
    public static Optional<Announcement> decode(Message message) {
        Optional<JsonMessageExtension> element = Elements.first(message, JsonMessageExtension.class);
        Optional<RoomId> room =
                element.flatMap(each -> Attributes.text(each, "room")).flatMap(MetadataCodec::room);
        Optional<String> text = element.flatMap(Elements::text);
        if (room.isEmpty() || text.isEmpty()) {
            return Optional.empty();
        }
        JsonNode root;
        try {
            root = JSON.readTree(text.get());
        } catch (JacksonException e) {
            return Optional.empty();
        }
        if (!root.path("type").asString("").equals("room_metadata")) {
            return Optional.empty();
        }
        JsonNode startMuted = root.path("metadata").path("startMuted");
        return Optional.of(new Announcement(
                room.get(), new RoomMetadata(flag(startMuted.path("audio")), flag(startMuted.path("video")))));
    }

    private static Optional<RoomId> room(String text) {
        try {
            return Optional.of(new RoomId(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Boolean> flag(JsonNode node) {
        return node.isBoolean() ? Optional.of(node.booleanValue()) : Optional.empty();
    }
}
