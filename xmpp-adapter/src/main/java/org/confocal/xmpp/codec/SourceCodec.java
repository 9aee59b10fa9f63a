package org.confocal.xmpp.codec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.MediaType;
import org.confocal.focus.model.OwnedSources;
import org.confocal.focus.model.Source;
import org.confocal.focus.model.SourceGroup;
import org.confocal.focus.model.SourceGroup.Semantics;
import org.confocal.focus.model.SourceOwner;
import org.confocal.focus.model.Ssrc;
import org.confocal.focus.model.VideoType;
import org.jitsi.xmpp.extensions.AbstractPacketExtension;
import org.jitsi.xmpp.extensions.colibri.SourcePacketExtension;
import org.jitsi.xmpp.extensions.jingle.ContentPacketExtension;
import org.jitsi.xmpp.extensions.jingle.ParameterPacketExtension;
import org.jitsi.xmpp.extensions.jingle.RtpDescriptionPacketExtension;
import org.jitsi.xmpp.extensions.jingle.SourceGroupPacketExtension;
import org.jitsi.xmpp.extensions.jitsimeet.SSRCInfoPacketExtension;
import org.jivesoftware.smack.packet.ExtensionElement;

/** Sources as XML in Jingle contents (XEP-0339, spec/03 section 3), in both directions. */
final class SourceCodec {
    /** How the bridge is written as an owner. */
    static final String BRIDGE = "jvb";

    private static final String MSID = "msid";
    private static final String DESKTOP = "desktop";
    private static final String CAMERA = "camera";
    private static final String DATA = "data";
    private static final String APPLICATION = "application";

    private SourceCodec() {}

    static String owner(SourceOwner owner) {
        return switch (owner) {
            case SourceOwner.Bridge bridge -> BRIDGE;
            case SourceOwner.Endpoint endpoint -> endpoint.id().value();
        };
    }

    /**
     * All sources and groups of these contents, in their order; parameters other than msid are dropped.
     *
     * @throws MalformedStanzaException for an unknown medium or group semantics, and for an SSRC that is not a number
     */
    static EndpointSources decode(List<ContentPacketExtension> contents) throws MalformedStanzaException {
        List<Source> sources = new ArrayList<>();
        List<SourceGroup> groups = new ArrayList<>();
        for (ContentPacketExtension content : contents) {
            Optional<RtpDescriptionPacketExtension> description =
                    Optional.ofNullable(content.getFirstChildOfType(RtpDescriptionPacketExtension.class));
            Optional<MediaType> media = media(content, description);
            if (media.isEmpty()) {
                continue;
            }
            collect(content, media.get(), sources, groups);
            if (description.isPresent()) {
                collect(description.get(), media.get(), sources, groups);
            }
        }
        return new EndpointSources(sources, groups);
    }

    /** The medium of a content; empty for the data channel, which has no sources. */
    private static Optional<MediaType> media(
            ContentPacketExtension content, Optional<RtpDescriptionPacketExtension> description)
            throws MalformedStanzaException {
        Optional<String> written =
                description.flatMap(each -> Attributes.text(each, RtpDescriptionPacketExtension.MEDIA_ATTR_NAME));
        String name = written.isPresent()
                ? written.get()
                : Attributes.required(content, ContentPacketExtension.NAME_ATTR_NAME);
        return switch (name) {
            case "audio" -> Optional.of(MediaType.AUDIO);
            case "video" -> Optional.of(MediaType.VIDEO);
            case DATA, APPLICATION -> Optional.empty();
            // Jicofo leaves such a request without any answer; we refuse it because the client waits.
            default ->
                throw new MalformedStanzaException("Unknown media type: " + MalformedStanzaException.quote(name));
        };
    }

    private static void collect(
            AbstractPacketExtension parent, MediaType media, List<Source> sources, List<SourceGroup> groups)
            throws MalformedStanzaException {
        for (SourcePacketExtension each : parent.getChildExtensionsOfType(SourcePacketExtension.class)) {
            sources.add(source(each, media));
        }
        for (SourceGroupPacketExtension each : parent.getChildExtensionsOfType(SourceGroupPacketExtension.class)) {
            groups.add(group(each, media));
        }
    }

