package org.confocal.xmpp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.confocal.focus.config.CodecConfig;
import org.confocal.focus.config.ConferenceConfig;
import org.confocal.focus.model.BridgeAnswer;
import org.confocal.focus.model.BridgeRequest;
import org.confocal.focus.model.BridgeRequest.EndpointRequest;
import org.confocal.focus.model.BridgeRequest.Lifecycle;
import org.confocal.focus.model.BridgeRequest.Transport;
import org.confocal.focus.model.BridgeSessionId;
import org.confocal.focus.model.ConferenceAnswer;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.Feature;
import org.confocal.focus.model.FocusPresence;
import org.confocal.focus.model.JingleRequest;
import org.confocal.focus.model.MeetingId;
import org.confocal.focus.model.MutedMedia;
import org.confocal.focus.model.Offer;
import org.confocal.focus.model.OwnedSources;
import org.confocal.focus.model.SessionId;
import org.confocal.focus.model.SourceEncoding;
import org.confocal.focus.model.SourceOwner;
import org.confocal.focus.model.TerminateReason;
import org.confocal.focus.offer.OfferFactory;
import org.confocal.focus.source.SourceFilter;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.Region;
import org.confocal.strategy.RoomId;
import org.jitsi.xmpp.extensions.jingle.JingleIQ;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jivesoftware.smackx.disco.packet.DiscoverInfo;
import org.junit.jupiter.api.Test;
import org.jxmpp.jid.Jid;

/** What the focus says, made from what it was told, is what the recorded focus said. */
class GoldenTranscriptTest {
    private static final String BRIDGE_SESSION_A = "1355f935-d43f-4c6f-bc03-58438a3eca2c";
    private static final MeetingId MEETING_A = new MeetingId("1401e1a2-1230-431d-8854-139ae38e4cd0");

    private static Jid jid(String text) {
        return Addresses.of(new org.confocal.focus.model.Jid(text)).orElseThrow();
    }

    private static void assertSame(Stanza made, String recorded) {
        assertThat(CanonicalXml.of(made.toXML())).isEqualTo(CanonicalXml.of(Recorded.text(recorded)));
    }

    private static Set<Feature> features(String recorded) {
        return Recorded.read(recorded, DiscoverInfo.class).getFeatures().stream()
                .flatMap(each -> Feature.of(each.getVar()).stream())
                .collect(Collectors.toSet());
    }

    private static BridgeAnswer.Modified created(String recorded) {
        return (BridgeAnswer.Modified) ColibriCodec.decode(Recorded.read(recorded, IQ.class));
    }

    private static JingleRequest jingle(String recorded) {
        return JingleCodec.decode(Recorded.read(recorded, JingleIQ.class));
    }

    private static JingleRequest.Accept accept(String recorded) {
        return (JingleRequest.Accept) jingle(recorded);
    }

    private static OwnedSources.Entry bridge(EndpointSources sources) {
        return new OwnedSources.Entry(new SourceOwner.Bridge(), sources);
    }

    private static OwnedSources.Entry owned(String id, EndpointSources sources) {
        return new OwnedSources.Entry(new SourceOwner.Endpoint(new EndpointId(id)), sources);
    }

    private static OwnedSources shown(OwnedSources sources, Set<Feature> features) {
        return SourceFilter.forReceiver(sources, features, SourceFilter.Simulcast.STRIPPED);
    }

    private static Offer offer(
            String sid,
            Set<Feature> features,
            BridgeAnswer.Modified created,
            String bridgeSession,
            String region,
            OwnedSources sources,
            SourceEncoding encoding) {
        return new Offer(
                Offer.Kind.INITIATE,
                new SessionId(sid),
                OfferFactory.media(CodecConfig.DEFAULTS, features),
                created.endpoints().get(0).transport().orElseThrow(),
                created.endpoints().get(0).sctpPort(),
                new BridgeSessionId(bridgeSession),
                Optional.of(new Region(region)),
                sources,
                encoding,
                Optional.empty());
    }

    private static EndpointRequest endpoint(String id, String statsId) {
        return new EndpointRequest(
                new EndpointId(id),
                Lifecycle.UPDATE,
                Optional.of(statsId),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty());
    }

