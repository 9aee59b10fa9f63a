package org.confocal.focus.conference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.focus.conference.ConferenceScript.JVB1;
import static org.confocal.focus.conference.ConferenceScript.JVB2;
import static org.confocal.focus.conference.ConferenceScript.chosen;
import static org.confocal.focus.conference.ConferenceScript.endpoint;
import static org.confocal.focus.conference.ConferenceScript.none;
import static org.confocal.focus.conference.ConferenceScript.refused;
import static org.confocal.focus.conference.ConferenceScript.transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.confocal.focus.conference.ConferenceInput.BridgeLoss;
import org.confocal.focus.conference.ConferenceInput.MoveRequested;
import org.confocal.focus.conference.ConferenceInput.OfferAnswer;
import org.confocal.focus.conference.ConferenceInput.RoomLoss;
import org.confocal.focus.model.BridgeAnswer;
import org.confocal.focus.model.BridgeRequest.Lifecycle;
import org.confocal.focus.model.BridgeSessionId;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.JingleRequest;
import org.confocal.focus.model.Offer;
import org.confocal.focus.model.SessionId;
import org.junit.jupiter.api.Test;

/** Moves where transports are replaced and sessions stay (spec/03, section 9, ReplaceTransport). */
class ReplaceTransportTest {
    private final ConferenceScript s = new ConferenceScript(Configs.REPLACING.withBatch(20)).twoTalk();

    @Test
    void whenABridgeDiesSessionsAndSourcesStayAndOnlyTransportsAreReplaced() {
        SessionId before = s.sid("a");
        s.fleetSays(chosen(JVB2), chosen(JVB2));
        assertThat(s.input(new ConferenceInput.BridgeLost(JVB1, BridgeLoss.REMOVED)))
                .containsExactly(
                        "jvb1: expire conference",
                        "release a from jvb1",
                        "release b from jvb1",
                        "select for a",
                        "presence bridge-count=0",
                        "jvb2: new conference, create a without sctp sources 11",
                        "select for b",
                        "presence bridge-count=1",
                        "jvb2: create b without sctp sources 21");
        assertThat(s.bridgeDoes("a"))
                .containsExactly(
                        "report jvb2 allocated", "replace for a: jvb 1; b 21", "start timer replace a 10000ms");
        assertThat(s.sid("a")).isEqualTo(before);
        assertThat(accepts("a"))
                .containsExactly("cancel timer replace a", "jvb2: update a transport sources 11", "ok iq4");
        assertThat(s.phase("a")).isEqualTo("ACTIVE");
        s.bridgesDo();
        accepts("b");
        assertThat(s.allEffects(Effect.SendTerminate.class)).isEmpty();
        assertThat(s.allEffects(Effect.SendSourceRemove.class)).isEmpty();
        assertThat(s.counted(Effect.Direction.SENT, "TRANSPORT_REPLACE")).isEqualTo(2);
        assertThat(s.counted(Effect.Direction.RECEIVED, "TRANSPORT_ACCEPT")).isEqualTo(2);
    }

    @Test
    void aConvenientMoveKeepsTheSessionToo() {
        s.fleetSays(chosen(JVB2), chosen(JVB2));
        assertThat(s.input(new MoveRequested(JVB1, Optional.empty(), MoveCause.REQUESTED)))
                .contains("jvb2: new conference, create a without sctp sources 11")
                .noneMatch(line -> line.startsWith("terminate"));
        s.bridgesDo();
        assertThat(s.lines()).contains("replace for b: jvb 1; a 11");
    }

    @Test
    void whoRejectsATransportGetsANewSessionThenAndAtEveryLaterMove() {
        SessionId before = replaced("a");
        assertThat(s.jingle("a", new JingleRequest.TransportReject(Optional.of(before))))
                .containsExactly(
                        "cancel timer replace a",
                        "terminate a: success moving",
                        "release a from jvb1",
                        "jvb1: expire a",
                        "source-remove to b: a 11",
                        "ok iq4",
                        "select for a",
                        "jvb1: create a without sctp sources 11");
        assertThat(offered("a")).contains("offer to a: jvb 1; b 21");
        assertThat(s.sid("a")).isNotEqualTo(before);
        assertThat(s.accepts("a", 11)).contains("source-add to b: a 11");
        assertThat(s.counted(ConferenceCounter.TRANSPORT_REPLACES_FAILED)).isEqualTo(1);
        assertThat(s.input(new MoveRequested(JVB1, Optional.of(endpoint("a")), MoveCause.REQUESTED)))
                .contains("terminate a: success moving");
    }

