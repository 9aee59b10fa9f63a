package org.confocal.focus.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.confocal.focus.runtime.Inputs.left;
import static org.confocal.focus.runtime.Inputs.present;
import static org.confocal.focus.runtime.Inputs.request;
import static org.confocal.focus.runtime.Inputs.room;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import org.confocal.focus.conference.ConferenceCounter;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.conference.ConferenceState;
import org.confocal.focus.conference.Effect;
import org.confocal.focus.conference.Step;
import org.confocal.focus.config.BridgeCareConfig;
import org.confocal.focus.config.ConferenceConfig;
import org.confocal.focus.config.HealthCheckConfig;
import org.confocal.focus.config.IceFailureConfig;
import org.confocal.focus.config.MoveConfig;
import org.confocal.focus.config.PlannedMovesConfig;
import org.confocal.focus.config.RedistributionConfig;
import org.confocal.focus.model.MemberRole;
import org.confocal.focus.model.RequestId;
import org.confocal.focus.model.RoomForm;
import org.confocal.focus.port.FocusInbox.ConnectionState;
import org.confocal.focus.view.ConferenceLayout;
import org.confocal.focus.view.Decision;
import org.confocal.focus.view.DrainControl;
import org.confocal.focus.view.Explanations;
import org.confocal.focus.view.FleetCounter;
import org.confocal.focus.view.FocusControl.Moved;
import org.confocal.focus.view.FocusSnapshot;
import org.confocal.strategy.Audience;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.BridgeReport;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.FleetConfig;
import org.confocal.strategy.PlacementPolicy;
import org.confocal.strategy.Region;
import org.confocal.strategy.Selection;
import org.confocal.strategy.SelectionConfig;
import org.confocal.strategy.choice.SingleBridgeSelectionStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The real machine in the real runtime, on real threads, in a world that answers at once. */
class RealConferencesTest {
    private static final BridgeId JVB1 = new BridgeId("brewery@internal.example.org/jvb1");
    private static final BridgeId JVB2 = new BridgeId("brewery@internal.example.org/jvb2");
    private static final int ROOMS = 20;
    private static final int PEOPLE = 5;
    /** Moves of hundreds take no second. */
    private static final BridgeCareConfig CARE = new BridgeCareConfig(
            HealthCheckConfig.DEFAULTS,
            new MoveConfig(500, 500, 1_000, 1_000),
            RedistributionConfig.DEFAULTS,
            IceFailureConfig.DEFAULTS,
            PlannedMovesConfig.NONE,
            false);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final FocusThreads threads = new FocusThreads("real", 4);
    private final WorldFake world = new WorldFake();
    private final Focus focus = Focus.of(
            new FocusConfig(
                    ConferenceConfig.DEFAULTS,
                    Optional.empty(),
                    FleetConfig.DEFAULTS,
                    SelectionConfig.DEFAULTS,
                    new SingleBridgeSelectionStrategy(),
                    PlacementPolicy.ALLOW_ALL,
                    CARE,
                    FocusLimits.DEFAULTS),
            world.ports(),
            new FocusEnvironment(
                    InstantSource.system(), threads.workers(), threads.scheduler(), new SplittableRandom(42)));

    @BeforeEach
    void begin() {
        world.attach(focus);
        focus.connection(ConnectionState.CONNECTED);
        focus.breweryJoined(true);
        focus.bridgeReported(JVB1, usable(), List.of());
        focus.bridgeReported(JVB2, usable(), List.of());
        await().atMost(PATIENCE).until(() -> focus.snapshot().bridges().size() == 2);
    }

    @AfterEach
    void end() {
        threads.close();
    }

