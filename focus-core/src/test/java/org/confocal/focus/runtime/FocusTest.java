package org.confocal.focus.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.focus.runtime.Inputs.fact;
import static org.confocal.focus.runtime.Inputs.jingle;
import static org.confocal.focus.runtime.Inputs.request;
import static org.confocal.focus.runtime.Inputs.room;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.confocal.focus.conference.ConferenceCounter;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.conference.ConferenceInput.BridgeLoss;
import org.confocal.focus.conference.ConferenceInput.RoomLoss;
import org.confocal.focus.conference.Effect;
import org.confocal.focus.conference.EndReason;
import org.confocal.focus.conference.state.Randomness;
import org.confocal.focus.config.BridgeCareConfig;
import org.confocal.focus.config.ConferenceConfig;
import org.confocal.focus.model.ConferenceAnswer;
import org.confocal.focus.model.ConferenceReply;
import org.confocal.focus.model.MeetingId;
import org.confocal.focus.port.FocusInbox.ConnectionState;
import org.confocal.focus.port.FocusInbox.HealthAnswer;
import org.confocal.focus.serial.VirtualTime;
import org.confocal.focus.view.FocusSnapshot;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.BridgeReport;
import org.confocal.strategy.FleetConfig;
import org.confocal.strategy.PlacementPolicy;
import org.confocal.strategy.SelectionConfig;
import org.confocal.strategy.choice.SingleBridgeSelectionStrategy;
import org.junit.jupiter.api.Test;

/** A whole focus on one thread, where whatever is told has happened when the call returns. */
class FocusTest {
    private static final BridgeId JVB1 = new BridgeId("brewery@internal.example.org/jvb1");
    private static final Map<String, String> OPEN = Map.of("authentication", "false");
    private static final FocusLimits LIMITS = new FocusLimits(3, 100, 2, Duration.ofSeconds(15), 10, 10);

    private final VirtualTime time = new VirtualTime();
    private final PortsFake ports = new PortsFake();
    private final List<ConferenceInput> seen = new ArrayList<>();

    @Test
    void firstRequestMakesTheConferenceAndFurtherOnesFindIt() {
        Focus focus = connected(ModelFake::plain);
        focus.requested(request("standup", "1"));
        focus.requested(request("standup", "2"));
        focus.requested(request("retro", "3"));
        assertThat(ports.calls)
                .containsExactly(
                        "join standup",
                        "answer 1 ready=true",
                        "answer 2 ready=true",
                        "join retro",
                        "answer 3 ready=true");
        FocusSnapshot snapshot = focus.snapshot();
        assertThat(snapshot.conferenceRequests()).isEqualTo(3);
        assertThat(snapshot.conferenceRequestsNew()).isEqualTo(2);
        assertThat(snapshot.conferencesCreated()).isEqualTo(2);
        assertThat(snapshot.conferences())
                .extracting(c -> c.room().local())
                .containsExactlyInAnyOrder("standup", "retro");
    }

    @Test
    void requestsWhileDisconnectedAreToBeRepeated() {
        Focus focus = focus(ModelFake::plain);
        focus.requested(request("standup", "1"));
        focus.connection(ConnectionState.CONNECTED);
        focus.requested(request("standup", "2"));
        focus.connection(ConnectionState.DISCONNECTED);
        focus.requested(request("standup", "3"));
        assertThat(ports.calls("answer"))
                .containsExactly("answer 1 ready=false", "answer 2 ready=true", "answer 3 ready=false");
        assertThat(focus.snapshot().conferenceRequests()).isEqualTo(3);
        assertThat(focus.snapshot().connected()).isFalse();
    }

    @Test
    void conferencesBeyondTheLimitAreNotMadeUntilOneEnds() {
        Focus focus = connected(ModelFake::plain);
        for (String name : List.of("a", "b", "c", "d", "a")) {
            focus.requested(request(name, name));
        }
        assertThat(ports.calls("answer"))
                .containsExactly(
                        "answer a ready=true",
                        "answer b ready=true",
                        "answer c ready=true",
                        "answer d ready=false",
                        "answer a ready=true");
        focus.happened(room("b"), new ConferenceInput.Stop(EndReason.KICKED));
        focus.requested(request("d", "again"));
        assertThat(ports.calls).endsWith("answer again ready=true");
    }

