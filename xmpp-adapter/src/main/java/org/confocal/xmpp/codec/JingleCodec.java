package org.confocal.xmpp.codec;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.confocal.focus.model.BridgeSessionId;
import org.confocal.focus.model.IceTransport;
import org.confocal.focus.model.JingleRequest;
import org.confocal.focus.model.MediaDescription;
import org.confocal.focus.model.MediaType;
import org.confocal.focus.model.Offer;
import org.confocal.focus.model.OwnedSources;
import org.confocal.focus.model.SessionId;
import org.confocal.focus.model.SourceEncoding;
import org.confocal.focus.model.TerminateReason;
import org.jitsi.xmpp.extensions.colibri2.InitialLastN;
import org.jitsi.xmpp.extensions.jingle.ContentPacketExtension;
import org.jitsi.xmpp.extensions.jingle.GroupPacketExtension;
import org.jitsi.xmpp.extensions.jingle.IceUdpTransportPacketExtension;
import org.jitsi.xmpp.extensions.jingle.JingleAction;
import org.jitsi.xmpp.extensions.jingle.JingleIQ;
import org.jitsi.xmpp.extensions.jingle.Reason;
import org.jitsi.xmpp.extensions.jingle.ReasonPacketExtension;
import org.jitsi.xmpp.extensions.jingle.RtpDescriptionPacketExtension;
import org.jitsi.xmpp.extensions.jingle.SctpMapExtension;
import org.jitsi.xmpp.extensions.jitsimeet.BridgeSessionPacketExtension;
import org.jitsi.xmpp.extensions.jitsimeet.IceStatePacketExtension;
import org.jitsi.xmpp.extensions.jitsimeet.JsonMessageExtension;
import org.jitsi.xmpp.extensions.jitsimeet.StartMutedPacketExtension;
import org.jivesoftware.smack.packet.ExtensionElement;
import org.jivesoftware.smack.packet.IQ;
import org.jxmpp.jid.Jid;

/**
 * Jingle with participants (XEP-0166, spec/03). What a participant sent becomes a {@link JingleRequest}, {@code Malformed}
 * where it makes no sense; what the focus says becomes an IQ in the shape that clients are used to.
 */
public final class JingleCodec {
    private static final String AUDIO = "audio";
    private static final String DATA = "data";
    private static final String ICE_RESTART = "ice-restart";
    private static final String RESTART = "restart";
    private static final int SCTP_STREAMS = 1024;

    private JingleCodec() {}

    /** What was asked. Never throws. */
    public static JingleRequest decode(JingleIQ iq) {
        String sid = iq.getSID();
        Optional<SessionId> session = sid == null || sid.isEmpty() ? Optional.empty() : Optional.of(new SessionId(sid));
        JingleAction action = iq.getAction();
        if (action == null) {
            return new JingleRequest.Malformed(session, "Missing 'action'");
        }
        try {
            return decode(iq, action, session);
        } catch (MalformedStanzaException e) {
            return new JingleRequest.Malformed(session, e.problem());
        }
    }

    private static JingleRequest decode(JingleIQ iq, JingleAction action, Optional<SessionId> session)
            throws MalformedStanzaException {
        List<ContentPacketExtension> contents = iq.getContentList();
        return switch (action) {
            case SESSION_ACCEPT, TRANSPORT_ACCEPT ->
                new JingleRequest.Accept(
                        session, SourceCodec.decode(contents), transport(contents), initialLastN(contents));
            case SOURCEADD, ADDSOURCE -> new JingleRequest.SourceAdd(session, SourceCodec.decode(contents));
            case SOURCEREMOVE, REMOVESOURCE -> new JingleRequest.SourceRemove(session, SourceCodec.decode(contents));
            case TRANSPORT_INFO -> new JingleRequest.TransportInfo(session, transport(contents));
            case SESSION_INFO -> sessionInfo(iq, session);
            case SESSION_TERMINATE -> terminate(iq, session);
            case TRANSPORT_REJECT -> new JingleRequest.TransportReject(session);
            case CONTENT_ACCEPT,
                    CONTENT_ADD,
                    CONTENT_MODIFY,
                    CONTENT_REJECT,
                    CONTENT_REMOVE,
                    DESCRIPTION_INFO,
                    SECURITY_INFO,
                    SESSION_INITIATE,
                    TRANSPORT_REPLACE -> new JingleRequest.Unsupported(session, action.toString());
        };
    }