    private static BridgeRequest request(MeetingId meeting, EndpointRequest... endpoints) {
        return new BridgeRequest(meeting, Optional.empty(), false, List.of(endpoints));
    }

    private static BridgeRequest create(String id, String statsId, Set<Feature> features, Optional<RoomId> room) {
        EndpointRequest endpoint = new EndpointRequest(
                new EndpointId(id),
                Lifecycle.CREATE,
                Optional.of(statsId),
                Optional.of(new BridgeRequest.Details(
                        OfferFactory.media(CodecConfig.DEFAULTS, features),
                        OfferFactory.capabilities(features, ConferenceConfig.DEFAULTS),
                        false,
                        false)),
                Optional.of(new Transport.Allocate(false)),
                Optional.of(EndpointSources.EMPTY),
                Optional.empty(),
                OptionalInt.empty());
        return new BridgeRequest(
                MEETING_A, room.map(each -> new BridgeRequest.Create(each, false)), false, List.of(endpoint));
    }

    private static final Jid JVB1 = jid("jvbbrewery@internal-muc.meet.jitsi/jvb1");
    private static final Jid FOCUS = jid("focus@auth.meet.jitsi/focus");

    @Test
    void sessionInitiateWithJsonSourcesIsTheRecordedOne() {
        BridgeAnswer.Modified created = created("A027-colibri-created");
        Offer offer = offer(
                "bchoqe4g89vi9",
                features("A017-disco"),
                created,
                BRIDGE_SESSION_A,
                "us-east",
                new OwnedSources(List.of(bridge(created.feedback()))),
                SourceEncoding.JSON);

        assertSame(JingleCodec.offer(jid("labjga1r1@muc.meet.jitsi/00c73f83"), FOCUS, offer), "A028-session-initiate");
    }

    @Test
    void sessionInitiateToAReceiverOfRewrittenSsrcsIsTheRecordedOne() {
        BridgeAnswer.Modified created = created("C028-colibri-created");
        JingleIQ recorded = Recorded.read("C033-session-initiate", JingleIQ.class);
        String bridgeSession = Elements.first(
                        recorded, org.jitsi.xmpp.extensions.jitsimeet.BridgeSessionPacketExtension.class)
                .orElseThrow()
                .getId();
        Offer offer = offer(
                recorded.getSID(),
                features("C018-disco"),
                created,
                bridgeSession,
                "eu-west",
                new OwnedSources(List.of(bridge(created.feedback()))),
                SourceEncoding.JSON);

        assertSame(JingleCodec.offer(jid("labspqu2b@muc.meet.jitsi/185577f9"), FOCUS, offer), "C033-session-initiate");
    }

    @Test
    void sessionInitiateWithXmlSourcesIsTheRecordedOne() {
        Set<Feature> features = features("E017-disco");
        BridgeAnswer.Modified first = created("E031-colibri-created");
        assertSame(
                JingleCodec.offer(
                        jid("lab0uj17a@muc.meet.jitsi/b6a2aca9"),
                        FOCUS,
                        offer(
                                "eoiv3q9o4pc83",
                                features,
                                first,
                                "5eb83df9-1c1b-458e-8900-1b13592e2953",
                                "eu-west",
                                new OwnedSources(List.of(bridge(first.feedback()))),
                                SourceEncoding.XML)),
                "E032-session-initiate");

        BridgeAnswer.Modified second = created("E039-colibri-created-second");
        JingleIQ recorded = Recorded.read("E040-session-initiate-second", JingleIQ.class);
        OwnedSources sources = new OwnedSources(List.of(
                bridge(second.feedback()),
                owned("b6a2aca9", accept("E034-session-accept").sources())));
        String bridgeSession = Elements.first(
                        recorded, org.jitsi.xmpp.extensions.jitsimeet.BridgeSessionPacketExtension.class)
                .orElseThrow()
                .getId();
        assertSame(
                JingleCodec.offer(
                        jid("lab0uj17a@muc.meet.jitsi/263a54c3"),
                        FOCUS,
                        offer(
                                recorded.getSID(),
                                features,
                                second,
                                bridgeSession,
                                "us-east",
                                shown(sources, features),
                                SourceEncoding.XML)),
                "E040-session-initiate-second");
    }

