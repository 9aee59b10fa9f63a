package org.confocal.focus.conference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.focus.conference.ConferenceScript.JVB1;
import static org.confocal.focus.conference.ConferenceScript.form;
import static org.confocal.focus.conference.ConferenceScript.presence;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.confocal.focus.conference.ConferenceInput.BridgeLoss;
import org.confocal.focus.conference.ConferenceInput.Departure;
import org.confocal.focus.conference.ConferenceInput.RoomLoss;
import org.confocal.focus.model.Jid;
import org.confocal.focus.model.MeetingId;
import org.confocal.focus.model.MemberPresence;
import org.confocal.focus.model.RoomForm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The stream breaks and comes back: what is still true is kept (design, section 6). */
class RejoinTest {
    static final List<String> PAUSES = List.of(
            "start timer rejoin 500ms",
            "start timer rejoin 1000ms",
            "start timer rejoin 2000ms",
            "start timer rejoin 4000ms",
            "start timer rejoin 5000ms");

    private final ConferenceScript s = new ConferenceScript().twoTalk();

    @Test
    void whoIsStillThereKeepsItsSession() {
        assertThat(lost()).isEmpty();
        assertThat(s.requested()).containsExactly("answer iq4 not ready");
        assertThat(s.input(new ConferenceInput.Reconnected())).containsExactly("join room");
        assertThat(s.input(new ConferenceInput.RoomJoined(form(), List.of(presence("a"), presence("b")))))
                .containsExactly("presence bridge-count=1");
        assertThat(s.jingle("a", Jingle.add(s, "a", 12))).contains("source-add to b: a 12");
    }

    @Test
    void whoIsMissingHasLeft() {
        lost();
        s.input(new ConferenceInput.Reconnected());
        assertThat(s.input(new ConferenceInput.RoomJoined(form(), List.of(presence("b")))))
                .containsExactly(
                        "release a from jvb1",
                        "jvb1: expire a",
                        "grant owner b@example.org",
                        "start timer single 20000ms",
                        "presence bridge-count=1");
    }

    @Test
    void theSameNickWithAnotherRealJidHasLeftAndCome() {
        lost();
        s.input(new ConferenceInput.Reconnected());
        assertThat(s.input(new ConferenceInput.RoomJoined(form(), List.of(another("a"), presence("b")))))
                .contains("release a from jvb1", "jvb1: expire a", "discover a");
        assertThat(s.discovered("a", ConferenceScript.MODERN)).contains("jvb1: create a without sctp");
        assertThat(s.phase("b")).isEqualTo("ACTIVE");
    }

    @Test
    void newcomersAreInvited() {
        lost();
        s.input(new ConferenceInput.Reconnected());
        s.input(new ConferenceInput.RoomJoined(form(), List.of(presence("a"), presence("b"), presence("c"))));
        assertThat(s.discovered("c", ConferenceScript.MODERN)).contains("jvb1: create c without sctp");
    }

    @Test
    void aRoomMadeAnewIsAnotherMeeting() {
        lost();
        s.input(new ConferenceInput.Reconnected());
        RoomForm anew = new RoomForm(Optional.of(new MeetingId("meeting-2")), false, Optional.empty(), false);
        assertThat(s.input(new ConferenceInput.RoomJoined(anew, List.of(another("a")))))
                .contains(
                        "jvb1: expire a",
                        "jvb1: expire conference",
                        "claim meeting id",
                        "discover a",
                        "presence bridge-count=0");
        assertThat(s.state().meeting()).contains(new MeetingId("meeting-2"));
    }

    @Test
    void anEmptyRoomGetsTheStartTimeout() {
        lost();
        s.input(new ConferenceInput.Reconnected());
        assertThat(s.input(new ConferenceInput.RoomJoined(form(), List.of())))
                .contains("jvb1: expire conference", "start timer start 15000ms");
        assertThat(s.pass(Duration.ofSeconds(15))).containsExactly("leave room", "end: nobody-came");
    }

    @Test
    void presenceIsNotBelievedWhileAway() {
        lost();
        assertThat(s.leaves("a", Departure.LEFT)).isEmpty();
        assertThat(s.input(new ConferenceInput.MemberPresent(presence("c")))).isEmpty();
        assertThat(s.state().members().size()).isEqualTo(2);
    }

