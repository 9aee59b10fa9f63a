package org.confocal.focus.conference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.focus.conference.ConferenceScript.endpoint;
import static org.confocal.focus.conference.ConferenceScript.refused;
import static org.confocal.focus.conference.ConferenceScript.transport;
import static org.confocal.focus.conference.ConferenceScript.unknownEndpoint;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.confocal.focus.model.BridgeAnswer;
import org.confocal.focus.model.BridgeAnswer.EndpointAnswer;
import org.confocal.focus.model.BridgeSessionId;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.IceTransport;
import org.confocal.focus.model.JingleRequest;
import org.junit.jupiter.api.Test;

/** ICE restarts, failed ICE, and sessions that clients want anew (spec/03, sections 5.4 to 6). */
class RestartTest {
    private final ConferenceScript s = new ConferenceScript().twoTalk();

    @Test
    void anIceRestartIsAskedOfTheBridgeAndItsAnswerRelayed() {
        assertThat(s.jingle("a", Jingle.iceRestart(s, "a"))).containsExactly("jvb1: update a ice-restart", "ok iq4");
        assertThat(s.bridgeAnswers("a", iceAnswer(Optional.of(transport(1)))))
                .containsExactly("transport-info to a, generation 1");
        assertThat(s.counted(ConferenceCounter.ICE_RESTARTS_REQUESTED)).isEqualTo(1);
        assertThat(s.counted(ConferenceCounter.ICE_RESTARTS_RELAYED)).isEqualTo(1);
    }

    @Test
    void aGenerationThatIsNotNewerIsDropped() {
        iceRestart(1);
        s.pass(Duration.ofSeconds(6));
        assertThat(iceRestart(1)).isEmpty();
        s.pass(Duration.ofSeconds(6));
        assertThat(iceRestart(2)).containsExactly("transport-info to a, generation 2");
    }

    @Test
    void anAnswerWithoutGenerationMeansThatNoneWasNeeded() {
        assertThat(iceRestart(0)).isEmpty();
        assertThat(s.counted(ConferenceCounter.ICE_RESTARTS_NOT_NEEDED)).isEqualTo(1);
    }

    @Test
    void aFailedIceRestartBecomesANewSession() {
        for (BridgeAnswer answer : List.of(
                iceAnswer(Optional.empty()),
                refused("internal-server-error", ""),
                new BridgeAnswer.TimedOut(),
                new BridgeAnswer.NotSent(),
                new BridgeAnswer.Unusable("a query"))) {
            ConferenceScript each = new ConferenceScript().twoTalk();
            each.jingle("a", Jingle.iceRestart(each, "a"));
            assertThat(each.bridgeAnswers("a", answer))
                    .as("%s", answer)
                    .containsExactly(
                            "terminate a: success moving",
                            "release a from jvb1",
                            "jvb1: expire a",
                            "source-remove to b: a 11",
                            "select for a",
                            "jvb1: create a without sctp sources 11");
            assertThat(each.counted(ConferenceCounter.ICE_RESTARTS_FAILED)).isEqualTo(1);
        }
    }

    @Test
    void anIceRestartOfAnUnknownEndpointOrConferenceIsHandledAsElsewhere() {
        s.jingle("a", Jingle.iceRestart(s, "a"));
        assertThat(s.bridgeAnswers("a", unknownEndpoint("a"))).doesNotContain("jvb1: expire a");
        ConferenceScript gone = new ConferenceScript().twoTalk();
        gone.jingle("a", Jingle.iceRestart(gone, "a"));
        assertThat(gone.bridgeAnswers("a", refused("item-not-found", "conference_not_found")))
                .startsWith("jvb1: expire conference");
    }

    @Test
    void theAnswerToAnIceRestartOfASessionThatIsOverIsDropped() {
        s.jingle("a", Jingle.iceRestart(s, "a"));
        Effect.ModifyConference asked = s.request("a");
        s.jingle("a", Jingle.terminate(s, "a"));
        assertThat(s.bridgeAnswers(asked.request(), new BridgeAnswer.TimedOut()))
                .isEmpty();
    }

    @Test
    void anIceRestartIsRefusedWhereItIsSwitchedOff() {
        ConferenceScript off = new ConferenceScript(Configs.DEFAULTS.withoutIceRestart()).twoTalk();
        assertThat(off.jingle("a", Jingle.iceRestart(off, "a")))
                .containsExactly("error iq4 feature-not-implemented in-place ICE restart is disabled");
    }

    @Test
    void anIceRestartNamesItsBridgeSession() {
        assertThat(s.jingle("a", new JingleRequest.IceRestart(Optional.of(s.sid("a")), Optional.empty())))
                .containsExactly("error iq4 item-not-found null is not a currently active session");
    }