    @Test
    void transportReplaceIsTheRecordedOfferInTheSameSession() {
        Set<Feature> features = features("A017-disco");
        BridgeAnswer.Modified created = created("A027-colibri-created");
        JingleIQ recorded = Recorded.read("A028-session-initiate", JingleIQ.class);
        OwnedSources sources = new OwnedSources(List.of(bridge(created.feedback())));
        Offer initiate =
                offer(recorded.getSID(), features, created, BRIDGE_SESSION_A, "us-east", sources, SourceEncoding.JSON);
        Offer replace = new Offer(
                Offer.Kind.REPLACE,
                initiate.session(),
                initiate.media(),
                initiate.transport(),
                initiate.sctpPort(),
                initiate.bridgeSession(),
                initiate.bridgeRegion(),
                initiate.sources(),
                initiate.encoding(),
                initiate.startMuted());
        String made = CanonicalXml.of(
                JingleCodec.offer(recorded.getTo(), FOCUS, replace).toXML());
        String expected = CanonicalXml.of(Recorded.text("A028-session-initiate"));
        assertThat(expected).contains("action='session-initiate'");
        assertThat(made).isEqualTo(expected.replace("action='session-initiate'", "action='transport-replace'"));
    }

    @Test
    void contentsOfAnOfferKeepTheirOrder() {
        BridgeAnswer.Modified created = created("A027-colibri-created");
        JingleIQ iq = JingleCodec.offer(
                jid("r@muc.example.org/a"),
                FOCUS,
                new Offer(
                        Offer.Kind.INITIATE,
                        new SessionId("s"),
                        OfferFactory.media(CodecConfig.DEFAULTS, features("A017-disco")),
                        created.endpoints().get(0).transport().orElseThrow(),
                        OptionalInt.of(5000),
                        new BridgeSessionId("b"),
                        Optional.empty(),
                        OwnedSources.EMPTY,
                        SourceEncoding.JSON,
                        Optional.of(new Offer.StartMuted(true, false))));

        assertThat(iq.getContentList()).extracting(each -> each.getName()).containsExactly("audio", "video", "data");
        assertThat(iq.toXML().toString())
                .contains("<sctpmap xmlns='urn:xmpp:jingle:transports:dtls-sctp:1' number='5000'"
                        + " protocol='webrtc-datachannel' streams='1024'/>")
                .contains("<startmuted xmlns='http://jitsi.org/jitmeet/start-muted' audio='true' video='false'/>")
                .contains("{\"sources\":{}}");
    }

    @Test
    void sourceAddIsTheRecordedOneInJsonAndXml() {
        Set<Feature> features = features("A017-disco");
        OwnedSources json = new OwnedSources(
                List.of(owned("00c73f83", accept("A035-session-accept-second").sources())));
        assertSame(
                JingleCodec.sourceAdd(
                        jid("labjga1r1@muc.meet.jitsi/ad6484a6"),
                        new SessionId("8cf3ils07ijrf"),
                        shown(json, features),
                        SourceEncoding.JSON),
                "A038-source-add");

        OwnedSources xml = new OwnedSources(
                List.of(owned("263a54c3", accept("E042-session-accept-second").sources())));
        assertSame(
                JingleCodec.sourceAdd(
                        jid("lab0uj17a@muc.meet.jitsi/b6a2aca9"),
                        new SessionId("eoiv3q9o4pc83"),
                        shown(xml, features),
                        SourceEncoding.XML),
                "E046-source-add");
    }

    @Test
    void sharedScreenIsForwardedAsRecorded() {
        JingleRequest.SourceAdd added = (JingleRequest.SourceAdd) jingle("D081-source-add-screen");
        String sid = Recorded.read("D087-source-add-screen-forwarded", JingleIQ.class)
                .getSID();

        assertSame(
                JingleCodec.sourceAdd(
                        jid("labzlyu1n@muc.meet.jitsi/d866811e"),
                        new SessionId(sid),
                        shown(new OwnedSources(List.of(owned("dd43f243", added.sources()))), features("A017-disco")),
                        SourceEncoding.JSON),
                "D087-source-add-screen-forwarded");
    }