    @Test
    void whoAnswersWithAnErrorGetsANewSession() {
        SessionId sid = replaced("a");
        assertThat(s.input(new ConferenceInput.OfferAnswered(endpoint("a"), sid, OfferAnswer.REFUSED)))
                .contains("terminate a: success moving", "jvb1: create a without sctp sources 11");
    }

    @Test
    void whoAcknowledgesAndNeverAcceptsGetsANewSessionAfterTenSeconds() {
        SessionId sid = replaced("a");
        assertThat(s.input(new ConferenceInput.OfferAnswered(endpoint("a"), sid, OfferAnswer.ACKNOWLEDGED)))
                .isEmpty();
        assertThat(s.pass(Duration.ofMillis(9_999))).isEmpty();
        assertThat(s.pass(Duration.ofMillis(1)))
                .contains("terminate a: success moving", "jvb1: create a without sctp sources 11");
        assertThat(s.pass(Duration.ofSeconds(15))).as("once").isEmpty();
    }

    @Test
    void aRejectThatNobodyWaitsForChangesNothing() {
        assertThat(s.jingle("a", new JingleRequest.TransportReject(Optional.of(s.sid("a")))))
                .containsExactly("ok iq4");
        assertThat(s.phase("a")).isEqualTo("ACTIVE");
    }

    @Test
    void whoHasNotAcceptedItsSessionGetsANewOne() {
        s.joins("c");
        s.bridgesDo();
        assertThat(s.input(new MoveRequested(JVB1, Optional.of(endpoint("c")), MoveCause.REQUESTED)))
                .contains("terminate c: success moving");
    }

    @Test
    void whoIsMovedAgainBeforeItAcceptsGetsANewSessionSinceItsAcceptCouldMeanEither() {
        replaced("a");
        assertThat(s.input(new ConferenceInput.BridgeLost(JVB1, BridgeLoss.REMOVED)))
                .contains("terminate a: success moving")
                .noneMatch(line -> line.startsWith("terminate b"));
        s.bridgesDo();
        assertThat(s.offer("a").kind()).isEqualTo(Offer.Kind.INITIATE);
        s.accepts("a", 11);
        s.bridgesDo();
        assertThat(s.input(new MoveRequested(JVB1, Optional.of(endpoint("a")), MoveCause.REQUESTED)))
                .as("nothing was held against it")
                .noneMatch(line -> line.startsWith("terminate a"));
    }

    @Test
    void theSessionStaysWhileBridgesFailAndWhileThereIsNone() {
        SessionId sid = s.sid("a");
        s.fleetSays(chosen(JVB2), none(), none(), none());
        s.input(new ConferenceInput.BridgeLost(JVB1, BridgeLoss.REMOVED));
        s.input(new ConferenceInput.BridgeLost(JVB2, BridgeLoss.REMOVED));
        s.pass(Duration.ofSeconds(1));
        assertThat(s.phase("a")).isEqualTo("UNSERVED");
        s.input(new ConferenceInput.BridgeUsable(JVB1));
        s.bridgesDo();
        assertThat(s.sid("a")).isEqualTo(sid);
        assertThat(accepts("a")).contains("jvb1: update a transport sources 11");
        assertThat(s.allEffects(Effect.SendTerminate.class)).isEmpty();
    }