    @Test
    void whatHappensToAnUnknownRoomIsTheAdaptersToAnswer() {
        Focus focus = connected(ModelFake::plain);
        assertThat(focus.happened(room("standup"), jingle("1"))).isFalse();
        focus.requested(request("standup", "r"));
        assertThat(focus.happened(room("standup"), jingle("2"))).isTrue();
        focus.happened(room("standup"), new ConferenceInput.Stop(EndReason.KICKED));
        assertThat(focus.happened(room("standup"), jingle("3"))).isFalse();
        assertThat(ports.calls("acknowledge")).containsExactly("acknowledge 2");
    }

    @Test
    void requestDuringTheEndOfAConferenceGetsANewOne() {
        List<Focus> self = new ArrayList<>();
        Focus focus = connected((state, input) -> {
            if (input instanceof ConferenceInput.Stop) {
                // Somebody asks while the last step of the old conference is being taken.
                self.getFirst().requested(request("standup", "late"));
            }
            return ModelFake.plain(state, input);
        });
        self.add(focus);
        focus.requested(request("standup", "early"));
        focus.happened(room("standup"), new ConferenceInput.Stop(EndReason.EVERYBODY_LEFT));
        assertThat(ports.calls)
                .containsExactly(
                        "join standup",
                        "answer early ready=true",
                        "leave standup",
                        "join standup",
                        "answer late ready=true");
        assertThat(focus.snapshot().conferencesCreated()).isEqualTo(2);
        assertThat(focus.snapshot().conferenceRequests()).as("counted once").isEqualTo(2);
    }

    @Test
    void secondConferenceWithTheSameMeetingIdIsStoppedUntilTheFirstHasEnded() {
        Focus focus = connected((state, input) -> switch (input) {
            case ConferenceInput.OfferAnswered i -> List.of(new Effect.ClaimMeetingId(new MeetingId("m-1")));
            default -> ModelFake.plain(state, input);
        });
        focus.requested(request("a", "1"));
        focus.requested(request("b", "2"));
        focus.happened(room("a"), fact("anna", 1));
        focus.happened(room("b"), fact("anna", 1));
        assertThat(seen).contains(new ConferenceInput.Stop(EndReason.DUPLICATE_MEETING_ID));
        assertThat(rooms(focus)).containsExactly("a");

        focus.happened(room("a"), new ConferenceInput.Stop(EndReason.KICKED));
        focus.requested(request("b", "3"));
        focus.happened(room("b"), fact("anna", 1));
        assertThat(rooms(focus)).containsExactly("b");
    }

    @Test
    void lostStreamIsToldToAllAndSoIsItsReturn() {
        Focus focus = connected(ModelFake::plain);
        focus.requested(request("a", "1"));
        focus.requested(request("b", "2"));
        seen.clear();
        focus.connection(ConnectionState.DISCONNECTED);
        focus.connection(ConnectionState.DISCONNECTED);
        ConferenceInput lost = new ConferenceInput.RoomLost(RoomLoss.DISCONNECTED);
        assertThat(seen).containsExactly(lost, lost);
        focus.connection(ConnectionState.CONNECTED);
        ConferenceInput back = new ConferenceInput.Reconnected();
        assertThat(seen).containsExactly(lost, lost, back, back);
        assertThat(focus.snapshot().xmppDisconnects()).isOne();
    }

    @Test
    void streamOfTheProcessBeforeIsBackWithoutHavingBeenLost() {
        Focus focus = focus(ModelFake::plain);
        focus.connection(ConnectionState.RESUMED);
        focus.requested(request("a", "1"));
        assertThat(ports.calls("answer")).containsExactly("answer 1 ready=true");
        seen.clear();
        focus.connection(ConnectionState.RESUMED);
        assertThat(seen).containsExactly(new ConferenceInput.Reconnected());
        assertThat(focus.snapshot().xmppDisconnects()).isZero();
    }

    @Test
    void freshStreamWithoutALossMeansTheRoomsAreGoneAllTheSame() {
        Focus focus = connected(ModelFake::plain);
        focus.requested(request("a", "1"));
        seen.clear();
        focus.connection(ConnectionState.CONNECTED);
        assertThat(seen)
                .containsExactly(
                        new ConferenceInput.RoomLost(RoomLoss.DISCONNECTED), new ConferenceInput.Reconnected());
    }