    @Test
    void everybodyIsInvitedOnceAndNothingIsLeftWhenAllHaveGone() {
        everybodyComes();
        assertThat(world.ready).hasValue(ROOMS);
        assertThat(world.offers).hasValue(ROOMS * PEOPLE);
        assertThat(world.joined).hasSize(ROOMS);
        FocusSnapshot during = focus.snapshot();
        assertThat(during.conferences()).hasSize(ROOMS);
        assertThat(during.conferences()).allSatisfy(conference -> {
            assertThat(conference.members()).isEqualTo(PEOPLE);
            assertThat(conference.participants()).isEqualTo(PEOPLE);
            assertThat(conference.bridges()).isOne();
            assertThat(conference.meeting()).isPresent();
        });
        assertThat(during.bridges()).allSatisfy(bridge -> {
            assertThat(bridge.endpoints()).isPositive();
            assertThat(bridge.endpoints())
                    .isEqualTo(world.endpointsOn(bridge.bridge().id()));
        });
        assertThat(during.jingleSent()).containsEntry("SESSION_INITIATE", (long) ROOMS * PEOPLE);
        assertThat(focus.conferenceDebug(room("room0")).orElseThrow()).containsKeys("name", "participants");
        whereAConferenceIsAndWhereOneMoreWouldBe();

        forEverybody((room, nick) -> focus.happened(room(room), left(nick)));
        await().atMost(PATIENCE).until(() -> focus.snapshot().conferences().isEmpty());
        nothingIsLeft();
    }

    private void whereAConferenceIsAndWhereOneMoreWouldBe() {
        Explanations explanations = focus.explanations();
        ConferenceLayout layout = explanations.layout(room("room0")).orElseThrow();
        assertThat(layout.shape().size()).isEqualTo(PEOPLE);
        BridgeId bridge = layout.shape().bridges().getFirst().bridge();
        assertThat(explanations.decisions(room("room0")))
                .allSatisfy(decision -> assertThat(decision.room()).isEqualTo(room("room0")));
        FocusSnapshot before = focus.snapshot();
        Decision asked = explanations
                .whatIf(Optional.of(room("room0")), new Region("eu"), Audience.PARTICIPANT)
                .orElseThrow();
        assertThat(asked.selection())
                .isInstanceOfSatisfying(
                        Selection.Chosen.class,
                        chosen -> assertThat(chosen.bridge()).isEqualTo(bridge));
        assertThat(explanations.whatIf(Optional.empty(), new Region("eu"), Audience.PARTICIPANT))
                .isPresent();
        assertThat(explanations.whatIf(Optional.of(room("nowhere")), new Region("eu"), Audience.PARTICIPANT))
                .isEmpty();
        assertThat(focus.snapshot().reservations()).isEqualTo(before.reservations());
        assertThat(focus.snapshot().conferences()).hasSize(ROOMS);
    }

    @Test
    void everybodyOfALostBridgeIsInvitedAgainOnAnotherOne() {
        everybodyComes();
        int moving = world.endpointsOn(JVB1);
        assertThat(moving).isPositive();
        world.crash(JVB1);
        focus.bridgeLeft(JVB1);
        await().atMost(PATIENCE).until(() -> world.accepted.get() == ROOMS * PEOPLE + moving);
        assertThat(world.endpointsOn(JVB2)).isEqualTo(ROOMS * PEOPLE);
        FocusSnapshot after = focus.snapshot();
        assertThat(after.bridges()).hasSize(1);
        assertThat(after.bridges().getFirst().endpoints()).isEqualTo(ROOMS * PEOPLE);
        assertThat(after.reservations()).isEqualTo(ROOMS * PEOPLE);
        assertThat(after.lostBridges()).isOne();
        assertThat(after.counters()).containsEntry(ConferenceCounter.PARTICIPANTS_MOVED, (long) moving);
    }

    @Test
    void anOperatorEmptiesABridgeConferenceByConference() {
        everybodyComes();
        int before = world.endpointsOn(JVB1);
        assertThat(focus.moveEndpoints("jvb1", Optional.empty(), 2 * PEOPLE + 1))
                .isEqualTo(new Moved.Begun(2 * PEOPLE, 2));
        await().atMost(PATIENCE).until(() -> world.endpointsOn(JVB1) == before - 2 * PEOPLE);
        assertThat(focus.moveFraction(JVB1.value(), 1))
                .isEqualTo(new Moved.Begun(before - 2 * PEOPLE, before / PEOPLE - 2));
        await().atMost(PATIENCE).until(() -> world.endpointsOn(JVB2) == ROOMS * PEOPLE);
        await().atMost(PATIENCE).until(() -> world.accepted.get() == ROOMS * PEOPLE + before);
        assertThat(world.endpointsOn(JVB1)).isZero();
        assertThat(world.errors).isEmpty();
        FocusSnapshot after = focus.snapshot();
        assertThat(after.counters()).containsEntry(ConferenceCounter.PARTICIPANTS_MOVED, (long) before);
        assertThat(after.counters()).containsEntry(ConferenceCounter.BRIDGES_REMOVED, 0L);
        assertThat(after.fleetCounters()).containsEntry(FleetCounter.CONVENIENT_MOVES, (long) before);
    }

