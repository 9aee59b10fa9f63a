package org.confocal.focus.conference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.focus.conference.ConferenceScript.MODERN;
import static org.confocal.focus.conference.ConferenceScript.endpoint;
import static org.confocal.focus.conference.ConferenceScript.presence;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.confocal.focus.conference.ConferenceInput.Departure;
import org.confocal.focus.conference.ConferenceInput.RoomLoss;
import org.confocal.focus.model.BridgeRequest;
import org.confocal.focus.model.Jid;
import org.confocal.focus.model.MeetingId;
import org.confocal.focus.model.MemberPresence;
import org.confocal.focus.model.MemberPresence.Claim;
import org.confocal.focus.model.MemberRole;
import org.confocal.focus.model.Offer;
import org.confocal.focus.model.RoomForm;
import org.confocal.focus.model.RoomMetadata;
import org.confocal.strategy.RoomId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests, the room, its owner, and every way a conference ends. */
class RoomLifeTest {
    private final ConferenceScript s = new ConferenceScript();

    @Test
    void aRequestWhileTheRoomIsBeingJoinedIsNotReadyAndTheFirstIsAnsweredAfterThePresence() {
        s.requested();
        assertThat(s.requested()).containsExactly("start timer start 15000ms", "answer iq2 not ready");
        assertThat(s.input(joined())).containsExactly("claim meeting id", "presence", "answer iq1 ready");
        assertThat(s.requested()).containsExactly("start timer start 15000ms", "answer iq3 ready");
    }

    @Test
    void aRoomThatCannotBeJoinedEndsTheConferenceAndSaysNotReady() {
        s.requested();
        assertThat(s.input(new ConferenceInput.RoomJoinFailed("forbidden")))
                .containsExactly("cancel timer start", "answer iq1 not ready", "end: room-join-failed");
    }

    @Test
    void aMeetingIdIsMadeUpWhereTheFormHasNone() {
        s.requested();
        s.input(new ConferenceInput.RoomJoined(RoomForm.PLAIN, List.of()));
        assertThat(s.state().meeting().map(MeetingId::value).orElse(""))
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    }

    @Test
    void whoIsInTheRoomAlreadyIsAMemberFromTheStart() {
        s.requested();
        assertThat(s.input(new ConferenceInput.RoomJoined(
                        ConferenceScript.form(), List.of(presence("a"), presence("b", MemberRole.OWNER)))))
                .containsExactly(
                        "claim meeting id",
                        "presence",
                        "answer iq1 ready",
                        "cancel timer start",
                        "grant owner a@example.org",
                        "discover a",
                        "discover b");
    }

    @Test
    void nobodyComesWithinTheStartTimeoutAndTheConferenceEnds() {
        s.inRoom();
        assertThat(s.pass(Duration.ofSeconds(14))).isEmpty();
        s.requested();
        assertThat(s.pass(Duration.ofSeconds(14))).isEmpty();
        assertThat(s.pass(Duration.ofSeconds(1))).containsExactly("leave room", "end: nobody-came");
    }

    @Test
    void theStartTimeoutIsNotArmedAgainWhileSomebodyIsThere() {
        s.inRoom().joins("a");
        assertThat(s.requested()).containsExactly("answer iq2 ready");
        assertThat(s.pass(Duration.ofMinutes(10))).isEmpty();
    }

    @Test
    void theLastMemberLeavingEndsAtOnce() {
        s.inRoom().joins("a");
        assertThat(s.leaves("a")).containsExactly("leave room", "end: everybody-left");
    }

    @Test
    void theLastMemberSwitchingRoomsGetsTheStartTimeoutToComeBack() {
        s.inRoom().joins("a");
        assertThat(s.leaves("a", Departure.SWITCHED_ROOM)).containsExactly("start timer start 15000ms");
        assertThat(s.joins("a")).containsExactly("cancel timer start", "grant owner a@example.org", "discover a");
    }

