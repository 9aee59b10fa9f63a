package org.confocal.focus.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.focus.runtime.Inputs.left;
import static org.confocal.focus.runtime.Inputs.request;
import static org.confocal.focus.runtime.Inputs.room;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import org.confocal.focus.conference.ConferenceCounter;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.config.BridgeCareConfig;
import org.confocal.focus.config.ConferenceConfig;
import org.confocal.focus.config.ConferenceConfig.Octo;
import org.confocal.focus.config.HealthCheckConfig;
import org.confocal.focus.config.IceFailureConfig;
import org.confocal.focus.config.MoveConfig;
import org.confocal.focus.config.PlannedMovesConfig;
import org.confocal.focus.config.PlannedMovesConfig.Relief;
import org.confocal.focus.config.PlannedMovesConfig.SecondLook;
import org.confocal.focus.config.RedistributionConfig;
import org.confocal.focus.model.MemberPresence;
import org.confocal.focus.model.MemberRole;
import org.confocal.focus.port.FocusInbox.ConnectionState;
import org.confocal.focus.serial.VirtualTime;
import org.confocal.focus.view.FleetCounter;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.BridgeReport;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.FleetConfig;
import org.confocal.strategy.FleetConfig.StressSource;
import org.confocal.strategy.LoadConfig;
import org.confocal.strategy.PlacementPolicy;
import org.confocal.strategy.Region;
import org.confocal.strategy.SelectionConfig;
import org.confocal.strategy.choice.EgressAwareBridgeSelectionStrategy;
import org.confocal.strategy.choice.EgressAwareConfig;
import org.confocal.strategy.choice.EgressAwareReplanner;
import org.confocal.strategy.choice.LoadRelief;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole conferences on virtual time, over bridges that report what they carry. */
class MovePlannerTest {
    private static final BridgeId JVB1 = new BridgeId("brewery@internal.example.org/jvb1");
    private static final BridgeId JVB2 = new BridgeId("brewery@internal.example.org/jvb2");
    private static final BridgeId JVB3 = new BridgeId("brewery@internal.example.org/jvb3");
    private static final Region DUBLIN = new Region("eu-west-1");
    private static final Region VIRGINIA = new Region("us-east-1");

    /** Packets per second: what a bridge can carry, and what each person costs. */
    private static final double CAPACITY = 10_000;

    private static final double PER_PERSON = 600;
    private static final EgressAwareConfig COSTS = EgressAwareConfig.defaults();
    private static final Optional<Relief> RELIEF = Optional.of(
            new Relief(new LoadRelief(LoadRelief.Terms.DEFAULTS, COSTS.maxBridgeParticipants()), seconds(30)));
    private static final Optional<SecondLook> SECOND_LOOK = Optional.of(
            new SecondLook(new EgressAwareReplanner(COSTS, EgressAwareReplanner.Terms.DEFAULTS), seconds(300)));

    private final VirtualTime time = new VirtualTime();
    private final WorldFake world = new WorldFake();
    private final Map<BridgeId, Boolean> drained = new LinkedHashMap<>();
    private final Map<BridgeId, Region> regions = new LinkedHashMap<>();
    private final Map<BridgeId, Double> othersLoad = new LinkedHashMap<>();
    private Optional<Focus> running = Optional.empty();

    @AfterEach
    void nothingIsIllegal() {
        assertThat(world.errors).isEmpty();
        assertThat(focus().snapshot().counters()).containsEntry(ConferenceCounter.INPUTS_ILLEGAL, 0L);
    }

    @Test
    void aHotBridgeIsCooledByAsManyAsItTakesAndThenLeftAlone() {
        start(new PlannedMovesConfig(Optional.empty(), RELIEF), MoveConfig.DEFAULTS);
        joins(JVB1, DUBLIN);
        rooms(0, 4, 4, DUBLIN);
        assertThat(world.endpointsOn(JVB1)).isEqualTo(16);
        pass(seconds(120));
        assertThat(count(FleetCounter.BRIDGES_RELIEVED))
                .as("nobody could take them")
                .isZero();

        joins(JVB2, DUBLIN);
        joins(JVB3, VIRGINIA);
        pass(seconds(60));
        assertThat(world.endpointsOn(JVB2))
                .as("one conference of four, as a whole")
                .isEqualTo(4);
        assertThat(world.conferencesOn(JVB2)).isOne();
        assertThat(world.conferencesOn(JVB1)).isEqualTo(3);
        assertThat(count(FleetCounter.BRIDGES_RELIEVED)).isOne();
        assertThat(count(FleetCounter.REDISTRIBUTED)).isEqualTo(4);
        assertThat(count(FleetCounter.MOVES_DIVERTED)).isZero();

        pass(Duration.ofMinutes(20));
        assertThat(count(FleetCounter.REDISTRIBUTED)).isEqualTo(4);
        assertThat(world.endpointsOn(JVB1)).isEqualTo(12);
    }

