package org.confocal.tests.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.confocal.tests.xmpp.Element;
import org.confocal.tests.xmpp.Ns;
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
            relay and endpoint together        | meeting-id='m'                | <relay id='r' create='true'/><endpoint id='a'/>  | feature-not-implemented | feature_not_implemented
            two relays                         | meeting-id='m'                | <relay id='r' create='true'/><relay id='s' create='true'/> | feature-not-implemented | feature_not_implemented
            two endpoints, one with sources    | meeting-id='m'                | <endpoint id='a'><sources/></endpoint><endpoint id='b'/> | feature-not-implemented | feature_not_implemented
            unknown connect                    | meeting-id='m'                | <connects><connect id='t'/></connects>           | bad-request             |
            """)
    void refuses(String fact, String attributes, String children, String condition, String reason) {
        BridgeBooks books = withEndpoint("a");

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
