package org.confocal.xmpp.codec;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.confocal.focus.model.BridgeAnswer;
import org.confocal.focus.model.BridgeRequest;
import org.confocal.focus.model.BridgeRequest.Capability;
import org.confocal.focus.model.BridgeRequest.EndpointRequest;
import org.confocal.focus.model.BridgeRequest.RelayRequest;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.IceTransport;
import org.confocal.focus.model.MediaType;
import org.confocal.focus.model.Source;
import org.confocal.focus.model.SourceGroup;
import org.confocal.strategy.EndpointId;
import org.jitsi.xmpp.extensions.colibri.SourcePacketExtension;
import org.jitsi.xmpp.extensions.colibri2.Colibri2Endpoint;
import org.jitsi.xmpp.extensions.colibri2.Colibri2Error;
import org.jitsi.xmpp.extensions.colibri2.Colibri2Relay;
import org.jitsi.xmpp.extensions.colibri2.ConferenceModifiedIQ;
import org.jitsi.xmpp.extensions.colibri2.ConferenceModifyIQ;
import org.jitsi.xmpp.extensions.colibri2.Endpoints;
import org.jitsi.xmpp.extensions.colibri2.MediaSource;
import org.jitsi.xmpp.extensions.colibri2.Sctp;
import org.jitsi.xmpp.extensions.colibri2.Sources;
import org.jitsi.xmpp.extensions.colibri2.Transport;
import org.jitsi.xmpp.extensions.jingle.IceUdpTransportPacketExtension;
import org.jitsi.xmpp.extensions.jingle.SourceGroupPacketExtension;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.StanzaError;
import org.jivesoftware.smack.packet.id.StandardStanzaIdSource;
import org.jivesoftware.smackx.muc.MUCRole;
import org.jxmpp.jid.Jid;

/** colibri2 towards bridges (spec/04): {@link BridgeRequest} to {@code <conference-modify>}, the reply to {@link BridgeAnswer}. */
public final class ColibriCodec {
    private ColibriCodec() {}

    /** The request, of type {@code get}, as bridges are asked today (spec/04, section 0). */
    public static ConferenceModifyIQ encode(Jid bridge, BridgeRequest request) {
        ConferenceModifyIQ.Builder builder =
                ConferenceModifyIQ.builder(StandardStanzaIdSource.DEFAULT.getNewStanzaId());
        builder.to(bridge);
        builder.ofType(IQ.Type.get);
        builder.setMeetingId(request.meeting().value());
        request.create().ifPresent(create -> {
            builder.setCreate(true);
            builder.setConferenceName(create.room().value());
            builder.setRtcstatsEnabled(create.rtcstats());
        });
        builder.setExpire(request.expire());
        request.endpoints().forEach(each -> builder.addEndpoint(endpoint(each)));
        request.relay().ifPresent(relay -> builder.addRelay(relay(relay)));
        return builder.build();
    }

    private static Colibri2Relay relay(RelayRequest request) {
        Colibri2Relay.Builder builder = Colibri2Relay.getBuilder();
        builder.setId(request.id());
        switch (request.lifecycle()) {
            case CREATE -> builder.setCreate(true);
            case EXPIRE -> builder.setExpire(true);
            case UPDATE -> {}
        }
        request.create().ifPresent(create -> {
            builder.setMeshId(create.meshId());
            create.media().forEach(media -> builder.addMedia(MediaCodec.media(media)));
            builder.setTransport(transport(create));
        });
        request.remote().ifPresent(remote -> builder.setTransport(remote(remote)));
        if (!request.endpoints().isEmpty()) {
            Endpoints.Builder endpoints = Endpoints.getBuilder();
            request.endpoints().forEach(each -> endpoints.addEndpoint(endpoint(each)));
            builder.setEndpoints(endpoints.build());
        }
        return builder.build();
    }

    /** The end that was there first says how the link is made; the other has it said to (spec/04, section 3). */
    private static Transport transport(BridgeRequest.NewRelay relay) {
        Transport.Builder builder = Transport.getBuilder();
        boolean initiator = switch (relay.side()) {
            case INITIATOR -> true;
            case RESPONDER -> false;
        };
        builder.setIceControlling(initiator).setUseUniquePort(initiator);
        if (relay.sctp()) {
            builder.setSctp(new Sctp.Builder()
                    .setRole(initiator ? Sctp.Role.CLIENT : Sctp.Role.SERVER)
                    .build());
        }
        return builder.build();
    }