    @Test
    void bridgesThatComeAndGoAreToldToAll() {
        Focus focus = connected(ModelFake::plain);
        focus.requested(request("a", "1"));
        seen.clear();
        focus.breweryJoined(true);
        focus.bridgeReported(JVB1, usable(), List.of());
        focus.bridgeLeft(JVB1);
        assertThat(seen)
                .containsExactly(
                        new ConferenceInput.BridgeUsable(JVB1),
                        new ConferenceInput.BridgeLost(JVB1, BridgeLoss.REMOVED));
        assertThat(focus.snapshot().breweryJoined()).isTrue();
        assertThat(focus.snapshot().lostBridges()).isOne();
    }

    @Test
    void healthAnswersReachTheFleet() {
        Focus focus = connected(ModelFake::plain);
        focus.requested(request("a", "1"));
        focus.bridgeReported(JVB1, usable(), List.of());
        time.advance(Duration.ofSeconds(10));
        assertThat(ports.calls("check")).containsExactly("check jvb1");
        focus.bridgeChecked(JVB1, HealthAnswer.FAILED);
        assertThat(seen).endsWith(new ConferenceInput.BridgeLost(JVB1, BridgeLoss.UNHEALTHY));
    }

    @Test
    void httpRequestIsAnsweredLikeAnyOther() {
        Focus focus = connected(ModelFake::plain);
        CompletableFuture<ConferenceReply> answer =
                focus.request(request("standup", "-")).toCompletableFuture();
        assertThat(answer).isCompletedWithValue(new ConferenceAnswer(room("standup"), true, OPEN));
        assertThat(ports.calls).containsExactly("join standup");
        assertThat(time.waiting()).as("its timeout is cancelled").isZero();
    }

    @Test
    void httpRequestThatNobodyAnswersEndsInTime() {
        Focus focus = connected((state, input) -> List.of());
        CompletableFuture<ConferenceReply> answer =
                focus.request(request("standup", "-")).toCompletableFuture();
        time.advance(Duration.ofMillis(14_999));
        assertThat(answer).isNotDone();
        time.advance(Duration.ofMillis(1));
        assertThat(answer).isCompletedWithValue(new ConferenceAnswer(room("standup"), false, OPEN));
    }

    @Test
    void httpRequestsBeyondTheLimitAreAnsweredAtOnce() {
        Focus focus = connected((state, input) -> List.of());
        focus.request(request("standup", "-"));
        focus.request(request("standup", "-"));
        assertThat(focus.request(request("standup", "-")).toCompletableFuture())
                .isCompletedWithValue(new ConferenceAnswer(room("standup"), false, OPEN));
    }

    @Test
    void stoppingEndsEverythingAndLeavesNothing() throws Exception {
        Focus focus = connected((state, input) -> switch (input) {
            case ConferenceInput.OfferAnswered i ->
                List.of(
                        Inputs.select(state.room().local(), "anna", time.instant()),
                        new Effect.StartTimer(
                                new org.confocal.focus.conference.TimerKey.Start(), Duration.ofSeconds(60)),
                        new Effect.ClaimMeetingId(new MeetingId("m-" + state.room())));
            default -> ModelFake.plain(state, input);
        });
        focus.bridgeReported(JVB1, usable(), List.of());
        for (String name : List.of("a", "b", "c")) {
            focus.requested(request(name, name));
            focus.happened(room(name), fact("anna", 1));
        }
        assertThat(focus.snapshot().timers()).isEqualTo(3);
        assertThat(focus.snapshot().reservations()).isEqualTo(3);
        time.advance(Duration.ofSeconds(5));

        assertThat(focus.stop(Duration.ZERO)).isZero();
        FocusSnapshot after = focus.snapshot();
        assertThat(after.conferences()).isEmpty();
        assertThat(after.timers()).isZero();
        assertThat(after.reservations()).isZero();
        assertThat(after.queuedInputs()).isZero();
        assertThat(after.bridges()).extracting(FocusSnapshot.Bridge::endpoints).containsExactly(0);
        assertThat(after.conferenceSeconds()).isEqualTo(15);
        assertThat(after.endpointSeconds()).isEqualTo(15);
        assertThat(time.waiting()).as("nothing is scheduled any more").isZero();
        assertThat(ports.calls("leave")).containsExactlyInAnyOrder("leave a", "leave b", "leave c");

        focus.requested(request("d", "late"));
        assertThat(ports.calls).endsWith("answer late ready=false");
        assertThat(focus.stop(Duration.ZERO)).as("a second time").isZero();
    }