    static Source source(SourcePacketExtension element, MediaType media) throws MalformedStanzaException {
        Optional<String> msid = element.getParameters().stream()
                .filter(each -> Attributes.text(each, ParameterPacketExtension.NAME_ATTR_NAME)
                        .filter(MSID::equals)
                        .isPresent())
                .flatMap(each -> Attributes.text(each, ParameterPacketExtension.VALUE_ATTR_NAME).stream())
                .findFirst();
        boolean desktop = Attributes.text(element, SourcePacketExtension.VIDEO_TYPE_ATTR_NAME)
                .filter(DESKTOP::equalsIgnoreCase)
                .isPresent();
        return new Source(
                ssrc(element),
                media,
                Attributes.text(element, SourcePacketExtension.NAME_ATTR_NAME),
                msid,
                desktop ? VideoType.DESKTOP : VideoType.CAMERA);
    }

    static SourceGroup group(SourceGroupPacketExtension element, MediaType media) throws MalformedStanzaException {
        String written = Attributes.required(element, SourceGroupPacketExtension.SEMANTICS_ATTR_NAME);
        Semantics semantics = switch (written) {
            case "FID" -> Semantics.FID;
            case "SIM" -> Semantics.SIM;
            default ->
                throw new MalformedStanzaException(
                        "Unknown ssrc-group semantics: " + MalformedStanzaException.quote(written));
        };
        List<Ssrc> ssrcs = new ArrayList<>();
        for (SourcePacketExtension each : element.getSources()) {
            ssrcs.add(ssrc(each));
        }
        return new SourceGroup(semantics, media, ssrcs);
    }

    private static Ssrc ssrc(SourcePacketExtension element) throws MalformedStanzaException {
        String written = Attributes.required(element, SourcePacketExtension.SSRC_ATTR_NAME);
        try {
            return new Ssrc(Long.parseLong(written));
        } catch (NumberFormatException e) {
            throw new MalformedStanzaException("Invalid SSRC: " + MalformedStanzaException.quote(written) + ".");
        }
    }

    /** The sources and groups by medium, as children of a {@code <description>}: owner by owner. */
    static Map<MediaType, List<ExtensionElement>> encode(OwnedSources sources) {
        Map<MediaType, List<ExtensionElement>> children = new LinkedHashMap<>();
        for (MediaType media : MediaType.values()) {
            List<ExtensionElement> ofMedia = new ArrayList<>();
            for (OwnedSources.Entry entry : sources.entries()) {
                entry.sources().sources().stream()
                        .filter(each -> each.media() == media)
                        .forEach(each -> ofMedia.add(signalled(each, entry.owner())));
                entry.sources().groups().stream()
                        .filter(each -> each.media() == media)
                        .forEach(each -> ofMedia.add(group(each)));
            }
            if (!ofMedia.isEmpty()) {
                children.put(media, ofMedia);
            }
        }
        return children;
    }

    private static SourcePacketExtension signalled(Source source, SourceOwner owner) {
        SourcePacketExtension element = source(source, owner instanceof SourceOwner.Bridge);
        SSRCInfoPacketExtension info = new SSRCInfoPacketExtension();
        // The library wants a JID here; an endpoint id is any text.
        info.setAttribute(SSRCInfoPacketExtension.OWNER_ATTR_NAME, owner(owner));
        element.addChildExtension(info);
        source.msid().ifPresent(msid -> element.addParameter(new ParameterPacketExtension(MSID, msid)));
        return element;
    }

    /** A source without owner and msid, as colibri2 has it. */
    static SourcePacketExtension bare(Source source) {
        return source(source, false);
    }

    private static SourcePacketExtension source(Source source, boolean ofBridge) {
        SourcePacketExtension element = ssrc(source.ssrc());
        source.name().ifPresent(element::setName);
        if (source.media() == MediaType.VIDEO && !ofBridge) {
            element.setVideoType(source.videoType() == VideoType.DESKTOP ? DESKTOP : CAMERA);
        }
        return element;
    }

    private static SourcePacketExtension ssrc(Ssrc ssrc) {
        SourcePacketExtension element = new SourcePacketExtension();
        element.setSSRC(ssrc.value());
        return element;
    }

    static SourceGroupPacketExtension group(SourceGroup group) {
        SourceGroupPacketExtension element = new SourceGroupPacketExtension();
        element.setSemantics(group.semantics().name());
        element.addSources(group.ssrcs().stream().map(SourceCodec::ssrc).toList());
        return element;
    }
}