    private static Transport remote(IceTransport transport) {
        return Transport.getBuilder()
                .setIceUdpExtension(TransportCodec.encode(transport, TransportCodec.Flags.WHEN_TRUE))
                .build();
    }

    private static Colibri2Endpoint endpoint(EndpointRequest request) {
        Colibri2Endpoint.Builder builder = Colibri2Endpoint.getBuilder();
        builder.setId(request.id().value());
        switch (request.lifecycle()) {
            case CREATE -> builder.setCreate(true);
            case EXPIRE -> builder.setExpire(true);
            case UPDATE -> {}
        }
        request.statsId().ifPresent(builder::setStatsId);
        request.details().ifPresent(details -> details(builder, details));
        request.transport().ifPresent(transport -> builder.setTransport(transport(transport)));
        request.sources().ifPresent(sources -> builder.setSources(sources(sources, request.id())));
        request.forceMute().ifPresent(mute -> builder.setForceMute(mute.audio(), mute.video()));
        if (request.initialLastN().isPresent()) {
            builder.setInitialLastN(request.initialLastN().getAsInt());
        }
        return builder.build();
    }

    private static void details(Colibri2Endpoint.Builder builder, BridgeRequest.Details details) {
        details.media().forEach(media -> builder.addMedia(MediaCodec.media(media)));
        if (!details.capabilities().isEmpty()) {
            EnumSet.copyOf(details.capabilities()).forEach(capability -> builder.addCapability(name(capability)));
        }
        if (details.visitor()) {
            builder.setMucRole(MUCRole.visitor);
        }
        if (details.diarize()) {
            builder.setDiarize(true);
        }
    }