    @Test
    void whatItSendsMeanwhileIsToldToTheOthersAndToTheNextBridge() {
        s.fleetSays(none());
        s.input(new MoveRequested(JVB1, Optional.of(endpoint("a")), MoveCause.REQUESTED));
        assertThat(s.phase("a")).isEqualTo("UNSERVED");
        assertThat(s.jingle("a", Jingle.add(s, "a", 12))).containsExactly("source-add to b: a 12", "ok iq4");
        assertThat(s.jingle("a", Jingle.remove(s, "a", 11))).containsExactly("source-remove to b: a 11", "ok iq5");
        assertThat(s.jingle("a", new JingleRequest.TransportInfo(Optional.of(s.sid("a")), Optional.of(transport(0)))))
                .as("candidates for a bridge that it has left")
                .containsExactly("ok iq6");
        assertThat(s.input(new ConferenceInput.BridgeUsable(JVB2))).contains("jvb1: create a without sctp sources 12");
        assertThat(s.jingle("a", Jingle.add(s, "a", 13)))
                .contains("jvb1: update a sources 12,13", "source-add to b: a 13");
    }

    @Test
    void whatOthersSendMeanwhileIsInTheReplaceAndNotSentTwice() {
        s.input(new MoveRequested(JVB1, Optional.of(endpoint("a")), MoveCause.REQUESTED));
        assertThat(s.jingle("b", Jingle.add(s, "b", 22))).noneMatch(line -> line.startsWith("source-add"));
        s.bridgesDo();
        assertThat(s.offer("a").sources().entries()).hasSize(2);
        assertThat(s.jingle("b", Jingle.add(s, "b", 23)))
                .as("queued until it accepts")
                .noneMatch(line -> line.startsWith("source-add"));
        assertThat(accepts("a")).contains("source-add to a: b 23").doesNotContain("source-add to a: b 22,23");
    }

    @Test
    void anAcceptThatNamesSourcesNamesAllOfThem() {
        replaced("a");
        assertThat(s.accepts("a", 12))
                .contains(
                        "jvb1: update a transport sources 12 last-n 20",
                        "source-remove to b: a 11",
                        "source-add to b: a 12");
        SessionId sid = replaced("b");
        assertThat(s.jingle("b", accept(sid, ConferenceScript.sources("b", 12))))
                .as("an SSRC of somebody else")
                .anyMatch(line -> line.contains("bad-request SSRC is already used: 12."));
        assertThat(s.phase("b")).isEqualTo("CLOSED");
    }

    @Test
    void anAcceptBeforeTheReplaceIsRefusedAndChangesNothing() {
        s.input(new MoveRequested(JVB1, Optional.of(endpoint("a")), MoveCause.REQUESTED));
        assertThat(accepts("a")).containsExactly("error iq4 unexpected-request nothing was offered");
        s.bridgesDo();
        assertThat(accepts("a")).contains("ok iq5");
    }

    @Test
    void whoAsksForANewSessionWhileItWaitsGetsOneInItsTurn() {
        SessionId before = s.sid("a");
        s.input(new MoveRequested(JVB1, Optional.of(endpoint("a")), MoveCause.REQUESTED));
        assertThat(s.phase("a")).isEqualTo("ALLOCATING");
        assertThat(s.jingle("a", Jingle.restart(s, "a"))).containsExactly("source-remove to b: a 11", "ok iq4");
        assertThat(s.jingle("a", Jingle.restart(s, "a")))
                .as("it is over")
                .containsExactly("error iq5 gone session ended");
        assertThat(offered("a")).contains("offer to a: jvb 1; b 21");
        assertThat(s.sid("a")).isNotEqualTo(before);
    }

    @Test
    void whoAsksForANewSessionInPlaceOfAReplaceNamesTheBridgeItCameFrom() {
        s.fleetSays(chosen(JVB2), chosen(JVB2), chosen(JVB2));
        BridgeSessionId known = s.bridgeSession("a");
        s.input(new ConferenceInput.BridgeLost(JVB1, BridgeLoss.REMOVED));
        s.bridgesDo();
        accepts("b");
        assertThat(s.bridgeSession("a")).isNotEqualTo(known);
        JingleRequest restart = new JingleRequest.Terminate(
                Optional.of(s.sid("a")), Optional.empty(), Optional.empty(), Optional.of(known), true);
        assertThat(s.jingle("a", restart))
                .contains("cancel timer replace a", "release a from jvb2", "source-remove to b: a 11");
    }

