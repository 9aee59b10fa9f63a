package org.confocal.xmpp.codec;

import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.MediaType;
import org.confocal.focus.model.OwnedSources;
import org.confocal.focus.model.Source;
import org.confocal.focus.model.SourceGroup;
import org.confocal.focus.model.VideoType;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sources as the compact JSON of {@code <json-message>} (spec/03, section 4): per owner an array of video sources, video
 * groups, audio sources and, where there are any, audio groups. Only written: clients answer in XML.
 */
final class CompactSourceCodec {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private CompactSourceCodec() {}

    // Jicofo puts names and msids into the text as they are; we escape because a client chooses them.
    static String encode(OwnedSources sources) {
        ObjectNode owners = JSON.objectNode();
        for (OwnedSources.Entry entry : sources.entries()) {
            owners.set(SourceCodec.owner(entry.owner()), owned(entry.sources()));
        }
        ObjectNode message = JSON.objectNode();
        message.set("sources", owners);
        return message.toString();
    }

    private static ArrayNode owned(EndpointSources sources) {
        ArrayNode node = JSON.arrayNode();
        node.add(sources(sources, MediaType.VIDEO));
        node.add(groups(sources, MediaType.VIDEO));
        node.add(sources(sources, MediaType.AUDIO));
        ArrayNode audioGroups = groups(sources, MediaType.AUDIO);
        if (!audioGroups.isEmpty()) {
            node.add(audioGroups);
        }
        return node;
    }

    private static ArrayNode sources(EndpointSources sources, MediaType media) {
        ArrayNode node = JSON.arrayNode();
        sources.sources().stream().filter(each -> each.media() == media).forEach(each -> node.add(source(each)));
        return node;
    }

    private static ObjectNode source(Source source) {
        ObjectNode node = JSON.objectNode();
        node.put("s", source.ssrc().value());
        source.name().ifPresent(name -> node.put("n", name));
        source.msid().ifPresent(msid -> node.put("m", msid));
        if (source.media() == MediaType.VIDEO && source.videoType() == VideoType.DESKTOP) {
            node.put("v", "d");
        }
        return node;
    }

    private static ArrayNode groups(EndpointSources sources, MediaType media) {
        ArrayNode node = JSON.arrayNode();
        sources.groups().stream().filter(each -> each.media() == media).forEach(each -> node.add(group(each)));
        return node;
    }

    private static ArrayNode group(SourceGroup group) {
        ArrayNode node = JSON.arrayNode();
        node.add(
                switch (group.semantics()) {
                    case FID -> "f";
                    case SIM -> "s";
                });
        group.ssrcs().forEach(ssrc -> node.add(ssrc.value()));
        return node;
    }
}