    @Test
    void whatWasToBeToldIsToldAfterwards() {
        ConferenceScript slow =
                new ConferenceScript(Configs.DEFAULTS.withDelays(java.util.Map.of(0, Duration.ofMillis(500))));
        slow.twoTalk();
        slow.pass(Duration.ofSeconds(1));
        slow.jingle("a", Jingle.add(slow, "a", 12));
        slow.input(new ConferenceInput.RoomLost(RoomLoss.DISCONNECTED));
        assertThat(slow.pass(Duration.ofSeconds(1))).isEmpty();
        slow.input(new ConferenceInput.Reconnected());
        assertThat(slow.input(new ConferenceInput.RoomJoined(form(), List.of(presence("a"), presence("b")))))
                .contains("source-add to b: a 12");
    }

    @Test
    void anOfferThatMayHaveBeenLostIsMadeAnew() {
        s.joins("c");
        s.bridgesDo();
        lost();
        s.input(new ConferenceInput.Reconnected());
        assertThat(s.input(
                        new ConferenceInput.RoomJoined(form(), List.of(presence("a"), presence("b"), presence("c")))))
                .contains("terminate c: success moving", "jvb1: create c without sctp");
    }

    @Test
    void aBridgeThatLeftWithTheStreamAndIsSeenAgainKeepsItsPeople() {
        lost();
        assertThat(s.input(new ConferenceInput.BridgeLost(JVB1, BridgeLoss.REMOVED)))
                .isEmpty();
        s.input(new ConferenceInput.Reconnected());
        assertThat(s.input(
                        new ConferenceInput.RoomJoined(form(), List.of(presence("a"), presence("b"), presence("c")))))
                .contains("start timer missing-bridges 10000ms");
        assertThat(s.discovered("c", ConferenceScript.MODERN))
                .as("nobody is placed while it is not known where the others are")
                .isEmpty();
        assertThat(s.input(new ConferenceInput.BridgeUsable(JVB1)))
                .containsExactly("cancel timer missing-bridges", "select for c", "jvb1: create c without sctp");
        assertThat(s.phase("a")).isEqualTo("ACTIVE");
    }

    @Test
    void aBridgeThatIsSeenBeforeTheRoomIsJoinedWasNeverMissed() {
        lost();
        s.input(new ConferenceInput.BridgeLost(JVB1, BridgeLoss.REMOVED));
        s.input(new ConferenceInput.Reconnected());
        s.input(new ConferenceInput.BridgeUsable(JVB1));
        assertThat(s.input(new ConferenceInput.RoomJoined(form(), List.of(presence("a"), presence("b")))))
                .containsExactly("presence bridge-count=1");
    }

    @Test
    void aBridgeThatIsNotSeenAgainIsLost() {
        lost();
        s.input(new ConferenceInput.BridgeLost(JVB1, BridgeLoss.REMOVED));
        s.input(new ConferenceInput.Reconnected());
        s.input(new ConferenceInput.RoomJoined(form(), List.of(presence("a"), presence("b"))));
        s.fleetSays(ConferenceScript.chosen(ConferenceScript.JVB2), ConferenceScript.chosen(ConferenceScript.JVB2));
        assertThat(s.pass(Duration.ofSeconds(10)))
                .contains(
                        "jvb1: expire conference",
                        "terminate a: success moving",
                        "jvb2: create b without sctp sources 21");
    }

    @Test
    void beingCutOffAgainStartsTheWaitAnew() {
        lost();
        s.input(new ConferenceInput.BridgeLost(JVB1, BridgeLoss.REMOVED));
        s.input(new ConferenceInput.Reconnected());
        s.input(new ConferenceInput.RoomJoined(form(), List.of(presence("a"), presence("b"))));
        lost();
        assertThat(s.pass(Duration.ofSeconds(10))).isEmpty();
        s.input(new ConferenceInput.Reconnected());
        assertThat(s.input(new ConferenceInput.RoomJoined(form(), List.of(presence("a"), presence("b")))))
                .contains("start timer missing-bridges 10000ms");
    }

    @Test
    void aRoomThatCannotBeJoinedAgainIsTriedForFiveMinutesAndThenGivenUp() {
        lost();
        s.input(new ConferenceInput.Reconnected());
        for (int i = 0; i < RoomMachine.MAX_REJOINS; i++) {
            assertThat(s.input(new ConferenceInput.RoomJoinFailed("service-unavailable")))
                    .containsExactly(PAUSES.get(Math.min(i, PAUSES.size() - 1)));
            assertThat(s.requested()).containsExactly("answer iq%d not ready".formatted(i + 4));
            assertThat(s.pass(Duration.ofSeconds(5))).containsExactly("join room");
        }
        assertThat(s.input(new ConferenceInput.RoomJoinFailed("service-unavailable")))
                .contains("jvb1: expire conference", "end: room-join-failed")
                .doesNotContain("leave room");
    }