    private static Optional<IceTransport> transport(List<ContentPacketExtension> contents)
            throws MalformedStanzaException {
        for (ContentPacketExtension content : contents) {
            IceUdpTransportPacketExtension element = content.getFirstChildOfType(IceUdpTransportPacketExtension.class);
            if (element != null) {
                // Everything is bundled, so a client that leaves rtcp-mux out means it all the same.
                return Optional.of(multiplexed(TransportCodec.decode(element)));
            }
        }
        return Optional.empty();
    }

    private static IceTransport multiplexed(IceTransport transport) {
        return new IceTransport(
                transport.ufrag(),
                transport.pwd(),
                true,
                transport.fingerprints(),
                transport.candidates(),
                transport.webSockets(),
                transport.iceGeneration());
    }

    private static OptionalInt initialLastN(List<ContentPacketExtension> contents) throws MalformedStanzaException {
        for (ContentPacketExtension content : contents) {
            InitialLastN element = content.getFirstChildOfType(InitialLastN.class);
            if (element != null) {
                return Attributes.optionalInt(element, InitialLastN.VALUE_ATTR_NAME);
            }
        }
        return OptionalInt.empty();
    }

    private static JingleRequest sessionInfo(JingleIQ iq, Optional<SessionId> session) {
        Optional<BridgeSessionPacketExtension> element = Elements.first(iq, BridgeSessionPacketExtension.class);
        Optional<BridgeSessionId> bridgeSession = element.flatMap(JingleCodec::bridgeSession);
        if (element.filter(each -> Attributes.flag(each, ICE_RESTART)).isPresent()) {
            return new JingleRequest.IceRestart(session, bridgeSession);
        }
        boolean failed = Elements.first(iq, IceStatePacketExtension.class)
                .flatMap(Elements::text)
                .filter(state -> state.strip().equalsIgnoreCase("failed"))
                .isPresent();
        return failed ? new JingleRequest.IceFailed(session, bridgeSession) : new JingleRequest.OtherInfo(session);
    }

    private static JingleRequest terminate(JingleIQ iq, Optional<SessionId> session) {
        Optional<ReasonPacketExtension> reason = Optional.ofNullable(iq.getReason());
        Optional<BridgeSessionPacketExtension> element = Elements.first(iq, BridgeSessionPacketExtension.class);
        return new JingleRequest.Terminate(
                session,
                reason.flatMap(each -> Optional.ofNullable(each.getReason())).map(Reason::toString),
                reason.flatMap(each -> Optional.ofNullable(each.getText())),
                element.flatMap(JingleCodec::bridgeSession),
                element.filter(each -> Attributes.flag(each, RESTART)).isPresent());
    }

    private static Optional<BridgeSessionId> bridgeSession(BridgeSessionPacketExtension element) {
        return Attributes.text(element, BridgeSessionPacketExtension.ID_ATTR_NAME)
                .map(BridgeSessionId::new);
    }

    /**
     * session-initiate (spec/03, section 2), or transport-replace in the same shape (section 9).
     *
     * @param initiator the focus' own full JID
     */
    public static JingleIQ offer(Jid to, Jid initiator, Offer offer) {
        JingleAction action = switch (offer.kind()) {
            case INITIATE -> JingleAction.SESSION_INITIATE;
            case REPLACE -> JingleAction.TRANSPORT_REPLACE;
        };
        JingleIQ iq = request(to, action, offer.session());
        iq.setInitiator(initiator);
        Map<MediaType, List<ExtensionElement>> sources = switch (offer.encoding()) {
            case XML -> SourceCodec.encode(offer.sources());
            case JSON -> Map.of();
        };
        for (MediaDescription media : offer.media()) {
            RtpDescriptionPacketExtension description = MediaCodec.description(media);
            sources.getOrDefault(media.media(), List.of()).forEach(description::addChildExtension);
            ContentPacketExtension content = content(MediaCodec.name(media.media()));
            content.addChildExtension(description);
            content.addChildExtension(TransportCodec.encode(offer.transport(), TransportCodec.Flags.WRITTEN));
            iq.addContent(content);
        }
        if (offer.sctpPort().isPresent()) {
            iq.addContent(data(offer.transport(), offer.sctpPort().getAsInt()));
        }
        iq.addExtension(GroupPacketExtension.createBundleGroup(iq.getContentList()));
        offer.startMuted().ifPresent(muted -> iq.addExtension(startMuted(muted)));
        iq.addExtension(bridgeSession(offer));
        if (offer.encoding() == SourceEncoding.JSON) {
            iq.addExtension(new JsonMessageExtension(CompactSourceCodec.encode(offer.sources())));
        }
        return iq;
    }