    @Test
    void aDrainedBridgeIsEmptiedConferenceByConference() {
        everybodyComes();
        assertThat(world.endpointsOn(JVB1)).isPositive();
        DrainControl.Answer answer = focus.drains()
                .drain(new DrainControl.Request(
                        new DrainControl.Target.OneBridge("jvb1"), Optional.empty(), OptionalInt.empty()));
        assertThat(answer).isInstanceOf(DrainControl.Answer.Accepted.class);
        await().atMost(PATIENCE).until(() -> world.endpointsOn(JVB1) == 0);
        await().atMost(PATIENCE).until(() -> world.endpointsOn(JVB2) == ROOMS * PEOPLE);
        assertThat(focus.drains().drains())
                .singleElement()
                .satisfies(status -> assertThat(status.progress()).isEqualTo(DrainControl.Progress.EMPTY));
        assertThat(world.errors).isEmpty();
    }

    @Test
    void movesOfWhatIsNotThereAreRefusedOrNothing() {
        everybodyComes();
        EndpointId nobody = new EndpointId("nobody");
        assertThat(focus.moveEndpoints("jvb9", Optional.empty(), 1)).isEqualTo(new Moved.NotFound("Bridge not found"));
        assertThat(focus.moveFraction("jvb9", 1)).isEqualTo(new Moved.NotFound("Bridge not found"));
        assertThat(focus.moveEndpoints("jvb1", Optional.of(room("nowhere")), 1))
                .isEqualTo(new Moved.NotFound("Conference not found"));
        assertThat(focus.moveEndpoint(room("nowhere"), nobody, Optional.empty()))
                .isEqualTo(new Moved.NotFound("Conference not found"));
        assertThat(focus.moveEndpoint(room("room0"), nobody, Optional.empty())).isEqualTo(new Moved.Begun(0, 0));
        assertThat(focus.moveEndpoints("jvb1", Optional.empty(), PEOPLE - 1))
                .as("no conference is so small")
                .isEqualTo(new Moved.Begun(0, 0));
        focus.bridgeLeft(JVB2);
        await().atMost(PATIENCE).until(() -> world.endpointsOn(JVB1) == ROOMS * PEOPLE);
        assertThat(focus.moveFraction("jvb1", 1)).as("there is nowhere to go").isEqualTo(new Moved.Begun(0, 0));
    }

    @Test
    void aPinnedConferenceGetsABridgeOfItsVersionOrNone() {
        assertThat(focus.pin(room("room0"), "4.2", Duration.ofMinutes(5))).isTrue();
        assertThat(focus.pins()).hasSize(1);
        focus.requested(request("room0", "request"));
        await().atMost(PATIENCE).until(() -> world.ready.get() == 1);
        focus.happened(room("room0"), present("anna", MemberRole.PARTICIPANT));
        focus.happened(room("room0"), present("bert", MemberRole.PARTICIPANT));
        await().atMost(PATIENCE)
                .until(() -> focus.snapshot().counters().getOrDefault(ConferenceCounter.SELECTIONS_FAILED, 0L) >= 1);
        assertThat(world.offers).hasValue(0);

        BridgeId jvb3 = new BridgeId("brewery@internal.example.org/jvb3");
        focus.bridgeReported(jvb3, usable("4.2"), List.of());
        await().atMost(PATIENCE).until(() -> world.accepted.get() == 2);
        assertThat(world.endpointsOn(jvb3)).isEqualTo(2);
        focus.unpin(room("room0"));
        assertThat(focus.pins()).isEmpty();
    }

