package org.confocal.xmpp.codec;

import java.util.Map;
import java.util.Optional;
import org.confocal.focus.model.MediaType;
import org.jivesoftware.smack.packet.Presence;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which media a member has unmuted: {@code <SourceInfo>} (JSON), else {@code <audiomuted>} and {@code <videomuted>}
 * (spec/03, section 1). What is not said, or cannot be read, counts as muted.
 */
final class SourceInfoCodec {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private SourceInfoCodec() {}

    /** Whether at least one source of the medium is unmuted. */
    record Unmuted(boolean audio, boolean video) {}

    static Unmuted decode(Presence presence) {
        Optional<String> sourceInfo = Elements.unqualifiedText(presence, "SourceInfo");
        if (sourceInfo.isPresent()) {
            return decode(sourceInfo.get());
        }
        return new Unmuted(saysUnmuted(presence, "audiomuted"), saysUnmuted(presence, "videomuted"));
    }

    private static boolean saysUnmuted(Presence presence, String name) {
        // Clients put these in a namespace of their own or in none, so only the name counts.
        return presence.getExtensions().stream()
                .filter(each -> each.getElementName().equals(name))
                .findFirst()
                .flatMap(Elements::text)
                .filter(text -> text.strip().equalsIgnoreCase("false"))
                .isPresent();
    }

    static Unmuted decode(String sourceInfo) {
        JsonNode root;
        try {
            root = JSON.readTree(sourceInfo);
        } catch (JacksonException e) {
            return new Unmuted(false, false);
        }
        if (!root.isObject()) {
            return new Unmuted(false, false);
        }
        boolean audio = false;
        boolean video = false;
        for (Map.Entry<String, JsonNode> each : root.properties()) {
            JsonNode muted = each.getValue().path("muted");
            if (!muted.isBoolean() || muted.booleanValue()) {
                continue;
            }
            Optional<MediaType> media = media(each.getKey(), each.getValue());
            audio |= media.filter(MediaType.AUDIO::equals).isPresent();
            video |= media.filter(MediaType.VIDEO::equals).isPresent();
        }
        return new Unmuted(audio, video);
    }

    /** The written medium; where it is missing, the letter after the last dash of the name, as in {@code 71f4c820-v0}. */
    private static Optional<MediaType> media(String name, JsonNode source) {
        JsonNode written = source.path("mediaType");
        if (written.isString()) {
            return switch (written.stringValue()) {
                case "audio" -> Optional.of(MediaType.AUDIO);
                case "video" -> Optional.of(MediaType.VIDEO);
                default -> Optional.empty();
            };
        }
        int suffix = name.lastIndexOf('-') + 1;
        if (name.startsWith("a", suffix)) {
            return Optional.of(MediaType.AUDIO);
        }
        return name.startsWith("v", suffix) ? Optional.of(MediaType.VIDEO) : Optional.empty();
    }
}
