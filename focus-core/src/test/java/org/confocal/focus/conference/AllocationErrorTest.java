package org.confocal.focus.conference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.focus.conference.ConferenceScript.JVB2;
import static org.confocal.focus.conference.ConferenceScript.chosen;
import static org.confocal.focus.conference.ConferenceScript.endpoint;
import static org.confocal.focus.conference.ConferenceScript.refused;
import static org.confocal.focus.conference.ConferenceScript.transport;
import static org.confocal.focus.conference.ConferenceScript.unknownEndpoint;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.confocal.focus.model.BridgeAnswer;
import org.confocal.focus.model.BridgeAnswer.EndpointAnswer;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.Feature;
import org.confocal.focus.model.RequestId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the error tables of spec/04, sections 4 and 5. */
class AllocationErrorTest {
    private static final String NO_REPORT = "";

    private final ConferenceScript s = new ConferenceScript();

    static Stream<Arguments> wholeSession() {
        return Stream.of(
                Arguments.of("timeout", new BridgeAnswer.TimedOut(), "timed-out"),
                Arguments.of("conference not found", refused("item-not-found", "conference_not_found"), NO_REPORT),
                Arguments.of("conflict without reason", refused("conflict", ""), NO_REPORT),
                Arguments.of("conflict, other reason", refused("conflict", "unspecified"), NO_REPORT),
                Arguments.of("conference exists", refused("conflict", "conference_already_exists"), NO_REPORT),
                Arguments.of("graceful", refused("service-unavailable", "graceful_shutdown"), "graceful-shutdown"),
                Arguments.of("unavailable", refused("service-unavailable", ""), "failed"),
                Arguments.of("not implemented", refused("feature-not-implemented", ""), "failed"),
                Arguments.of("internal error", refused("internal-server-error", ""), "failed"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wholeSession")
    void aFailedCreateEndsTheSessionAndInvitesEverybodyAgain(String name, BridgeAnswer answer, String report) {
        s.inRoom().joins("a");
        s.joins("b");
        s.fleetSays(chosen(JVB2), chosen(JVB2));
        List<String> lines = s.bridgeAnswers("a", answer);
        assertThat(lines)
                .filteredOn(line -> line.startsWith("report"))
                .isEqualTo(report.isEmpty() ? List.of() : List.of("report jvb1 " + report));
        assertThat(lines)
                .filteredOn(line -> !line.startsWith("report"))
                .containsExactly(
                        "jvb1: expire conference",
                        "release a from jvb1",
                        "release b from jvb1",
                        "select for a",
                        "presence bridge-count=0",
                        "jvb2: new conference, create a without sctp",
                        "select for b",
                        "presence bridge-count=1",
                        "jvb2: create b without sctp");
        assertThat(s.counted(ConferenceCounter.BRIDGES_REMOVED)).isEqualTo(1);
        assertThat(s.counted(ConferenceCounter.PARTICIPANTS_MOVED)).isEqualTo(2);
    }

    static Stream<Arguments> avoided() {
        return Stream.of(
                Arguments.of(new BridgeAnswer.TimedOut(), true),
                Arguments.of(refused("conflict", ""), true),
                Arguments.of(refused("service-unavailable", "graceful_shutdown"), true),
                Arguments.of(refused("internal-server-error", ""), true),
                Arguments.of(refused("item-not-found", "conference_not_found"), false),
                Arguments.of(refused("conflict", "conference_already_exists"), false),
                Arguments.of(refused("bad-request", ""), false));
    }

    @ParameterizedTest
    @MethodSource("avoided")
    void theConferenceAvoidsABridgeThatFailedIt(BridgeAnswer answer, boolean avoided) {
        s.inRoom().joins("a");
        s.joins("b");
        s.bridgeAnswers("a", answer);
        assertThat(s.counted(ConferenceCounter.BRIDGES_SUSPECTED)).isEqualTo(avoided ? 1 : 0);
        s.joins("c");
        assertThat(s.lastSelection().avoided()).isEqualTo(avoided ? Set.of(ConferenceScript.JVB1) : Set.of());
        s.pass(AllocationMachine.SUSPICION);
        s.joins("d");
        assertThat(s.lastSelection().avoided()).isEmpty();
    }

    @Test
    void aConferenceFromBeforeARestartIsReplacedOnceAndThenItIsAFailure() {
        s.inRoom().joins("a");
        s.joins("b");
        BridgeAnswer exists = refused("conflict", "conference_already_exists");
        assertThat(s.bridgeAnswers("a", exists))
                .containsSubsequence("jvb1: expire conference", "jvb1: new conference, create a without sctp");
        assertThat(s.counted(ConferenceCounter.CONFERENCES_REPLACED)).isEqualTo(1);
        assertThat(s.counted(ConferenceCounter.BRIDGES_SUSPECTED)).isZero();

        s.fleetSays(chosen(JVB2), chosen(JVB2));
        s.bridgeAnswers("a", exists);
        assertThat(s.counted(ConferenceCounter.CONFERENCES_REPLACED)).isEqualTo(1);
        assertThat(s.counted(ConferenceCounter.BRIDGES_SUSPECTED)).isEqualTo(1);
        s.pass(InviteTurns.MAX_BACKOFF);
        assertThat(s.lastSelection().avoided()).containsExactly(ConferenceScript.JVB1);
    }

    @Test
    void anErrorThatRepeatingWouldNotCureFailsOnlyThatInvite() {
        s.inRoom().joins("a");
        s.joins("b");
        assertThat(s.bridgeAnswers("b", refused("bad-request", "")))
                .containsExactly("release b from jvb1", "jvb1: expire b");
        assertThat(s.phase("a")).isEqualTo("ALLOCATING");
        assertThat(s.phase("b")).isEqualTo("CLOSED");
        s.joins("c");
        s.pass(Duration.ofMinutes(2));
        assertThat(s.phase("b")).as("neither the next joiner nor time cures it").isEqualTo("CLOSED");
        s.input(new ConferenceInput.BridgeUsable(JVB2));
        assertThat(s.phase("b")).as("another bridge may").isEqualTo("ALLOCATING");
    }

    static Stream<Arguments> elsewhere() {
        return Stream.of(
                Arguments.of("nobody there", refused("item-not-found", ""), NO_REPORT),
                Arguments.of("wrong type", new BridgeAnswer.Unusable("a query"), "failed"),
                Arguments.of(
                        "endpoint missing", new BridgeAnswer.Modified(List.of(), EndpointSources.EMPTY), NO_REPORT),
                Arguments.of(
                        "transport missing",
                        new BridgeAnswer.Modified(
                                List.of(new EndpointAnswer(endpoint("b"), Optional.empty(), OptionalInt.empty())),
                                EndpointSources.EMPTY),
                        NO_REPORT));
    }

    /** Seeds 20, 25, 29 and 65 of the core simulation: nobody invited them again. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("elsewhere")
    void whoGotNoEndpointIsInvitedAgainElsewhereAfterAWhile(String name, BridgeAnswer answer, String report) {
        s.inRoom().joins("a");
        s.joins("b");
        List<String> lines = s.bridgeAnswers("b", answer);
        assertThat(lines)
                .isEqualTo(Stream.of(
                                "report jvb1 " + report,
                                "release b from jvb1",
                                "jvb1: expire b",
                                "start timer reinvite 5000ms")
                        .filter(line -> !line.equals("report jvb1 "))
                        .toList());
        assertThat(s.phase("a")).isEqualTo("ALLOCATING");
        s.pass(InviteTurns.RETRY.minusMillis(1));
        assertThat(s.phase("b")).as("not at once").isEqualTo("QUEUED");
        s.fleetSays(chosen(JVB2));
        s.pass(Duration.ofMillis(1));
        assertThat(s.phase("b")).isEqualTo("ALLOCATING");
        assertThat(s.lastSelection().avoided()).containsExactly(ConferenceScript.JVB1);
        s.joins("c");
        assertThat(s.lastSelection().avoided()).as("the others may go there").isEmpty();
    }

    @Test
    void aBridgeThatAlwaysAnswersNonsenseIsNotAskedMoreOftenThanEveryFewSeconds() {
        s.inRoom().joins("a");
        s.joins("b");
        long attempts = 0;
        for (int seconds = 0; seconds < 60; seconds++) {
            if (s.phase("b").equals("ALLOCATING")) {
                s.bridgeAnswers("b", new BridgeAnswer.Modified(List.of(), EndpointSources.EMPTY));
                attempts++;
            }
            s.bridgesDo();
            s.pass(Duration.ofSeconds(1));
        }
        assertThat(attempts).isBetween(8L, 13L);
    }

    @Test
    void aMissingSctpPortFailsTheInviteOfWhoNeedsOne() {
        Set<Feature> sctp = EnumSet.copyOf(ConferenceScript.MODERN);
        sctp.add(Feature.SCTP);
        s.inRoom().joins(ConferenceScript.presence("a"), sctp);
        s.joins("b");
        s.bridgeDoes("b");
        assertThat(s.bridgeAnswers(
                        "a",
                        new BridgeAnswer.Modified(
                                List.of(new EndpointAnswer(
                                        endpoint("a"), Optional.of(transport(0)), OptionalInt.empty())),
                                EndpointSources.EMPTY)))
                .containsExactly("release a from jvb1", "jvb1: expire a", "start timer reinvite 5000ms");
    }

    @Test
    void aCreateThatCouldNotBeSentWaitsForTheNextBridgeOrJoiner() {
        s.inRoom().joins("a");
        s.joins("b");
        assertThat(s.bridgeAnswers("a", new BridgeAnswer.NotSent()))
                .containsExactly("release a from jvb1", "jvb1: expire a");
        assertThat(s.phase("a")).isEqualTo("UNSERVED");
        s.joins("c");
        assertThat(s.phase("a")).isEqualTo("ALLOCATING");
    }

    @Test
    void theAnswersOfTheOthersToAFailedSessionAreDropped() {
        s.inRoom().joins("a");
        s.joins("b");
        RequestId b = s.request("b").request();
        s.bridgeAnswers("a", new BridgeAnswer.TimedOut());
        ConferenceState before = s.state();
        assertThat(s.bridgeAnswers(b, new BridgeAnswer.TimedOut())).isEmpty();
        assertThat(s.state()).isEqualTo(before);
    }

    @Test
    void aLateAnswerIsDroppedAndOneToNothingIsIllegal() {
        s.twoTalk();
        assertThat(s.input(new ConferenceInput.BridgeAnswered(new RequestId(3), new BridgeAnswer.TimedOut())))
                .isEmpty();
        assertThat(s.counted(ConferenceCounter.INPUTS_ILLEGAL)).isZero();
        s.input(new ConferenceInput.BridgeAnswered(new RequestId(4711), new BridgeAnswer.TimedOut()));
        assertThat(s.counted(ConferenceCounter.INPUTS_ILLEGAL)).isEqualTo(1);
    }

    @Test
    void anUpdateWithoutAnswerIsIgnored() {
        s.twoTalk();
        for (BridgeAnswer answer : List.of(new BridgeAnswer.TimedOut(), new BridgeAnswer.NotSent())) {
            s.jingle("a", Jingle.add(s, "a", 12 + s.unansweredRequests()));
            assertThat(s.bridgeAnswers("a", answer)).isEmpty();
            s.jingle("a", Jingle.remove(s, "a", 12));
            s.bridgesDo();
        }
        assertThat(s.phase("a")).isEqualTo("ACTIVE");
    }

    @Test
    void anUnknownEndpointIsInvitedAgainAloneAndNotExpired() {
        s.twoTalk();
        s.jingle("a", Jingle.add(s, "a", 12));
        assertThat(s.bridgeAnswers("a", unknownEndpoint("a")))
                .containsExactly(
                        "terminate a: success moving",
                        "release a from jvb1",
                        "source-remove to b: a 11,12",
                        "select for a",
                        "jvb1: create a without sctp sources 11,12");
    }

    @Test
    void anyOtherErrorToAnUpdateEndsTheSession() {
        for (BridgeAnswer answer :
                List.of(refused("internal-server-error", ""), new BridgeAnswer.Unusable("a query"))) {
            ConferenceScript each = new ConferenceScript().twoTalk();
            each.jingle("a", Jingle.add(each, "a", 12));
            assertThat(each.bridgeAnswers("a", answer))
                    .startsWith(
                            "jvb1: expire conference",
                            "release a from jvb1",
                            "terminate a: success moving",
                            "release b from jvb1",
                            "terminate b: success moving",
                            "select for a");
        }
    }

    @Test
    void whileBridgesKeepFailingAttemptsComeLaterAndLaterButNeverStop() {
        s.inRoom().joins("a");
        s.joins("b");
        long attempts = 0;
        Duration time = Duration.ZERO;
        while (time.compareTo(Duration.ofMinutes(5)) < 0) {
            if (s.unansweredRequests() > 0 && s.phase("a").equals("ALLOCATING")) {
                s.bridgeAnswers("a", refused("conflict", ""));
                attempts++;
            }
            s.pass(Duration.ofMillis(100));
            time = time.plusMillis(100);
        }
        assertThat(attempts).isBetween(20L, 40L);
        s.pass(InviteTurns.MAX_BACKOFF);
        s.bridgesDo();
        s.accepts("a", 11);
        s.bridgesDo();
        assertThat(s.state().invites().failures()).isZero();
    }
}