    @Test
    void stopExpiresEveryConferenceAndLeavesEveryRoom() throws Exception {
        everybodyComes();
        assertThat(focus.stop(PATIENCE)).isZero();
        nothingIsLeft();
    }

    @Test
    void abandonedConferenceIsExpiredOnItsBridgesAndItsRoomLeft() {
        ConferenceMachineModel model = new ConferenceMachineModel(ConferenceConfig.DEFAULTS);
        Instant now = Instant.parse("2024-02-29T23:59:00Z");
        ConferenceState state = model.initial(room("standup"), 1, now);
        List<ConferenceInput> inputs = List.of(
                Inputs.requested("standup", "1"),
                new ConferenceInput.RoomJoined(RoomForm.PLAIN, List.of()),
                present("anna", MemberRole.PARTICIPANT),
                present("bert", MemberRole.PARTICIPANT),
                new ConferenceInput.FeaturesDiscovered(new RequestId(1), new EndpointId("anna"), Set.of()),
                new ConferenceInput.FeaturesDiscovered(new RequestId(2), new EndpointId("bert"), Set.of()));
        List<Effect> effects = new ArrayList<>();
        for (ConferenceInput input : inputs) {
            Step<ConferenceState> step = model.step(state, input, now);
            state = step.state();
            effects.addAll(step.effects());
        }
        Effect.SelectBridge select = effects.stream()
                .filter(Effect.SelectBridge.class::isInstance)
                .map(Effect.SelectBridge.class::cast)
                .findFirst()
                .orElseThrow();
        Selection chosen = new FleetFake().choose(select.selection());
        state = model.step(state, new ConferenceInput.BridgeSelected(select.request(), chosen), now)
                .state();

        List<Effect> abandoned = model.abandon(state);
        assertThat(abandoned).hasSize(2).endsWith(new Effect.LeaveRoom());
        assertThat(abandoned.getFirst()).isInstanceOfSatisfying(Effect.ModifyConference.class, modify -> {
            assertThat(modify.bridge()).isEqualTo(FleetFake.BRIDGE);
            assertThat(modify.change().expire()).isTrue();
        });
    }

    private void everybodyComes() {
        for (int r = 0; r < ROOMS; r++) {
            focus.requested(request("room" + r, "request" + r));
        }
        await().atMost(PATIENCE).until(() -> world.ready.get() == ROOMS);
        forEverybody((room, nick) -> focus.happened(room(room), present(nick, MemberRole.PARTICIPANT)));
        await().atMost(PATIENCE).until(() -> world.accepted.get() == ROOMS * PEOPLE);
        await().atMost(PATIENCE).until(() -> focus.snapshot().queuedInputs() == 0);
    }

    private interface Somebody {
        void does(String room, String nick);
    }

    private static void forEverybody(Somebody somebody) {
        for (int r = 0; r < ROOMS; r++) {
            for (int p = 0; p < PEOPLE; p++) {
                somebody.does("room" + r, "p" + r + p);
            }
        }
    }

    private void nothingIsLeft() {
        FocusSnapshot after = focus.snapshot();
        assertThat(after.conferences()).isEmpty();
        assertThat(after.timers()).isZero();
        assertThat(after.reservations()).isZero();
        assertThat(after.bridges())
                .allSatisfy(bridge -> assertThat(bridge.endpoints()).isZero());
        for (BridgeId bridge : List.of(JVB1, JVB2)) {
            assertThat(world.endpointsOn(bridge)).isZero();
            assertThat(world.conferencesOn(bridge)).isZero();
        }
        assertThat(world.joined).isEmpty();
        assertThat(world.errors).isEmpty();
        assertThat(after.counters()).containsEntry(ConferenceCounter.INPUTS_ILLEGAL, 0L);
    }

    private static BridgeReport usable() {
        return usable("4.1");
    }

    private static BridgeReport usable(String version) {
        return new BridgeReport(
                OptionalDouble.of(0.1),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Optional.of(false),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(version),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