    @Test
    void sourceRemoveIsTheRecordedOne() {
        OwnedSources sources = new OwnedSources(
                List.of(owned("d5991e25", accept("D036-session-accept").sources())));
        assertSame(
                JingleCodec.sourceRemove(
                        jid("labzlyu1n@muc.meet.jitsi/dd43f243"),
                        new SessionId("8md60v7jskpu0"),
                        shown(sources, features("A017-disco")),
                        SourceEncoding.JSON),
                "D116-source-remove");
    }

    @Test
    void transportInfoAfterAnIceRestartIsTheRecordedOne() {
        BridgeAnswer.Modified answer = created("D103-colibri-ice-restarted");

        assertSame(
                JingleCodec.transportInfo(
                        jid("labzlyu1n@muc.meet.jitsi/dd43f243"),
                        new SessionId("8md60v7jskpu0"),
                        answer.endpoints().get(0).transport().orElseThrow()),
                "D105-transport-info");
    }

    @Test
    void sessionTerminateIsTheRecordedOne() {
        assertSame(
                JingleCodec.terminate(
                        jid("lab4fx612@muc.meet.jitsi/ffdc5969"),
                        new SessionId("ot1kcq89jfg9"),
                        TerminateReason.MOVING),
                "G070-session-terminate");
    }

    @Test
    void colibriCreatesAreTheRecordedOnes() {
        assertSame(
                ColibriCodec.encode(
                        JVB1,
                        create(
                                "00c73f83",
                                "Damaris-XbH",
                                features("A017-disco"),
                                Optional.of(new RoomId("labjga1r1@muc.meet.jitsi")))),
                "A023-colibri-create");
        assertSame(
                ColibriCodec.encode(JVB1, create("ad6484a6", "Martine-Jew", features("A017-disco"), Optional.empty())),
                "A026-colibri-create-second");
    }

    @Test
    void colibriUpdateAfterAnAcceptIsTheRecordedOne() {
        JingleRequest.Accept accept = accept("A034-session-accept");
        EndpointRequest endpoint = new EndpointRequest(
                new EndpointId("ad6484a6"),
                Lifecycle.UPDATE,
                Optional.of("Martine-Jew"),
                Optional.empty(),
                accept.transport().map(Transport.Remote::new),
                Optional.of(accept.sources()),
                Optional.empty(),
                accept.initialLastN());

        assertSame(ColibriCodec.encode(JVB1, request(MEETING_A, endpoint)), "A036-colibri-update");
    }