    @ParameterizedTest
    @CsvSource({
        "KICKED, 5, kicked, false",
        "FORGOTTEN, 60, room-join-failed, false",
        "DESTROYED, 0, room-destroyed, false",
        "NOT_OWNER, 5, not-owner, true",
    })
    void losingTheRoomForGoodEndsTheConferenceAndExpiresItsBridges(
            RoomLoss loss, int survived, String reason, boolean leaves) {
        s.twoTalk();
        for (int i = 0; i < survived; i++) {
            assertThat(s.input(new ConferenceInput.RoomLost(loss)))
                    .singleElement()
                    .isIn(RejoinTest.PAUSES);
            assertThat(s.pass(Duration.ofSeconds(5))).containsExactly("join room");
            assertThat(s.input(new ConferenceInput.RoomJoined(
                            ConferenceScript.form(), List.of(presence("a"), presence("b")))))
                    .containsExactly("presence bridge-count=1");
        }
        List<String> lines = s.input(new ConferenceInput.RoomLost(loss));
        assertThat(lines)
                .startsWith("release a from jvb1", "release b from jvb1", "jvb1: expire conference")
                .endsWith("end: " + reason);
        assertThat(lines.contains("leave room")).isEqualTo(leaves);
    }

    @Test
    void stoppingGivesEverythingBackInTheRecordedOrder() {
        s.twoTalk();
        s.leaves("a");
        assertThat(s.input(new ConferenceInput.Stop(EndReason.SHUTDOWN)))
                .containsExactly(
                        "release b from jvb1",
                        "jvb1: expire conference",
                        "presence bridge-count=0",
                        "leave room",
                        "cancel timer single",
                        "end: shutdown");
    }

    @Test
    void stoppingAnswersWhoStillWaits() {
        s.requested();
        assertThat(s.input(new ConferenceInput.Stop(EndReason.SHUTDOWN)))
                .containsExactly("leave room", "cancel timer start", "answer iq1 not ready", "end: shutdown");
    }

    @Test
    void anEndedConferenceDoesNothingButAnswer() {
        s.twoTalk();
        s.input(new ConferenceInput.Stop(EndReason.SHUTDOWN));
        ConferenceState end = s.state();
        assertThat(s.requested()).containsExactly("answer iq4 not ready");
        assertThat(s.accepts("a", 11)).containsExactly("error iq5 item-not-found");
        assertThat(s.input(new ConferenceInput.MemberPresent(presence("c")))).isEmpty();
        assertThat(s.input(new ConferenceInput.BridgeUsable(ConferenceScript.JVB2)))
                .isEmpty();
        assertThat(s.input(new ConferenceInput.Stop(EndReason.SHUTDOWN))).isEmpty();
        assertThat(s.state()).isEqualTo(end);
    }

    @Test
    void aDuplicateMeetingIdStopsTheConference() {
        s.inRoom();
        assertThat(s.input(new ConferenceInput.Stop(EndReason.DUPLICATE_MEETING_ID)))
                .containsExactly("leave room", "cancel timer start", "end: duplicate-meeting-id");
    }

    @Test
    void presenceAndAnswersWaitForTheFirstMetadataWhereThereIsAPresetsService() {
        s.requested();
        assertThat(s.input(new ConferenceInput.RoomJoined(presets(), List.of(presence("a")))))
                .containsExactly(
                        "claim meeting id",
                        "start timer metadata 10000ms",
                        "cancel timer start",
                        "grant owner a@example.org",
                        "discover a");
        assertThat(s.requested()).containsExactly("answer iq2 not ready");
        s.discovered("a", MODERN);
        assertThat(s.joins("b")).containsExactly("discover b");
        assertThat(s.input(
                        new ConferenceInput.MetadataReceived(new RoomMetadata(Optional.of(true), Optional.of(false)))))
                .containsExactly(
                        "cancel timer metadata",
                        "presence",
                        "answer iq1 ready",
                        "select for a",
                        "jvb1: new conference, create a without sctp",
                        "select for b",
                        "presence bridge-count=1",
                        "jvb1: create b without sctp");
        assertThat(s.bridgeDoes("a")).contains("offer to a: jvb 1 start-muted audio");
    }

    @Test
    void theConferenceGoesOnWithoutMetadataAfterTenSeconds() {
        s.requested();
        s.input(new ConferenceInput.RoomJoined(presets(), List.of(presence("a"))));
        assertThat(s.pass(Duration.ofSeconds(10))).containsExactly("presence", "answer iq1 ready");
    }

    @Test
    void anOwnerThatIsThereIsRememberedAndTheNextIsElectedWhenItLeaves() {
        s.inRoom();
        assertThat(s.joins(presence("a", MemberRole.OWNER), MODERN))
                .containsExactly("cancel timer start", "discover a");
        assertThat(s.joins("b")).doesNotContain("grant owner b@example.org");
        assertThat(s.leaves("a")).contains("grant owner b@example.org");
    }