    @ParameterizedTest
    @EnumSource(names = {"KICKED", "FORGOTTEN", "NOT_OWNER"})
    void aRoomThatIsLostIsJoinedAgainAndWhoIsStillThereKeepsItsSession(RoomLoss loss) {
        assertThat(s.input(new ConferenceInput.RoomLost(loss))).containsExactly("start timer rejoin 500ms");
        assertThat(s.leaves("a", Departure.LEFT)).as("not believed").isEmpty();
        assertThat(s.pass(Duration.ofMillis(500))).containsExactly("join room");
        assertThat(s.input(new ConferenceInput.RoomJoined(form(), List.of(presence("a"), presence("b")))))
                .containsExactly("presence bridge-count=1");
        assertThat(s.jingle("a", Jingle.add(s, "a", 12))).contains("source-add to b: a 12");
        assertThat(s.leaves("a", Departure.LEFT)).contains("jvb1: expire a");
    }

    @Test
    void lossesThatAreMinutesApartDoNotAddUp() {
        for (int i = 0; i < 3 * RoomMachine.MAX_EXPULSIONS; i++) {
            assertThat(s.input(new ConferenceInput.RoomLost(RoomLoss.KICKED)))
                    .containsExactly("start timer rejoin 500ms");
            s.pass(Duration.ofMillis(500));
            s.input(new ConferenceInput.RoomJoined(form(), List.of(presence("a"), presence("b"))));
            s.pass(Duration.ofMinutes(3));
        }
        assertThat(s.phase("a")).isEqualTo("ACTIVE");
    }

    @Test
    void aStreamThatBreaksWhileTheRoomIsLostWaitsForTheStream() {
        s.input(new ConferenceInput.RoomLost(RoomLoss.KICKED));
        assertThat(lost()).containsExactly("cancel timer rejoin");
        assertThat(s.pass(Duration.ofSeconds(5))).isEmpty();
        assertThat(s.input(new ConferenceInput.Reconnected())).containsExactly("join room");
    }

    @Test
    void aJoinThatSucceedsAfterItWasGivenUpCounts() {
        s.input(new ConferenceInput.RoomLost(RoomLoss.KICKED));
        assertThat(s.input(new ConferenceInput.RoomJoined(form(), List.of(presence("a"), presence("b")))))
                .containsExactly("cancel timer rejoin", "presence bridge-count=1");
    }

    @Test
    void aStreamThatBreaksDuringTheFirstJoinJoinsAgain() {
        ConferenceScript early = new ConferenceScript();
        early.requested();
        assertThat(early.input(new ConferenceInput.RoomLost(RoomLoss.DISCONNECTED)))
                .containsExactly("answer iq1 not ready");
        assertThat(early.input(new ConferenceInput.RoomJoinFailed("no connection")))
                .isEmpty();
        assertThat(early.input(new ConferenceInput.RoomJoined(form(), List.of())))
                .isEmpty();
        assertThat(early.input(new ConferenceInput.Reconnected())).containsExactly("join room");
        assertThat(early.input(new ConferenceInput.RoomJoined(form(), List.of(presence("a")))))
                .contains("claim meeting id", "grant owner a@example.org", "discover a", "presence");
        assertThat(early.requested()).containsExactly("answer iq2 ready");
    }

    @Test
    void aConferenceNobodyReturnedToEndsWhenItIsStopped() {
        lost();
        assertThat(s.input(new ConferenceInput.Stop(EndReason.SHUTDOWN)))
                .contains("jvb1: expire conference", "end: shutdown")
                .doesNotContain("leave room");
    }

    private List<String> lost() {
        return s.input(new ConferenceInput.RoomLost(RoomLoss.DISCONNECTED));
    }

    private static MemberPresence another(String id) {
        MemberPresence p = presence(id);
        return new MemberPresence(
                p.id(),
                Optional.of(new Jid(id + "@example.org/later")),
                p.role(),
                p.caps(),
                p.region(),
                p.statsId(),
                false,
                false,
                p.codecs(),
                false,
                p.claims());
    }
}
