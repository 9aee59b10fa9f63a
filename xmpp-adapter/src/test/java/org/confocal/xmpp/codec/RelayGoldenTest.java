package org.confocal.xmpp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.confocal.focus.config.CodecConfig;
import org.confocal.focus.config.ConferenceConfig;
import org.confocal.focus.model.BridgeAnswer;
import org.confocal.focus.model.BridgeRequest;
import org.confocal.focus.model.BridgeRequest.EndpointRequest;
import org.confocal.focus.model.BridgeRequest.Lifecycle;
import org.confocal.focus.model.BridgeRequest.NewRelay;
import org.confocal.focus.model.BridgeRequest.RelayRequest;
import org.confocal.focus.model.BridgeRequest.RelaySide;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.Feature;
import org.confocal.focus.model.IceTransport;
import org.confocal.focus.model.JingleRequest;
import org.confocal.focus.model.MeetingId;
import org.confocal.focus.offer.OfferFactory;
import org.confocal.strategy.EndpointId;
import org.jitsi.xmpp.extensions.jingle.JingleIQ;
import org.jivesoftware.smack.packet.IQ;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests about relays, made of what the focus knows, are the recorded ones (transcript B: jvb2 was there first). */
class RelayGoldenTest {
    private static final MeetingId MEETING = new MeetingId("1cc9f677-1db6-432a-b3dd-3f89cba54d3b");
    private static final String ON_FIRST = "38cad36e";
    private static final String ON_SECOND = "b34c753d";

    private static String sent(String bridge, RelayRequest relay) {
        return ColibriCodec.encode(
                        Addresses.of(new org.confocal.focus.model.Jid("jvbbrewery@internal-muc.meet.jitsi/" + bridge))
                                .orElseThrow(),
                        new BridgeRequest(MEETING, relay))
                .toXML()
                .toString();
    }

    private static void assertSame(String made, String recorded) {
        assertThat(CanonicalXml.of(made)).isEqualTo(CanonicalXml.of(Recorded.text(recorded)));
    }

    private static RelayRequest create(String id, RelaySide side, boolean sctp, EndpointRequest heard) {
        NewRelay relay = new NewRelay("0", side, sctp, OfferFactory.all(CodecConfig.DEFAULTS));
        return new RelayRequest(id, Lifecycle.CREATE, Optional.of(relay), Optional.empty(), List.of(heard));
    }

    private static RelayRequest update(String id, EndpointRequest heard) {
        return new RelayRequest(id, Lifecycle.UPDATE, Optional.empty(), Optional.empty(), List.of(heard));
    }

    private static EndpointRequest heard(String id, Lifecycle lifecycle, String statsId, EndpointSources sources) {
        boolean created = lifecycle == Lifecycle.CREATE;
        return new EndpointRequest(
                new EndpointId(id),
                lifecycle,
                created ? Optional.of(statsId) : Optional.empty(),
                created
                        ? Optional.of(new BridgeRequest.Details(
                                List.of(),
                                OfferFactory.capabilities(Set.of(Feature.AUDIO), ConferenceConfig.DEFAULTS),
                                false,
                                false))
                        : Optional.empty(),
                Optional.empty(),
                Optional.of(sources),
                Optional.empty(),
                OptionalInt.empty());
    }

    private static EndpointSources accepted(String recorded) {
        return ((JingleRequest.Accept) JingleCodec.decode(Recorded.read(recorded, JingleIQ.class))).sources();
    }

    @Test
    void theBridgeThatWasThereFirstIsAskedAsRecorded() {
        EndpointRequest heard = heard(ON_SECOND, Lifecycle.CREATE, "Carmel-jtn", EndpointSources.EMPTY);

        assertSame(sent("jvb2", create("jvb1", RelaySide.INITIATOR, false, heard)), "B025-relay-create-first");
    }

    @Test
    void theBridgeThatJoinsIsAskedAsRecorded() {
        EndpointRequest heard = heard(ON_FIRST, Lifecycle.CREATE, "Emily-PSr", EndpointSources.EMPTY);

        assertSame(sent("jvb1", create("jvb2", RelaySide.RESPONDER, false, heard)), "B026-relay-create-second");
    }