    @Test
    void whoHasNoRealJidIsElectedWhenItIsKnown() {
        s.inRoom();
        MemberPresence hidden = new MemberPresence(
                endpoint("a"),
                Optional.empty(),
                MemberRole.PARTICIPANT,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                List.of(),
                false,
                Set.of());
        assertThat(s.joins(hidden, MODERN)).containsExactly("cancel timer start", "discover a");
        assertThat(s.input(new ConferenceInput.MemberPresent(presence("a"))))
                .containsExactly("grant owner a@example.org");
    }

    @Test
    void recordersAreTrustedByDomainOnlyAndNeverElected() {
        ConferenceScript trusting = new ConferenceScript(Configs.DEFAULTS.trusting("recorder.example.org"));
        trusting.inRoom();
        assertThat(trusting.joins(claiming("r", "x@recorder.example.org/j"), MODERN))
                .containsExactly("cancel timer start", "discover r");
        assertThat(trusting.member("r").claims()).containsExactly(Claim.JIBRI);
        assertThat(trusting.joins(claiming("f", "x@evil.example.org/j"), MODERN))
                .contains("grant owner x@evil.example.org");
        assertThat(trusting.member("f").claims()).isEmpty();
    }

    @Test
    void nobodyIsMadeOwnerInABreakoutRoomOrWhereItIsSwitchedOff() {
        s.requested();
        s.input(new ConferenceInput.RoomJoined(
                new RoomForm(
                        Optional.of(new MeetingId("m")), true, Optional.of(new RoomId("main@muc.example.org")), false),
                List.of()));
        assertThat(s.joins("a")).containsExactly("cancel timer start", "discover a");
        ConferenceScript off = new ConferenceScript(Configs.DEFAULTS.withoutAutoOwner());
        assertThat(off.inRoom().joins("a")).containsExactly("cancel timer start", "discover a");
    }

    @Test
    void onlyTheCreatingRequestConfiguresTheConference() {
        s.requested(Map.of("rtcstatsEnabled", "false", "startAudioMuted", "1", "startVideoMuted", "nonsense"));
        s.input(joined());
        s.requested(Map.of("startAudioMuted", "99"));
        s.joins("a");
        s.joins("b");
        BridgeRequest.Create create = s.request("a").change().create().orElseThrow();
        assertThat(create.rtcstats()).isFalse();
        s.bridgesDo();
        assertThat(s.offer("b").startMuted()).contains(new Offer.StartMuted(true, false));
    }

    @Test
    void thePresenceIsSentOnlyWhenItChangesAndCarriesTheDocumentsName() {
        s.requested();
        s.input(joined());
        assertThat(s.effects(Effect.PublishPresence.class)).singleElement().satisfies(sent -> {
            assertThat(sent.presence().etherpad()).contains("standup");
            assertThat(sent.presence().properties()).isEqualTo(Map.of("support-terminate-restart", "true"));
        });
        assertThat(s.joins("a")).noneMatch(line -> line.startsWith("presence"));
        ConferenceScript random = new ConferenceScript(Configs.DEFAULTS.withRandomDocumentName());
        random.requested();
        random.input(joined());
        assertThat(random.effects(Effect.PublishPresence.class)
                        .get(0)
                        .presence()
                        .etherpad()
                        .orElse(""))
                .matches("[0-9a-f]{32}");
    }

    @Test
    void whatCannotHappenIsCountedAndDropped() {
        s.inRoom();
        ConferenceState before = s.state();
        assertThat(s.input(joined())).isEmpty();
        assertThat(s.input(new ConferenceInput.MemberLeft(endpoint("nobody"), Departure.LEFT)))
                .isEmpty();
        assertThat(s.counted(ConferenceCounter.INPUTS_ILLEGAL)).isEqualTo(2);
        assertThat(s.state()).isEqualTo(before);
    }

    private static ConferenceInput joined() {
        return new ConferenceInput.RoomJoined(ConferenceScript.form(), List.of());
    }

    private static RoomForm presets() {
        return new RoomForm(Optional.of(new MeetingId("meeting-1")), false, Optional.empty(), true);
    }

    private static MemberPresence claiming(String id, String jid) {
        MemberPresence p = presence(id);
        return new MemberPresence(
                p.id(),
                Optional.of(new Jid(jid)),
                p.role(),
                p.caps(),
                p.region(),
                p.statsId(),
                false,
                false,
                p.codecs(),
                false,
                Set.of(Claim.JIBRI));
    }
}