    private static String name(Capability capability) {
        return capability.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Transport transport(BridgeRequest.Transport transport) {
        Transport.Builder builder = Transport.getBuilder();
        return switch (transport) {
            case BridgeRequest.Transport.Allocate allocate -> {
                builder.setIceControlling(true);
                if (allocate.sctp()) {
                    builder.setSctp(new Sctp());
                }
                yield builder.build();
            }
            case BridgeRequest.Transport.Remote remote -> remote(remote.transport());
            case BridgeRequest.Transport.IceRestart restart ->
                builder.setIceRestart(true).build();
        };
    }

    /** One media-source a source name; what has no name goes under the endpoint's first (spec/04, section 2). */
    private static Sources sources(EndpointSources sources, EndpointId owner) {
        Map<String, MediaSource.Builder> byName = new LinkedHashMap<>();
        for (Source source : sources.sources()) {
            mediaSource(byName, name(source, owner), source.media()).addSource(SourceCodec.bare(source));
        }
        for (SourceGroup group : sources.groups()) {
            String name = group.ssrcs().stream()
                    .limit(1)
                    .flatMap(first -> sources.sources().stream()
                            .filter(source -> source.ssrc().equals(first)))
                    .map(source -> name(source, owner))
                    .findFirst()
                    .orElseGet(() -> unnamed(owner, group.media()));
            mediaSource(byName, name, group.media()).addSsrcGroup(SourceCodec.group(group));
        }
        Sources.Builder builder = Sources.getBuilder();
        byName.values().forEach(each -> builder.addMediaSource(each.build()));
        return builder.build();
    }

    private static MediaSource.Builder mediaSource(
            Map<String, MediaSource.Builder> byName, String name, MediaType media) {
        // The same name for audio and video makes two media-sources with one id.
        return byName.computeIfAbsent(
                media + " " + name,
                key -> MediaSource.getBuilder()
                        .setType(MediaCodec.library(media))
                        .setId(name));
    }

    private static String name(Source source, EndpointId owner) {
        return source.name().orElseGet(() -> unnamed(owner, source.media()));
    }

    private static String unnamed(EndpointId owner, MediaType media) {
        return owner.value() + (media == MediaType.AUDIO ? "-a0" : "-v0");
    }

    /** What a result says; {@code Unusable} where it is not a readable {@code <conference-modified>}. Never throws. */
    public static BridgeAnswer decode(IQ result) {
        if (!(result instanceof ConferenceModifiedIQ modified)) {
            return new BridgeAnswer.Unusable("not a conference-modified");
        }
        try {
            List<BridgeAnswer.EndpointAnswer> endpoints = new ArrayList<>();
            for (Colibri2Endpoint each : modified.getEndpoints()) {
                endpoints.add(endpoint(each));
            }
            List<BridgeAnswer.RelayAnswer> relays = new ArrayList<>();
            for (Colibri2Relay each : modified.getRelays()) {
                relays.add(relay(each));
            }
            Optional<Sources> sources = Optional.ofNullable(modified.getSources());
            return new BridgeAnswer.Modified(
                    endpoints, relays, sources.isPresent() ? feedback(sources.get()) : EndpointSources.EMPTY);
        } catch (MalformedStanzaException e) {
            return new BridgeAnswer.Unusable(e.problem());
        }
    }

    private static BridgeAnswer.RelayAnswer relay(Colibri2Relay element) throws MalformedStanzaException {
        String id = Attributes.required(element, Colibri2Relay.ID_ATTR_NAME);
        Optional<IceUdpTransportPacketExtension> ice = Optional.ofNullable(element.getTransport())
                .flatMap(each -> Optional.ofNullable(each.getIceUdpTransport()));
        return new BridgeAnswer.RelayAnswer(
                id, ice.isPresent() ? Optional.of(TransportCodec.decode(ice.get())) : Optional.empty());
    }

    private static BridgeAnswer.EndpointAnswer endpoint(Colibri2Endpoint element) throws MalformedStanzaException {
        EndpointId id = new EndpointId(Attributes.required(element, Colibri2Endpoint.ID_ATTR_NAME));
        Transport transport = element.getTransport();
        if (transport == null) {
            return new BridgeAnswer.EndpointAnswer(id, Optional.empty(), OptionalInt.empty());
        }
        IceUdpTransportPacketExtension ice = transport.getIceUdpTransport();
        Optional<IceTransport> decoded = ice == null ? Optional.empty() : Optional.of(TransportCodec.decode(ice));
        Sctp sctp = transport.getSctp();
        OptionalInt port = sctp == null ? OptionalInt.empty() : Attributes.optionalInt(sctp, Sctp.PORT_ATTR_NAME);
        return new BridgeAnswer.EndpointAnswer(id, decoded, port);
    }

    private static EndpointSources feedback(Sources sources) throws MalformedStanzaException {
        List<Source> decoded = new ArrayList<>();
        List<SourceGroup> groups = new ArrayList<>();
        for (MediaSource each : sources.getMediaSources()) {
            Optional<MediaType> media =
                    switch (Attributes.text(each, MediaSource.TYPE_ATTR_NAME).orElse("")) {
                        case "audio" -> Optional.of(MediaType.AUDIO);
                        case "video" -> Optional.of(MediaType.VIDEO);
                        default -> Optional.empty();
                    };
            if (media.isEmpty()) {
                continue;
            }
            for (SourcePacketExtension source : each.getSources()) {
                decoded.add(mixed(SourceCodec.source(source, media.get())));
            }
            for (SourceGroupPacketExtension group : each.getSsrcGroups()) {
                groups.add(SourceCodec.group(group, media.get()));
            }
        }
        return new EndpointSources(decoded, groups);
    }

    /** Bridges do not say the msid of their feedback sources, but clients want one (spec/03, section 2.5). */
    private static Source mixed(Source source) {
        if (source.msid().isPresent()) {
            return source;
        }
        String msid = "mixedmslabel mixedlabel" + MediaCodec.name(source.media()) + "0";
        return new Source(source.ssrc(), source.media(), source.name(), Optional.of(msid), source.videoType());
    }

    /** What an error says (spec/04, section 4): condition, colibri2 reason and the endpoint that it names. */
    public static BridgeAnswer decode(StanzaError error) {
        Colibri2Error colibri = error.getExtension(Colibri2Error.ELEMENT, Colibri2Error.NAMESPACE);
        Colibri2Endpoint endpoint = error.getExtension(Colibri2Endpoint.ELEMENT, Colibri2Endpoint.NAMESPACE);
        String text = error.getDescriptiveText();
        return new BridgeAnswer.Refused(
                error.getCondition().toString(),
                Optional.ofNullable(colibri)
                        .flatMap(each -> Attributes.text(each, Colibri2Error.REASON_ATTR_NAME))
                        .map(reason -> reason.toLowerCase(Locale.ROOT)),
                Optional.ofNullable(endpoint)
                        .flatMap(each -> Attributes.text(each, Colibri2Endpoint.ID_ATTR_NAME))
                        .map(EndpointId::new),
                text == null ? "" : text);
    }
}