    @Test
    void childrenOfARelayKeepTheirRecordedOrder() {
        EndpointRequest heard = heard(ON_SECOND, Lifecycle.CREATE, "Carmel-jtn", EndpointSources.EMPTY);
        String made = sent("jvb2", create("jvb1", RelaySide.INITIATOR, false, heard));

        assertThat(childOrder(made)).isEqualTo(childOrder(Recorded.text("B025-relay-create-first")));
    }

    private static List<String> childOrder(String xml) {
        String withoutMedia = xml.replaceAll("<media .*?</media>", "<media/>");
        return Pattern.compile("<(/?[a-z-]+)")
                .matcher(withoutMedia.substring(withoutMedia.indexOf("<relay")))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    @Test
    void aDataChannelBetweenBridgesHasItsClientWhereTheLinkIsBegun() {
        EndpointRequest heard = heard(ON_FIRST, Lifecycle.CREATE, "s", EndpointSources.EMPTY);

        assertThat(sent("jvb2", create("jvb1", RelaySide.INITIATOR, true, heard)))
                .contains("<sctp role='client'/>");
        assertThat(sent("jvb1", create("jvb2", RelaySide.RESPONDER, true, heard)))
                .contains("<sctp role='server'/>");
    }

    @Test
    void sourcesOfAnEndpointThatIsHeardAreSaidAsRecorded() {
        assertSame(
                sent(
                        "jvb2",
                        update("jvb1", heard(ON_SECOND, Lifecycle.UPDATE, "", accepted("B032-session-accept-second")))),
                "B034-relay-endpoint-second");
        assertSame(
                sent(
                        "jvb1",
                        update("jvb2", heard(ON_FIRST, Lifecycle.UPDATE, "", accepted("B044-session-accept-first")))),
                "B046-relay-endpoint-first");
    }

    @ParameterizedTest
    @CsvSource({
        "B052-relay-created-first, jvb1, passive, without, B053-relay-transport-to-second",
        "B037-relay-created-second, jvb2, active, with, B039-relay-transport-to-first"
    })
    void transportsArePassedOnAsRecorded(String answer, String to, String setup, String webSocket, String recorded) {
        BridgeAnswer.Modified modified = (BridgeAnswer.Modified) ColibriCodec.decode(Recorded.read(answer, IQ.class));
        IceTransport transport = modified.relays().getFirst().transport().orElseThrow();
        String from = to.equals("jvb1") ? "jvb2" : "jvb1";
        // Here by hand; that the focus does it so, the replay of the conversation shows.
        IceTransport passedOn = new IceTransport(
                transport.ufrag(),
                transport.pwd(),
                transport.rtcpMux(),
                transport.fingerprints().stream()
                        .map(each -> new IceTransport.Fingerprint(
                                each.hash(), Optional.of(setup), each.required(), each.cryptex(), each.value()))
                        .toList(),
                transport.candidates(),
                webSocket.equals("with") ? transport.webSockets() : List.of(),
                transport.iceGeneration());

        assertThat(modified.relays().getFirst().id()).isEqualTo(to);
        assertSame(
                sent(to, new RelayRequest(from, Lifecycle.UPDATE, Optional.empty(), Optional.of(passedOn), List.of())),
                recorded);
    }

    @Test
    void aRelayGoesAsRecorded() {
        assertSame(
                sent("jvb2", new RelayRequest("jvb1", Lifecycle.EXPIRE, Optional.empty(), Optional.empty(), List.of())),
                "B063-relay-expire");
    }

    @Test
    void anAnswerAboutARelayWithoutATransportIsRead() {
        assertThat(ColibriCodec.decode(Recorded.read("B070-relay-expired", IQ.class)))
                .isEqualTo(new BridgeAnswer.Modified(
                        List.of(),
                        List.of(new BridgeAnswer.RelayAnswer("jvb1", Optional.empty())),
                        EndpointSources.EMPTY));
    }
}