    @Test
    void twoHotBridgesDoNotTogetherOverrunTheOneThatIsCool() {
        start(new PlannedMovesConfig(Optional.empty(), RELIEF), MoveConfig.DEFAULTS);
        joins(JVB1, DUBLIN);
        rooms(0, 4, 4, DUBLIN);
        drained.put(JVB1, true);
        joins(JVB1, DUBLIN);
        joins(JVB3, DUBLIN);
        rooms(4, 4, 4, DUBLIN);
        drained.clear();
        pass(seconds(60));
        assertThat(world.endpointsOn(JVB1)).isEqualTo(16);
        assertThat(world.endpointsOn(JVB3)).isEqualTo(16);

        // Another focus has people there: six more find room, and each hot bridge has four too many.
        othersLoad.put(JVB2, 3_000.0);
        joins(JVB2, DUBLIN);
        pass(seconds(90));
        assertThat(world.endpointsOn(JVB2)).isBetween(4, 6);
    }

    enum Obstacle {
        DRAINED,
        FULL
    }

    @ParameterizedTest
    @EnumSource(Obstacle.class)
    void whoseBridgeCannotBeTakenAnyMoreGetsAnotherAndItIsCountedAndLogged(Obstacle obstacle) {
        // One person a second, so that something can happen in between.
        start(new PlannedMovesConfig(Optional.empty(), RELIEF), new MoveConfig(500, 100, 1, 1));
        joins(JVB1, DUBLIN);
        rooms(0, 4, 4, DUBLIN);
        pass(seconds(120));
        joins(JVB2, DUBLIN);
        joins(JVB3, VIRGINIA);
        untilMoved(1);
        try (LogCapture log = new LogCapture("org.confocal.conference")) {
            switch (obstacle) {
                case DRAINED -> drained.put(JVB2, true);
                case FULL -> othersLoad.put(JVB2, 0.9 * CAPACITY);
            }
            report(JVB2);
            time.advance(seconds(3));
            assertThat(log.lines()).anyMatch(line -> line.contains("jvb2 was planned and cannot be taken"));
        }
        assertThat(world.endpointsOn(JVB2)).isOne();
        assertThat(world.endpointsOn(JVB1)).isEqualTo(12);
        assertThat(world.endpointsOn(JVB3)).isEqualTo(3);
        assertThat(count(FleetCounter.MOVES_DIVERTED)).isEqualTo(3);
    }

    @Test
    void whatIsLeftOfAPlanDiesWithItsConferenceAndWithWhoeverLeaves() {
        start(new PlannedMovesConfig(Optional.empty(), RELIEF), new MoveConfig(500, 100, 1, 1));
        joins(JVB1, DUBLIN);
        rooms(0, 4, 4, DUBLIN);
        pass(seconds(120));
        joins(JVB2, DUBLIN);
        untilMoved(1);
        for (int r = 0; r < 4; r++) {
            for (int p = 0; p < 4; p++) {
                focus().happened(room("room" + r), left(nick(r, p)));
            }
        }
        assertThat(focus().snapshot().conferences()).isEmpty();
        pass(seconds(60));
        assertThat(focus().snapshot().reservations()).isZero();
        assertThat(world.endpointsOn(JVB1) + world.endpointsOn(JVB2)).isZero();
        assertThat(focus().snapshot().counters()).containsEntry(ConferenceCounter.PARTICIPANTS_MOVED, 1L);
    }

    @Test
    void aConferenceIsLookedAtOnceWhenItHasSettled() {
        start(new PlannedMovesConfig(SECOND_LOOK, Optional.empty()), MoveConfig.DEFAULTS);
        joins(JVB1, VIRGINIA);
        rooms(0, 1, 4, DUBLIN);
        joins(JVB2, DUBLIN);
        pass(seconds(290));
        assertThat(count(FleetCounter.SECOND_LOOKS)).isZero();
        assertThat(world.endpointsOn(JVB1)).isEqualTo(4);

        pass(seconds(20));
        assertThat(count(FleetCounter.SECOND_LOOKS)).isOne();
        assertThat(world.endpointsOn(JVB2)).isEqualTo(4);
        assertThat(count(FleetCounter.MOVED_BY_SECOND_LOOK)).isEqualTo(4);
        assertThat(count(FleetCounter.REDISTRIBUTED)).isZero();

        pass(Duration.ofMinutes(30));
        assertThat(count(FleetCounter.SECOND_LOOKS)).isOne();
        assertThat(focus().snapshot().counters()).containsEntry(ConferenceCounter.PARTICIPANTS_MOVED, 4L);
    }

    @Test
    void whoWasNotMovedThenIsNotMovedLater() {
        start(new PlannedMovesConfig(SECOND_LOOK, Optional.empty()), MoveConfig.DEFAULTS);
        joins(JVB1, VIRGINIA);
        rooms(0, 1, 4, DUBLIN);
        pass(seconds(310));
        assertThat(count(FleetCounter.SECOND_LOOKS)).isOne();
        joins(JVB2, DUBLIN);
        pass(Duration.ofMinutes(30));
        assertThat(count(FleetCounter.SECOND_LOOKS)).isOne();
        assertThat(world.endpointsOn(JVB1)).isEqualTo(4);
    }

