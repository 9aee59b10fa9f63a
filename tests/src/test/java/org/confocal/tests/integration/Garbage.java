package org.confocal.tests.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.tests.integration.Site.patiently;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.confocal.tests.client.ClientEmulator;
import org.confocal.tests.client.ClientKind;
import org.confocal.tests.prosody.FocusLogin;
import org.confocal.tests.xmpp.Element;
import org.confocal.tests.xmpp.Ns;
import org.confocal.tests.xmpp.Stanzas;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nonsense through a real Prosody: every IQ is answered once with the documented error (spec/03, sections 5 and 7), the
 * conference of the others lives, and in the end nothing is left.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Garbage {
    private static final String ROOM = "meeting";

    private final Site site;
    private final List<ClientEmulator> people;

    Garbage(FocusLogin login) throws IOException {
        site = Site.start(login, "jvb1");
        people = site.joinAll(ROOM);
    }

    @BeforeAll
    void thereIsAConference() {
        site.awaitConference(people);
    }

    /** After whatever was sent, people still learn of each other's sources, in the sessions that they had. */
    @AfterEach
    void theConferenceLives() {
        ClientEmulator presenter = people.get(1);
        assertThat(presenter.shareScreen().join().value("type")).isEqualTo("result");
        site.awaitConference(people);
        assertThat(presenter.removeScreen().join().value("type")).isEqualTo("result");
        site.awaitConference(people);
        assertThat(people)
                .allSatisfy(client -> assertThat(client.books().offers()).hasSize(1));
        assertThat(site.stat("/conferences")).isEqualTo(1);
    }

    @AfterAll
    void nothingIsLeft() {
        Site.leave(people);
        try (site) {
            site.awaitNothingLeft();
            Site.assertNoErrors(people);
            assertThat(site.focus().confocal().orElseThrow().view().snapshot().xmppDisconnects())
                    .isZero();
        }
    }

    private static String jingle(String action, String contents) {
        return "<jingle xmlns='urn:xmpp:jingle:1' sid='SID' action='" + action + "'>" + contents + "</jingle>";
    }

    private static String content(String name, String sources) {
        return "<content creator='initiator' name='" + name
                + "'><description xmlns='urn:xmpp:jingle:apps:rtp:1' media='" + name + "'>" + sources
                + "</description></content>";
    }

    private static String source(String ssrc, String name, String msid) {
        return "<source xmlns='urn:xmpp:jingle:apps:rtp:ssma:0' ssrc='" + ssrc + "' name='" + name
                + "'><parameter name='msid' value='" + msid + "'/></source>";
    }

    private static String group(String semantics, String... ssrcs) {
        return Stream.of(ssrcs)
                .map(ssrc -> "<source ssrc='" + ssrc + "'/>")
                .collect(Collectors.joining(
                        "",
                        "<ssrc-group xmlns='urn:xmpp:jingle:apps:rtp:ssma:0' semantics='" + semantics + "'>",
                        "</ssrc-group>"));
    }

    private static String add(String sources) {
        return jingle("source-add", content("audio", sources));
    }

    private static String manySources(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(ssrc -> "<source xmlns='urn:xmpp:jingle:apps:rtp:ssma:0' ssrc='" + ssrc + "'/>")
                .collect(Collectors.joining());
    }

    private static String nested(int depth) {
        return "<a>".repeat(depth) + "</a>".repeat(depth);
    }

    private static String manyAttributes(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "a" + i + "='x'")
                .collect(Collectors.joining(" ", "<b xmlns='urn:test' ", "/>"));
    }

    static Stream<Arguments> jingleThatIsRefused() {
        String long10k = "x".repeat(10_000);
        return Stream.of(
                refused("wrong namespace", "<jingle xmlns='urn:test' action='x'/>", "service-unavailable", ""),
                refused("not Jingle at all", "<pizza xmlns='urn:test'/>", "service-unavailable", ""),
                // XEP-0166, 7.2: not one of its values.
                refused("an action of nobody", jingle("dance", ""), "bad-request", ""),
                refused(
                        "an action for others",
                        jingle("content-modify", ""),
                        "feature-not-implemented",
                        "Unsupported 'action'"),
                refused(
                        "no action",
                        "<jingle xmlns='urn:xmpp:jingle:1' sid='SID'/>",
                        "bad-request",
                        "Missing 'action'"),
                refused(
                        "accept without a session",
                        "<jingle xmlns='urn:xmpp:jingle:1' action='session-accept' sid='none'/>",
                        "bad-request",
                        ""),
                refused(
                        "accept without a sid",
                        "<jingle xmlns='urn:xmpp:jingle:1' action='session-accept'/>",
                        "bad-request",
                        ""),
                refused(
                        "accept with SSRC 0",
                        jingle("session-accept", content("audio", source("0", "n", "s t"))),
                        "bad-request",
                        "Invalid SSRC: 0."),
                refused("SSRC 2^33", add(source("8589934592", "n", "s t")), "bad-request", "Invalid SSRC: 8589934592."),
                refused("SSRC 0", add(source("0", "n", "s t")), "bad-request", "Invalid SSRC: 0."),
                refused("SSRC -1", add(source("-1", "n", "s t")), "bad-request", "Invalid SSRC: -1."),
                refused("SSRC 10^30", add(source("1" + "0".repeat(30), "n", "s t")), "bad-request", "Invalid SSRC"),
                refused("SSRC in words", add(source("seven", "n", "s t")), "bad-request", "Invalid SSRC"),
                refused("name with a control", add(source("7", "a&#x7f;b", "s t")), "bad-request", "source name"),
                refused("msid with a control", add(source("7", "n", "s&#x85;t")), "bad-request", "Invalid MSID"),
                refused("long name", add(source("7", long10k, "s t")), "bad-request", "Invalid source name"),
                refused("long msid", add(source("7", "n", long10k)), "bad-request", "Invalid MSID"),
                refused("thousands of sources", add(manySources(3_000)), "bad-request", "SSRC limit (20) exceeded."),
                refused(
                        "unknown content",
                        jingle("source-add", content("hologram", source("7", "n", "s t"))),
                        "bad-request",
                        "hologram"),
                refused("unknown semantics", add(source("7", "n", "s t") + group("ABC", "7")), "bad-request", "ABC"),
                refused(
                        "a group of one",
                        add(source("7", "n", "s t") + group("FID", "7")),
                        "bad-request",
                        "Invalid FID group"),
                refused(
                        "removal of nothing",
                        jingle("source-remove", content("audio", source("7", "n", "s t"))),
                        "bad-request",
                        "Source does not exist or is not owned by endpoint (ssrc=7)."),
                refused("no transport", jingle("transport-info", ""), "bad-request", "missing transport"),
                refused("a quarter of a megabyte", add(source("7", "n", "x".repeat(240_000))), "bad-request", "MSID"));
    }

    private static Arguments refused(String what, String payload, String condition, String text) {
        return Arguments.of(what, payload, condition, text);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jingleThatIsRefused")
    void jingleThatMakesNoSenseIsRefusedOnce(String what, String payload, String condition, String text)
            throws IOException {
        try (RudeGuest guest = RudeGuest.join(site.client(ROOM, ClientKind.JSON), "rude")) {
            Element answer = guest.ask(guest.focus(), payload.replace("SID", guest.session()));

            assertThat(answer.value("type")).isEqualTo("error");
            assertThat(Stanzas.condition(answer)).as(what).hasValue(condition);
            assertThat(text(answer)).contains(text);
            guest.assertOneAnswerEach();
            assertThat(guest.isOpen()).isTrue();
        }
    }

    private static String text(Element answer) {
        return answer.deep("text", Ns.STANZAS).map(Element::text).findFirst().orElse("");
    }

    /** Whatever the answer is: there is one, and the stream of the focus survives (asserted at the end). */
    static Stream<Arguments> shapes() {
        return Stream.of(
                Arguments.of("deep", jingle("session-info", nested(300))),
                Arguments.of("wide", jingle("session-info", manyAttributes(2_000))),
                Arguments.of("many children", jingle("session-info", "<b xmlns='urn:test'/>".repeat(10_000))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void oddShapesOfXmlAreAnsweredOnce(String what, String payload) throws IOException {
        try (RudeGuest guest = RudeGuest.join(site.client(ROOM, ClientKind.JSON), "rude")) {
            Element answer = guest.ask(guest.focus(), payload.replace("SID", guest.session()));

            assertThat(answer.value("type")).as(what).isIn("error", "result");
            guest.assertOneAnswerEach();
        }
    }

    @Test
    void aConferenceRequestWithoutARoomIsRefused() throws IOException {
        try (RudeGuest guest = RudeGuest.connect(site.client(ROOM, ClientKind.JSON))) {
            Element answer = guest.ask(focusDomain(), "<conference xmlns='http://jitsi.org/protocol/focus'/>");

            assertThat(Stanzas.condition(answer)).hasValue("bad-request");
            assertThat(text(answer)).isEqualTo("No 'room' specified.");
            guest.assertOneAnswerEach();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"no room", "@muc.meet.test", "a@b@muc.meet.test", "room@", "muc.meet.test", ""})
    void aConferenceRequestForWhatIsNoRoomIsRefused(String room) throws IOException {
        try (RudeGuest guest = RudeGuest.connect(site.client(ROOM, ClientKind.JSON))) {
            Element answer = guest.ask(focusDomain(), request(room));

            assertThat(Stanzas.condition(answer)).as(answer.toXml()).hasValue("bad-request");
            guest.assertOneAnswerEach();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"room@elsewhere.invalid", "room@focus.meet.test"})
    void aConferenceRequestForARoomThatCannotBeIsNotReady(String room) throws IOException {
        try (RudeGuest guest = RudeGuest.connect(site.client(ROOM, ClientKind.JSON))) {
            Element answer = guest.ask(focusDomain(), request(room));

            assertThat(answer.child("conference", Ns.FOCUS).map(each -> each.value("ready")))
                    .as(answer.toXml())
                    .hasValue("false");
            guest.assertOneAnswerEach();
            patiently()
                    .untilAsserted(() -> assertThat(site.stat("/conferences")).isEqualTo(1));
        }
    }

    private static String request(String room) {
        return String.format(
                Locale.ROOT, "<conference xmlns='http://jitsi.org/protocol/focus' room='%s' machine-uid='m'/>", room);
    }

    private String focusDomain() {
        return site.prosody().config().domains().focus();
    }

    @Test
    void aNicknameOf64KibibytesDoesNotGetIn() throws IOException {
        try (RudeGuest guest = RudeGuest.connect(site.client(ROOM, ClientKind.JSON))) {
            guest.enter("n".repeat(65_536));
            guest.assertOneAnswerEach();
            assertThat(people.getFirst().books().members()).hasSize(2);
        }
    }
}