    @Test
    void stopSaysHowManyDidNotEndInTime() throws Exception {
        Focus focus = connected((state, input) -> List.of());
        focus.requested(request("a", "1"));
        assertThat(focus.stop(Duration.ofMillis(1))).isOne();
    }

    @Test
    void countsAndActionsAreExactAndActionsOfStrangersBounded() {
        Focus focus = connected((state, input) -> switch (input) {
            case ConferenceInput.OfferAnswered i ->
                List.of(
                        new Effect.Count(ConferenceCounter.PARTICIPANTS),
                        new Effect.CountJingle(Effect.Direction.SENT, "session-initiate"),
                        new Effect.CountJingle(Effect.Direction.RECEIVED, "made-up-" + Inputs.number(i)));
            default -> List.of();
        });
        focus.requested(request("a", "1"));
        for (int n = 0; n < 100; n++) {
            focus.happened(room("a"), fact("anna", n));
        }
        FocusSnapshot snapshot = focus.snapshot();
        assertThat(snapshot.counters())
                .containsEntry(ConferenceCounter.PARTICIPANTS, 100L)
                .containsEntry(ConferenceCounter.BRIDGES_REMOVED, 0L);
        assertThat(snapshot.jingleSent()).containsOnly(Map.entry("SESSION_INITIATE", 100L));
        assertThat(snapshot.jingleReceived()).hasSizeLessThanOrEqualTo(65).containsEntry("OTHER", 36L);
    }

    @Test
    void debugIsThatOfTheLastStep() {
        Focus focus = connected(ModelFake::plain);
        assertThat(focus.conferenceDebug(room("a"))).isEmpty();
        focus.requested(request("a", "1"));
        focus.happened(room("a"), fact("anna", 1));
        assertThat(focus.conferenceDebug(room("a")).orElseThrow()).containsEntry("inputs", 2);
    }

    @Test
    void equalSeedsMakeEqualConferencesAndNoTwoOfOneFocusAreEqual() {
        Object first = seedOf(connected(ModelFake::plain), "a");
        Focus second = connected(ModelFake::plain);
        assertThat(seedOf(second, "a")).isEqualTo(first);
        assertThat(seedOf(second, "b")).isNotEqualTo(first);
    }

    /** Seed 6170 of the core simulation: the same session id in two conferences. */
    @Test
    void conferencesOfOneFocusDrawDifferentIds() {
        Focus focus = connected(ModelFake::plain);
        Set<Long> drawn = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            Randomness random = new Randomness((Long) seedOf(focus, "room" + i));
            for (int draw = 0; draw < 100; draw++) {
                assertThat(drawn.add(random.value()))
                        .as("draw %d of room %d", draw, i)
                        .isTrue();
                random = random.next();
            }
        }
    }

    private static Object seedOf(Focus focus, String name) {
        focus.requested(request(name, name));
        return Optional.ofNullable(
                        focus.conferenceDebug(room(name)).orElseThrow().get("seed"))
                .orElseThrow();
    }

    private static List<String> rooms(Focus focus) {
        return focus.snapshot().conferences().stream()
                .map(c -> c.room().local())
                .toList();
    }

    private Focus connected(ModelFake.Behaviour behaviour) {
        Focus focus = focus(behaviour);
        focus.connection(ConnectionState.CONNECTED);
        return focus;
    }

    private Focus focus(ModelFake.Behaviour behaviour) {
        FocusConfig config = new FocusConfig(
                ConferenceConfig.DEFAULTS,
                Optional.empty(),
                FleetConfig.DEFAULTS,
                SelectionConfig.DEFAULTS,
                new SingleBridgeSelectionStrategy(),
                PlacementPolicy.ALLOW_ALL,
                BridgeCareConfig.DEFAULTS,
                LIMITS);
        ModelFake model = new ModelFake((state, input) -> {
            seen.add(input);
            return behaviour.effects(state, input);
        });
        return new Focus(
                config,
                model,
                ports.ports(),
                new FocusEnvironment(time, Runnable::run, time, new SplittableRandom(42)));
    }

    private static BridgeReport usable() {
        return new BridgeReport(
                OptionalDouble.of(0.1),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Optional.of(false),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