    @Test
    void whoEndsItsSessionWhileItIsMovedHasNone() {
        s.fleetSays(none());
        s.input(new MoveRequested(JVB1, Optional.of(endpoint("a")), MoveCause.REQUESTED));
        assertThat(s.jingle("a", Jingle.terminate(s, "a"))).containsExactly("source-remove to b: a 11", "ok iq4");
        s.input(new ConferenceInput.BridgeUsable(JVB1));
        assertThat(s.phase("a")).isEqualTo("CLOSED");
    }

    @Test
    void whoCannotBePlacedIsToldThatItsSessionIsOver() {
        s.input(new MoveRequested(JVB1, Optional.of(endpoint("a")), MoveCause.REQUESTED));
        s.bridgeAnswers("a", new BridgeAnswer.Modified(List.of(), EndpointSources.EMPTY));
        assertThat(s.bridgeAnswers("a", refused("bad-request", "")))
                .contains("terminate a: success moving", "source-remove to b: a 11");
        assertThat(s.phase("a")).isEqualTo("CLOSED");
    }

    @Test
    void whoIsLeftAloneWhileItIsMovedLosesItsSession() {
        s.fleetSays(none());
        s.input(new MoveRequested(JVB1, Optional.of(endpoint("a")), MoveCause.REQUESTED));
        s.leaves("b");
        assertThat(s.pass(Duration.ofSeconds(20))).contains("terminate a: expired Idle session timeout");
    }

    @Test
    void whoWasSentAReplaceWhileTheFocusWasCutOffIsInvitedAnewWhenItIsBack() {
        replaced("a");
        s.input(new ConferenceInput.RoomLost(RoomLoss.DISCONNECTED));
        assertThat(s.pass(Duration.ofSeconds(11))).containsExactly("start timer replace a 10000ms");
        s.input(new ConferenceInput.Reconnected());
        assertThat(s.input(new ConferenceInput.RoomJoined(
                        ConferenceScript.form(),
                        List.of(ConferenceScript.presence("a"), ConferenceScript.presence("b")))))
                .contains("cancel timer replace a", "terminate a: success moving");
    }

    @Test
    void theAnswerToARestartOfTheEndpointBeforeIsDropped() {
        s.jingle("a", Jingle.iceRestart(s, "a"));
        Effect.ModifyConference asked = s.request("a");
        replaced("a");
        assertThat(s.bridgeAnswers(asked.request(), new BridgeAnswer.TimedOut()))
                .isEmpty();
        assertThat(s.phase("a")).isEqualTo("OFFERED");
    }

    @Test
    void whoLeavesWhileItIsMovedTakesEverythingWithIt() {
        replaced("a");
        assertThat(s.leaves("a")).contains("cancel timer replace a", "release a from jvb1");
        assertThat(s.state().sources().of(endpoint("a")).isEmpty()).isTrue();
    }

    /** {@code id} is moved, and was sent a transport-replace. */
    private SessionId replaced(String id) {
        SessionId before = s.sid(id);
        s.input(new MoveRequested(JVB1, Optional.of(endpoint(id)), MoveCause.REQUESTED));
        for (Effect.ModifyConference open : s.open()) {
            if (open.change().endpoints().stream().anyMatch(each -> each.lifecycle() == Lifecycle.CREATE)) {
                s.bridgeAnswers(open.request(), ConferenceScript.modified(open));
            }
        }
        assertThat(s.phase(id)).isEqualTo("OFFERED");
        assertThat(s.sid(id)).isEqualTo(before);
        return before;
    }

    /** The bridge does all it was asked for; what came of the create of {@code id}. */
    private List<String> offered(String id) {
        List<String> lines = new ArrayList<>();
        for (Effect.ModifyConference open : s.open()) {
            lines.addAll(s.bridgeAnswers(open.request(), ConferenceScript.modified(open)));
        }
        assertThat(s.phase(id)).isEqualTo("OFFERED");
        return lines;
    }

    /** transport-accept as clients write it, without sources. */
    private List<String> accepts(String id) {
        return s.jingle(id, accept(s.sid(id), EndpointSources.EMPTY));
    }

    private static JingleRequest accept(SessionId sid, EndpointSources sources) {
        return new JingleRequest.Accept(Optional.of(sid), sources, Optional.of(transport(0)), OptionalInt.empty());
    }
}