    @Test
    void iceRestartsAreLimitedInRateApartFromFullRestarts() {
        iceRestart(1);
        s.pass(Duration.ofSeconds(4));
        assertThat(s.jingle("a", Jingle.iceRestart(s, "a")))
                .containsExactly("error iq5 resource-constraint rate-limited");
        assertThat(s.jingle("a", Jingle.restart(s, "a"))).contains("ok iq6");
    }

    @Test
    void nobodyGetsMoreThanFiveRestartsInAMinute() {
        for (int i = 0; i < 5; i++) {
            assertThat(s.jingle("a", Jingle.restart(s, "a"))).anyMatch(line -> line.startsWith("ok"));
            s.bridgesDo();
            s.accepts("a", 11);
            s.bridgesDo();
            s.pass(Duration.ofSeconds(6));
        }
        assertThat(s.jingle("a", Jingle.restart(s, "a")))
                .containsExactly("report jvb1 restart-requested", "error iq14 resource-constraint rate-limited");
        assertThat(s.phase("a")).as("a refusal changes nothing").isEqualTo("ACTIVE");
        s.pass(Duration.ofSeconds(31));
        assertThat(s.jingle("a", Jingle.restart(s, "a"))).contains("ok iq15");
    }

    @Test
    void aRestartEndsTheSessionTellsTheOthersAndInvitesAnew() {
        String before = s.sid("a").value();
        assertThat(s.jingle("a", Jingle.restart(s, "a")))
                .containsExactly(
                        "report jvb1 restart-requested",
                        "release a from jvb1",
                        "jvb1: expire a",
                        "source-remove to b: a 11",
                        "ok iq4",
                        "select for a",
                        "jvb1: create a without sctp");
        s.bridgesDo();
        assertThat(s.sid("a").value()).isNotEqualTo(before);
        assertThat(s.accepts("a", 12)).contains("source-add to b: a 12", "ok iq5");
        assertThat(s.counted(ConferenceCounter.PARTICIPANTS_RESTART_REQUESTED)).isEqualTo(1);
    }

    @Test
    void theLastOneOnABridgeTakesTheConferenceThereWithItAndStartsAnother() {
        s.leaves("b");
        BridgeSessionId before = s.bridgeSession("a");
        assertThat(s.jingle("a", Jingle.restart(s, "a")))
                .containsExactly(
                        "report jvb1 restart-requested",
                        "release a from jvb1",
                        "jvb1: expire conference",
                        "ok iq4",
                        "select for a",
                        "presence bridge-count=0",
                        "jvb1: new conference, create a without sctp",
                        "presence bridge-count=1");
        s.bridgesDo();
        assertThat(s.bridgeSession("a")).isNotEqualTo(before);
    }

    @Test
    void aRestartWithAnotherBridgeSessionIsRefusedAndTheSessionStays() {
        JingleRequest wrong = new JingleRequest.Terminate(
                Optional.of(s.sid("a")),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new BridgeSessionId("old")),
                true);
        JingleRequest without = new JingleRequest.Terminate(
                Optional.of(s.sid("a")), Optional.empty(), Optional.empty(), Optional.empty(), true);
        assertThat(s.jingle("a", wrong))
                .containsExactly("error iq4 item-not-found old is not a currently active session");
        assertThat(s.jingle("a", without))
                .containsExactly("error iq5 item-not-found null is not a currently active session");
        assertThat(s.phase("a")).isEqualTo("ACTIVE");
        assertThat(s.counted(ConferenceCounter.PARTICIPANTS_RESTART_REQUESTED)).isEqualTo(2);
    }

    @Test
    void failedIceInvitesAgainWhereItIsAboutTheCurrentBridgeSession() {
        assertThat(s.jingle("a", new JingleRequest.IceFailed(Optional.of(s.sid("a")), Optional.empty())))
                .containsExactly("ok iq4");
        assertThat(s.jingle("a", Jingle.iceFailed(s, "a")))
                .containsExactly(
                        "report jvb1 restart-requested",
                        "terminate a: success moving",
                        "release a from jvb1",
                        "jvb1: expire a",
                        "source-remove to b: a 11",
                        "ok iq5",
                        "select for a",
                        "jvb1: create a without sctp sources 11");
        assertThat(s.counted(ConferenceCounter.PARTICIPANTS_ICE_FAILED)).isEqualTo(2);
    }

    private List<String> iceRestart(int generation) {
        s.jingle("a", Jingle.iceRestart(s, "a"));
        return s.bridgeAnswers("a", iceAnswer(Optional.of(transport(generation))));
    }

    private static BridgeAnswer iceAnswer(Optional<IceTransport> transport) {
        return new BridgeAnswer.Modified(
                List.of(new EndpointAnswer(endpoint("a"), transport, OptionalInt.empty())), EndpointSources.EMPTY);
    }
}
