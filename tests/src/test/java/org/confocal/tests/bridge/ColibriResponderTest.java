package org.confocal.tests.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.confocal.tests.bridge.BridgeConfig.DataChannels;
import org.confocal.tests.bridge.BridgeConfig.WebSockets;
import org.confocal.tests.xmpp.Element;
import org.confocal.tests.xmpp.Ns;
import org.confocal.tests.xmpp.Stanzas;
import org.confocal.tests.xmpp.XmlText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColibriResponderTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String CAPABLE = "<capability name='source-names'/>";

    private final ColibriResponder responder =
            new ColibriResponder(RecordedBridgeTest.config(), new SplittableRandom(7));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            unknown conference                 | meeting-id='m2'               |                                                  | item-not-found          | conference_not_found
            known conference created           | meeting-id='m' create='true'  |                                                  | conflict                | conference_already_exists
            no meeting id                      | name='r'                      |                                                  | bad-request             |
            endpoint without transport         | meeting-id='m'                | <endpoint id='b' create='true'>C</endpoint>      | bad-request             |
            endpoint without source names      | meeting-id='m'                | <endpoint id='b' create='true'><transport/></endpoint> | bad-request       |
            endpoint that exists               | meeting-id='m'                | <endpoint id='a' create='true'><transport/>C</endpoint> | conflict         |
            client role for SCTP               | meeting-id='m'                | <endpoint id='b' create='true'><transport><sctp role='client'/></transport>C</endpoint> | feature-not-implemented |
            sources of an unknown endpoint     | meeting-id='m'                | <endpoint id='x'><sources/></endpoint>           | item-not-found          | unknown_endpoint
            sources of a visitor               | meeting-id='m'                | <endpoint id='v' create='true' muc-role='visitor'><transport/><sources><media-source id='v-a0' type='audio'/></sources>C</endpoint> | bad-request |
            unknown relay                      | meeting-id='m'                | <relay id='jvb9'><transport/></relay>            | bad-request             |
            relay without transport            | meeting-id='m'                | <relay id='r' create='true' mesh-id='0'/>        | bad-request             |
            relay that exists                  | meeting-id='m'                | <relay id='known' create='true'><transport/></relay> | conflict            |
            relay and endpoint together        | meeting-id='m'                | <relay id='r' create='true'/><endpoint id='a'/>  | feature-not-implemented | feature_not_implemented
            two relays                         | meeting-id='m'                | <relay id='r' create='true'/><relay id='s' create='true'/> | feature-not-implemented | feature_not_implemented
            two endpoints, one with sources    | meeting-id='m'                | <endpoint id='a'><sources/></endpoint><endpoint id='b'/> | feature-not-implemented | feature_not_implemented
            unknown connect                    | meeting-id='m'                | <connects><connect id='t'/></connects>           | bad-request             |
            """)
    void refuses(String fact, String attributes, String children, String condition, String reason) {
        BridgeBooks books = answer(withEndpoint("a"), "meeting-id='m'", relay("known", "<transport/>"))
                .books();

        ColibriAnswer answer =
                answer(books, attributes, Optional.ofNullable(children).orElse(""));

        assertThat(answer).as(fact).isInstanceOf(ColibriAnswer.Refused.class);
        ColibriAnswer.Refused refused = (ColibriAnswer.Refused) answer;
        assertThat(refused.condition()).isEqualTo(condition);
        assertThat(refused.reason()).isEqualTo(Optional.ofNullable(reason));
        assertThat(refused.books().endpoint("a")).isPresent();
    }

    @Test
    void anUnknownEndpointIsNamedInTheError() {
        ColibriAnswer answer = answer(withEndpoint("a"), "meeting-id='m'", "<endpoint id='x'><sources/></endpoint>");

        Element error = answer.toIq(Element.of("iq", Ns.CLIENT).with("id", "1"));
        assertThat(error.deep("endpoint", Ns.COLIBRI2))
                .singleElement()
                .satisfies(each -> assertThat(each.value("id")).isEqualTo("x"));
    }

    @Test
    void newConferencesAreRefusedInGracefulShutdownAndOldOnesAreNot() {
        BridgeBooks books = withEndpoint("a");
        Set<BridgeFlag> leaving = Set.of(BridgeFlag.GRACEFUL_SHUTDOWN);

        assertThat(responder.answer(books, modify("meeting-id='n' create='true'", ""), leaving, NOW))
                .isInstanceOf(ColibriAnswer.Refused.class);
        assertThat(responder.answer(books, modify("meeting-id='m'", endpoint("b")), leaving, NOW))
                .isInstanceOf(ColibriAnswer.Modified.class);
    }

    @Test
    void whatStoodInFrontOfARefusedEntryIsApplied() {
        ColibriAnswer answer = answer(
                withEndpoint("a"),
                "meeting-id='m'",
                "<endpoint id='a'><force-mute audio='true'/></endpoint><connects><connect id='t'/></connects>");

        assertThat(answer).isInstanceOf(ColibriAnswer.Refused.class);
        assertThat(answer.books().endpoint("a").orElseThrow().forceMuted()).containsExactly("audio");
    }

    @Test
    void expiringWhatIsUnknownIsFine() {
        BridgeBooks books = withEndpoint("a");

        assertThat(answer(books, "meeting-id='m'", "<endpoint id='x' expire='true'/>"))
                .isInstanceOf(ColibriAnswer.Modified.class);
        assertThat(answer(books, "meeting-id='m'", "<relay id='x' expire='true'/>"))
                .isInstanceOf(ColibriAnswer.Modified.class);
    }

    @Test
    void theConferenceGoesWithItsLastEndpoint() {
        BridgeBooks after = answer(withEndpoint("a"), "meeting-id='m'", "<endpoint id='a' expire='true'/>")
                .books();

        assertThat(after.conferences()).isEmpty();
        assertThat(after.endpointsCreated()).isEqualTo(1);
    }

    @Test
    void aConferenceThatStaysEmptyGoesByItself() {
        BridgeBooks books =
                answer(BridgeBooks.empty(), "meeting-id='m' create='true'", "").books();

        assertThat(books.expired(NOW.plus(Duration.ofSeconds(19))).conferences())
                .hasSize(1);
        assertThat(books.expired(NOW.plus(Duration.ofSeconds(20))).conferences())
                .isEmpty();
    }

    @Test
    void dataChannelsAreAnsweredWithAPort() {
        ColibriAnswer answer = answer(
                BridgeBooks.empty(),
                "meeting-id='m' create='true'",
                "<endpoint id='a' create='true'><transport><sctp/></transport>C</endpoint>");

        Element iq = answer.toIq(Element.of("iq", Ns.CLIENT).with("id", "1"));
        assertThat(iq.deep("sctp", Ns.COLIBRI2))
                .singleElement()
                .satisfies(sctp -> assertThat(sctp.attributes())
                        .containsEntry("port", "5000")
                        .containsEntry("role", "server"));
    }

    @Test
    void aRelayNeedsABridgeThatHasRelaysAndSomethingToTalkOver() {
        BridgeConfig config = RecordedBridgeTest.config();
        BridgeConfig mute = config.with(DataChannels.OFFERED, WebSockets.OFF);
        BridgeConfig socketsOnly = config.with(DataChannels.NOT_OFFERED, WebSockets.ON);
        String sctp = "<transport><sctp role='client'/></transport>";

        assertThat(condition(config.withoutRelays(), "<transport/>")).hasValue("feature-not-implemented");
        assertThat(condition(mute, "<transport/>")).hasValue("internal-server-error");
        assertThat(condition(mute, sctp)).isEmpty();
        assertThat(condition(socketsOnly, "<transport/>")).isEmpty();
        assertThat(condition(socketsOnly, sctp)).hasValue("feature-not-implemented");
    }

    private static Optional<String> condition(BridgeConfig config, String transport) {
        ColibriAnswer answer = new ColibriResponder(config, new SplittableRandom(3))
                .answer(
                        BridgeBooks.empty(),
                        modify("meeting-id='m' create='true'", relay("r", transport)),
                        Set.of(),
                        NOW);
        return Stanzas.condition(answer.toIq(Element.of("iq", Ns.CLIENT).with("id", "1")));
    }

    @ParameterizedTest
    @CsvSource({"client, server, SCTP_CLIENT", "server, client, SCTP_SERVER"})
    void aRelaysDataChannelIsAnsweredWithTheOppositeRole(String asked, String answered, RelayBook.Channel channel) {
        ColibriAnswer answer = answer(
                withEndpoint("a"), "meeting-id='m'", relay("r", "<transport><sctp role='" + asked + "'/></transport>"));

        Element iq = answer.toIq(Element.of("iq", Ns.CLIENT).with("id", "1"));
        assertThat(iq.deep("sctp", Ns.COLIBRI2))
                .singleElement()
                .satisfies(sctp -> assertThat(sctp.value("role")).isEqualTo(answered));
        assertThat(relayBook(answer.books()).channel()).isEqualTo(channel);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            as documented, initiator     | ice-controlling='true' | -                     | active  | <web-socket xmlns='http://jitsi.org/protocol/colibri' url='ws://x'/> | true
            as documented, responder     | -                      | -                     | passive | -                                                                    | true
            initiator without websocket  | ice-controlling='true' | -                     | active  | -                                                                    | false
            responder with websocket     | -                      | -                     | passive | <web-socket xmlns='http://jitsi.org/protocol/colibri' url='ws://x'/> | false
            both the same DTLS role      | -                      | -                     | active  | -                                                                    | false
            not decided                  | ice-controlling='true' | -                     | actpass | <web-socket xmlns='http://jitsi.org/protocol/colibri' url='ws://x'/> | false
            SCTP, as documented          | ice-controlling='true' | <sctp role='client'/> | active  | -                                                                    | true
            SCTP with websocket          | -                      | <sctp role='server'/> | passive | <web-socket xmlns='http://jitsi.org/protocol/colibri' url='ws://x'/> | false
            """)
    void aRelayIsLinkedByTheRightTransportOnly(
            String fact, String attributes, String sctp, String setup, String socket, boolean linked) {
        String asked = Optional.ofNullable(attributes).orElse("");
        String role = Optional.ofNullable(sctp).orElse("");
        BridgeBooks created = answer(
                        withEndpoint("a"),
                        "meeting-id='m'",
                        relay("r", "<transport " + asked + ">" + role + "</transport>"))
                .books();
        assertThat(relayBook(created).isLinked()).isFalse();

        String transport = "<transport xmlns='urn:xmpp:jingle:transports:ice-udp:1' ufrag='u' pwd='p'>"
                + "<fingerprint xmlns='urn:xmpp:jingle:apps:dtls:0' setup='" + setup + "'>AA</fingerprint>"
                + Optional.ofNullable(socket).orElse("") + "</transport>";
        BridgeBooks told = answer(
                        created, "meeting-id='m'", "<relay id='r'><transport>" + transport + "</transport></relay>")
                .books();

        assertThat(relayBook(told).isLinked()).as(fact).isEqualTo(linked);
    }

    @Test
    void endpointsBehindARelayComeChangeAndGo() {
        BridgeBooks books = answer(
                        withEndpoint("a"),
                        "meeting-id='m'",
                        "<relay id='r' create='true' mesh-id='3'><transport/><endpoints>"
                                + "<endpoint id='x' create='true' stats-id='Xena'><sources/></endpoint>"
                                + "<endpoint id='y' create='true'><sources/></endpoint></endpoints></relay>")
                .books();
        assertThat(relayBook(books).endpoints()).containsOnlyKeys("x", "y");
        assertThat(relayBook(books).meshId()).isEqualTo("3");

        BridgeBooks changed = answer(
                        books,
                        "meeting-id='m'",
                        "<relay id='r'><endpoints><endpoint id='x'><sources>"
                                + "<media-source type='audio' id='x-a0'>"
                                + "<source xmlns='urn:xmpp:jingle:apps:rtp:ssma:0' ssrc='7'/></media-source>"
                                + "</sources></endpoint><endpoint id='y' expire='true'/>"
                                + "<endpoint id='never-announced'><sources/></endpoint></endpoints></relay>")
                .books();

        assertThat(relayBook(changed).endpoints()).containsOnlyKeys("x");
        assertThat(relayBook(changed).endpoint("x").orElseThrow().ssrcs()).containsExactly(7L);
        assertThat(relayBook(changed).endpoint("x").orElseThrow().statsId()).hasValue("Xena");
        assertThat(changed.conference("m").orElseThrow().endpoints()).containsOnlyKeys("a");
    }

    @Test
    void aConferenceWithARelayOnlyStays() {
        BridgeBooks relayed = answer(withEndpoint("a"), "meeting-id='m'", relay("r", "<transport/>"))
                .books();
        BridgeBooks alone = answer(relayed, "meeting-id='m'", "<endpoint id='a' expire='true'/>")
                .books();
        assertThat(alone.conferences()).hasSize(1);

        assertThat(answer(alone, "meeting-id='m'", "<relay id='r' expire='true'/>")
                        .books()
                        .conferences())
                .isEmpty();
    }

    private static RelayBook relayBook(BridgeBooks books) {
        return books.conference("m").orElseThrow().relay("r").orElseThrow();
    }

    private static String relay(String id, String transport) {
        return "<relay id='" + id + "' create='true' mesh-id='0'>" + transport + "</relay>";
    }

    @Test
    void trafficFollowsFromSourcesAndLastN() {
        BridgeBooks books = withEndpoint("a");
        for (String id : List.of("b", "c")) {
            books = answer(books, "meeting-id='m'", endpoint(id)).books();
        }
        for (String id : List.of("a", "b", "c")) {
            books = answer(
                            books,
                            "meeting-id='m'",
                            "<endpoint id='" + id + "'><sources><media-source type='audio' id='" + id + "-a0'/>"
                                    + "<media-source type='video' id='" + id + "-v0'/></sources></endpoint>")
                    .books();
        }
        books = answer(books, "meeting-id='m'", "<endpoint id='c'><initial-last-n value='1'/></endpoint>")
                .books();

        BridgeTraffic traffic = BridgeTraffic.of(books);

        assertThat(traffic.in().packets()).isEqualTo(300 + 2 * 100 + 3 * 50);
        assertThat(traffic.out().packets()).isEqualTo(2 * (300 + 100 + 2 * 50) + (300 + 2 * 50));
        assertThat(traffic.relayOut().packets()).isZero();
    }

    private BridgeBooks withEndpoint(String id) {
        return answer(BridgeBooks.empty(), "meeting-id='m' create='true'", endpoint(id))
                .books();
    }

    private static String endpoint(String id) {
        return "<endpoint id='" + id + "' create='true'><transport/>C</endpoint>";
    }

    private ColibriAnswer answer(BridgeBooks books, String attributes, String children) {
        return responder.answer(books, modify(attributes, children), Set.of(), NOW);
    }

    private static Element modify(String attributes, String children) {
        return XmlText.parse("<conference-modify xmlns='jitsi:colibri2' " + attributes + ">"
                + children.replace(">C<", ">" + CAPABLE + "<") + "</conference-modify>");
    }
}