    @Test
    void aConferenceThatHasNotBegunByThenIsLookedAtLater() {
        start(new PlannedMovesConfig(SECOND_LOOK, Optional.empty()), MoveConfig.DEFAULTS);
        joins(JVB1, VIRGINIA);
        rooms(0, 1, 1, DUBLIN);
        pass(seconds(310));
        assertThat(count(FleetCounter.SECOND_LOOKS)).isZero();
        comes(0, 1, DUBLIN);
        joins(JVB2, DUBLIN);
        pass(seconds(280));
        assertThat(count(FleetCounter.SECOND_LOOKS)).isZero();
        pass(seconds(20));
        assertThat(count(FleetCounter.SECOND_LOOKS)).isOne();
        assertThat(world.endpointsOn(JVB2)).isEqualTo(2);
    }

    // The world.

    private void start(PlannedMovesConfig planned, MoveConfig pace) {
        FleetConfig defaults = FleetConfig.DEFAULTS;
        FleetConfig fleet = new FleetConfig(
                StressSource.PACKET_RATE,
                CAPACITY,
                List.of(),
                defaults.averageParticipantStress(),
                defaults.rampup(),
                defaults.stressThreshold(),
                defaults.failureReset(),
                LoadConfig.EXPECTED);
        HealthCheckConfig noChecks =
                new HealthCheckConfig(false, seconds(10), seconds(5), false, Duration.ofSeconds(45));
        Focus focus = Focus.of(
                new FocusConfig(
                        ConferenceConfig.DEFAULTS.with(new Octo(true, false)),
                        Optional.empty(),
                        fleet,
                        new SelectionConfig(true, false),
                        new EgressAwareBridgeSelectionStrategy(COSTS),
                        PlacementPolicy.ALLOW_ALL,
                        new BridgeCareConfig(
                                noChecks,
                                pace,
                                RedistributionConfig.DEFAULTS,
                                IceFailureConfig.DEFAULTS,
                                planned,
                                false),
                        FocusLimits.DEFAULTS),
                world.ports(),
                new FocusEnvironment(time, Runnable::run, time, new SplittableRandom(42)));
        running = Optional.of(focus);
        world.attach(focus);
        focus.connection(ConnectionState.CONNECTED);
        focus.breweryJoined(true);
    }

    private Focus focus() {
        return running.orElseThrow();
    }

    private void joins(BridgeId bridge, Region region) {
        regions.put(bridge, region);
        report(bridge);
    }

    private void rooms(int first, int count, int people, Region region) {
        for (int r = first; r < first + count; r++) {
            focus().requested(request("room" + r, "request" + r));
            for (int p = 0; p < people; p++) {
                comes(r, p, region);
            }
        }
    }

    private static String nick(int room, int person) {
        return "p" + room + person;
    }

    private void comes(int room, int person, Region region) {
        focus().happened(
                        room("room" + room),
                        new ConferenceInput.MemberPresent(new MemberPresence(
                                new EndpointId(nick(room, person)),
                                Optional.empty(),
                                MemberRole.PARTICIPANT,
                                Optional.empty(),
                                Optional.of(region),
                                Optional.empty(),
                                true,
                                true,
                                List.of(),
                                false,
                                Set.of())));
    }

    /** Bridges report every 5 s. */
    private void pass(Duration duration) {
        for (Duration left = duration; left.isPositive(); left = left.minusSeconds(5)) {
            regions.keySet().forEach(this::report);
            time.advance(seconds(5));
        }
    }

    /** Within two minutes. */
    private void untilMoved(long people) {
        for (int tenths = 0; tenths < 1_200 && count(FleetCounter.CONVENIENT_MOVES) < people; tenths++) {
            if (tenths % 50 == 0) {
                regions.keySet().forEach(this::report);
            }
            time.advance(Duration.ofMillis(100));
        }
        assertThat(count(FleetCounter.CONVENIENT_MOVES)).isEqualTo(people);
    }

    private void report(BridgeId bridge) {
        double packets = PER_PERSON * world.endpointsOn(bridge) + othersLoad.getOrDefault(bridge, 0.0);
        focus().bridgeReported(
                        bridge,
                        new BridgeReport(
                                OptionalDouble.empty(),
                                OptionalDouble.of(packets / 2),
                                OptionalDouble.of(packets / 2),
                                OptionalDouble.empty(),
                                Optional.of(drained.getOrDefault(bridge, false)),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of("2.3"),
                                Optional.empty(),
                                Optional.of(regionOf(bridge)),
                                Optional.of(bridge.nick())),
                        List.of());
    }

    private Region regionOf(BridgeId bridge) {
        return Optional.ofNullable(regions.get(bridge)).orElseThrow();
    }

    private long count(FleetCounter counter) {
        return focus().snapshot().fleetCounters().getOrDefault(counter, -1L);
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }
}