    private static ContentPacketExtension content(String name) {
        ContentPacketExtension content = new ContentPacketExtension(ContentPacketExtension.CreatorEnum.initiator, name);
        content.setSenders(ContentPacketExtension.SendersEnum.both);
        return content;
    }

    private static ContentPacketExtension data(IceTransport transport, int sctpPort) {
        RtpDescriptionPacketExtension description = new RtpDescriptionPacketExtension();
        description.setMedia("application");
        SctpMapExtension map = new SctpMapExtension();
        map.setPort(sctpPort);
        map.setProtocol(SctpMapExtension.Protocol.WEBRTC_CHANNEL);
        map.setStreams(SCTP_STREAMS);
        IceUdpTransportPacketExtension element = TransportCodec.encode(transport, TransportCodec.Flags.WRITTEN);
        element.addChildExtension(map);
        ContentPacketExtension content = content(DATA);
        content.addChildExtension(description);
        content.addChildExtension(element);
        return content;
    }

    private static StartMutedPacketExtension startMuted(Offer.StartMuted muted) {
        StartMutedPacketExtension element = new StartMutedPacketExtension();
        element.setAudioMute(muted.audio());
        element.setVideoMute(muted.video());
        return element;
    }

    private static BridgeSessionPacketExtension bridgeSession(Offer offer) {
        BridgeSessionPacketExtension element = new BridgeSessionPacketExtension();
        element.setId(offer.bridgeSession().value());
        offer.bridgeRegion().ifPresent(region -> element.setRegion(region.name()));
        return element;
    }

    /** source-add: contents, or a JSON message and no contents (spec/03, sections 3 and 4). */
    public static JingleIQ sourceAdd(Jid to, SessionId session, OwnedSources sources, SourceEncoding encoding) {
        return sources(request(to, JingleAction.SOURCEADD, session), sources, encoding);
    }

    /** source-remove, in the same two shapes. */
    public static JingleIQ sourceRemove(Jid to, SessionId session, OwnedSources sources, SourceEncoding encoding) {
        return sources(request(to, JingleAction.SOURCEREMOVE, session), sources, encoding);
    }

    private static JingleIQ sources(JingleIQ iq, OwnedSources sources, SourceEncoding encoding) {
        switch (encoding) {
            case JSON -> iq.addExtension(new JsonMessageExtension(CompactSourceCodec.encode(sources)));
            case XML ->
                SourceCodec.encode(sources).forEach((media, children) -> {
                    RtpDescriptionPacketExtension description = new RtpDescriptionPacketExtension();
                    description.setMedia(MediaCodec.name(media));
                    children.forEach(description::addChildExtension);
                    ContentPacketExtension content = new ContentPacketExtension();
                    content.setName(MediaCodec.name(media));
                    content.addChildExtension(description);
                    iq.addContent(content);
                });
        }
        return iq;
    }

    /** transport-info: the bridge's transport after an in-place ICE restart (spec/03, section 6). */
    public static JingleIQ transportInfo(Jid to, SessionId session, IceTransport transport) {
        JingleIQ iq = request(to, JingleAction.TRANSPORT_INFO, session);
        ContentPacketExtension content =
                new ContentPacketExtension(ContentPacketExtension.CreatorEnum.initiator, AUDIO);
        content.addChildExtension(TransportCodec.encode(transport, TransportCodec.Flags.WRITTEN));
        iq.addContent(content);
        return iq;
    }

    /** session-terminate (spec/03, section 9). */
    public static JingleIQ terminate(Jid to, SessionId session, TerminateReason reason) {
        JingleIQ iq = request(to, JingleAction.SESSION_TERMINATE, session);
        iq.setReason(new ReasonPacketExtension(Reason.parseString(reason.reason()), reason.text(), null));
        return iq;
    }

    private static JingleIQ request(Jid to, JingleAction action, SessionId session) {
        JingleIQ iq = new JingleIQ(action, session.value());
        iq.setType(IQ.Type.set);
        iq.setTo(to);
        return iq;
    }
}