    @Test
    void colibriUpdateWithASharedScreenHoldsAllSourcesAsRecorded() {
        var recorded = Recorded.read(
                "D083-colibri-update-screen", org.jitsi.xmpp.extensions.colibri2.ConferenceModifyIQ.class);
        EndpointSources camera = accept("D040-session-accept-second").sources();
        EndpointSources screen = ((JingleRequest.SourceAdd) jingle("D081-source-add-screen")).sources();
        EndpointSources all = new EndpointSources(
                Stream.concat(camera.sources().stream(), screen.sources().stream())
                        .toList(),
                Stream.concat(camera.groups().stream(), screen.groups().stream())
                        .toList());
        EndpointRequest endpoint = new EndpointRequest(
                new EndpointId("dd43f243"),
                Lifecycle.UPDATE,
                Optional.of("Elwin-UjQ"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(all),
                Optional.empty(),
                OptionalInt.empty());

        assertSame(
                ColibriCodec.encode(JVB1, request(new MeetingId(recorded.getMeetingId()), endpoint)),
                "D083-colibri-update-screen");
    }

    @Test
    void colibriCreateForAReceiverOfRewrittenSsrcsIsTheRecordedOne() {
        var recorded =
                Recorded.read("C023-colibri-create", org.jitsi.xmpp.extensions.colibri2.ConferenceModifyIQ.class);
        BridgeRequest made = create(
                recorded.getEndpoints().get(0).getId(),
                String.valueOf(recorded.getEndpoints().get(0).getStatsId()),
                features("C018-disco"),
                Optional.of(new RoomId("labspqu2b@muc.meet.jitsi")));
        assertSame(
                ColibriCodec.encode(
                        jid("jvbbrewery@internal-muc.meet.jitsi/jvb2"),
                        new BridgeRequest(
                                new MeetingId(recorded.getMeetingId()), made.create(), false, made.endpoints())),
                "C023-colibri-create");
    }

    @Test
    void colibriIceRestartAndTransportAreTheRecordedOnes() {
        IQ recorded = Recorded.read("D102-colibri-ice-restart", IQ.class);
        var modify = (org.jitsi.xmpp.extensions.colibri2.ConferenceModifyIQ) recorded;
        MeetingId meeting = new MeetingId(modify.getMeetingId());
        String statsId = modify.getEndpoints().get(0).getStatsId();
        EndpointRequest plain = endpoint("dd43f243", String.valueOf(statsId));
        EndpointRequest restart = new EndpointRequest(
                plain.id(),
                Lifecycle.UPDATE,
                plain.statsId(),
                Optional.empty(),
                Optional.of(new Transport.IceRestart()),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty());
        assertSame(ColibriCodec.encode(JVB1, request(meeting, restart)), "D102-colibri-ice-restart");

        JingleRequest.TransportInfo info = (JingleRequest.TransportInfo) jingle("D107-transport-info-client");
        EndpointRequest remote = new EndpointRequest(
                plain.id(),
                Lifecycle.UPDATE,
                plain.statsId(),
                Optional.empty(),
                info.transport().map(Transport.Remote::new),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty());
        assertSame(ColibriCodec.encode(JVB1, request(meeting, remote)), "D108-colibri-transport");
    }

    @Test
    void colibriExpiresAreTheRecordedOnes() {
        EndpointRequest expire = new EndpointRequest(
                new EndpointId("00c73f83"),
                Lifecycle.EXPIRE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty());
        assertSame(ColibriCodec.encode(JVB1, request(MEETING_A, expire)), "A051-colibri-expire-endpoint");
        assertSame(
                ColibriCodec.encode(JVB1, new BridgeRequest(MEETING_A, Optional.empty(), true, List.of())),
                "A053-colibri-expire");
    }

    @Test
    void focusPresencesAreTheRecordedOnes() {
        assertFocusPresence(java.util.Map.of("support-terminate-restart", "true"), "A009-focus-presence");
        assertFocusPresence(
                java.util.Map.of("support-terminate-restart", "true", "bridge-count", "0"),
                "A054-focus-presence-bridge-count");
    }

    private static void assertFocusPresence(java.util.Map<String, String> properties, String recorded) {
        Presence presence = StanzaBuilder.buildPresence("x")
                .to(jid("labjga1r1@muc.meet.jitsi/focus"))
                .build();
        presence.addExtensions(
                PresenceCodec.focus(new FocusPresence(Optional.of("labjga1r1"), properties, false), "1.1.SNAPSHOT"));
        assertSame(presence, recorded);
    }

    @Test
    void conferenceAnswerIsTheRecordedOne() {
        IQ answer = ConferenceRequestCodec.encode(
                new ConferenceAnswer(
                        new RoomId("labjga1r1@muc.meet.jitsi"),
                        true,
                        java.util.Map.of("authentication", "false", "visitors-supported", "false")),
                FOCUS);
        answer.setTo(jid("focus.meet.jitsi/5rv_nvpvp_w1izi5lq3u1rjb@meet.jitsi/8ecvSQ9iHrB-"));

        assertSame(answer, "A011-conference-answer");
    }

    @Test
    void ownerFormIsAskedForAndSubmittedAsRecorded() {
        Jid room = jid("labjga1r1@muc.meet.jitsi");
        assertSame(RoomFormCodec.question(room), "A005-owner-form-get");
        assertSame(RoomFormCodec.whoisAnyone(room), "A007-owner-form-submit");
    }

    @Test
    void muteIsTheRecordedOne() {
        assertSame(
                MuteCodec.mute(
                        jid("labzlyu1n@muc.meet.jitsi/d5991e25"),
                        MutedMedia.AUDIO,
                        jid("labzlyu1n@muc.meet.jitsi/dd43f243")),
                "D100-mute");
    }
}
