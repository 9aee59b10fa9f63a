package org.confocal.focus.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.focus.conference.ConferenceInput.BridgeLoss.REMOVED;
import static org.confocal.focus.conference.ConferenceInput.BridgeLoss.SHUTTING_DOWN;
import static org.confocal.focus.conference.ConferenceInput.BridgeLoss.UNHEALTHY;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.confocal.focus.conference.ConferenceInput.BridgeLoss;
import org.confocal.focus.conference.Effect.BridgeExperience;
import org.confocal.focus.config.HealthCheckConfig;
import org.confocal.focus.model.BridgeRequest;
import org.confocal.focus.model.RequestId;
import org.confocal.focus.port.BridgeGateway;
import org.confocal.focus.port.FocusInbox.HealthAnswer;
import org.confocal.focus.runtime.LogCapture;
import org.confocal.focus.serial.VirtualTime;
import org.confocal.focus.view.FleetCounter;
import org.confocal.focus.view.FocusSnapshot;
import org.confocal.strategy.Audience;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.BridgeReport;
import org.confocal.strategy.ConferenceShape;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.FleetConfig;
import org.confocal.strategy.FleetSnapshot;
import org.confocal.strategy.JoinRate;
import org.confocal.strategy.Region;
import org.confocal.strategy.RoomId;
import org.confocal.strategy.Selection;
import org.confocal.strategy.SelectionConfig;
import org.confocal.strategy.SelectionPipeline;
import org.confocal.strategy.SelectionRequest;
import org.confocal.strategy.choice.SingleBridgeSelectionStrategy;
import org.junit.jupiter.api.Test;

class BridgeFleetTest {
    private static final BridgeId JVB1 = new BridgeId("brewery@internal.example.org/jvb1");
    private static final BridgeId JVB2 = new BridgeId("brewery@internal.example.org/jvb2");
    private static final RoomId ROOM = new RoomId("standup@muc.example.org");
    private static final HealthCheckConfig NO_CHECKS =
            new HealthCheckConfig(false, Duration.ofSeconds(10), Duration.ofSeconds(5), false, Duration.ofSeconds(45));

    private final VirtualTime time = new VirtualTime();
    private final List<String> events = new ArrayList<>();
    private final List<BridgeId> checks = new ArrayList<>();

    @Test
    void reportedBridgeIsUsableAndChosen() {
        BridgeFleet fleet = fleet(NO_CHECKS);
        fleet.bridgeReported(JVB1, report(0.1), List.of());
        assertThat(events).containsExactly("usable jvb1");
        assertThat(fleet.select(request("anna"))).isInstanceOf(Selection.Chosen.class);
        assertThat(fleet.view()).extracting(FocusSnapshot.Bridge::endpoints).containsExactly(1);
        assertThat(fleet.view().getFirst().correctedStress())
                .isGreaterThan(fleet.view().getFirst().stress());

        fleet.release(JVB2, ROOM, new EndpointId("anna"));
        assertThat(fleet.snapshot().reservations()).isOne();
        fleet.release(JVB1, ROOM, new EndpointId("anna"));
        assertThat(fleet.snapshot().reservations()).isZero();
    }

    @Test
    void endpointsStayExactUnderContention() throws Exception {
        int threads = 8;
        int each = 2_000;
        BridgeFleet fleet = fleet(NO_CHECKS);
        fleet.bridgeReported(JVB1, report(0.1), List.of());
        fleet.bridgeReported(JVB2, report(0.1), List.of());
        CyclicBarrier together = new CyclicBarrier(threads);
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> done = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                RoomId room = new RoomId("room" + t + "@muc.example.org");
                done.add(pool.submit(() -> {
                    together.await(10, TimeUnit.SECONDS);
                    for (int n = 0; n < each; n++) {
                        EndpointId endpoint = new EndpointId("e" + n);
                        Selection.Chosen chosen = (Selection.Chosen) fleet.select(request(room, endpoint));
                        if (n % 4 != 0) {
                            fleet.release(chosen.bridge(), room, endpoint);
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> future : done) {
                future.get(60, TimeUnit.SECONDS);
            }
        }
        int left = threads * each / 4;
        assertThat(fleet.snapshot().reservations()).isEqualTo(left);
        assertThat(fleet.view().stream()
                        .mapToInt(FocusSnapshot.Bridge::endpoints)
                        .sum())
                .isEqualTo(left);
    }

    @Test
    void noTwoChoicesSeeTheSameReservations() throws Exception {
        // With equal bridges the less loaded one is chosen: had two choices seen the same fleet, the counts would
        // differ.
        BridgeFleet fleet = fleet(NO_CHECKS);
        fleet.bridgeReported(JVB1, report(0.1), List.of());
        fleet.bridgeReported(JVB2, report(0.1), List.of());
        try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
            List<Future<?>> done = new ArrayList<>();
            for (int n = 0; n < 400; n++) {
                RoomId room = new RoomId("room" + n + "@muc.example.org");
                done.add(pool.submit(() -> fleet.select(request(room, new EndpointId("anna")))));
            }
            for (Future<?> future : done) {
                future.get(60, TimeUnit.SECONDS);
            }
        }
        assertThat(fleet.view()).extracting(FocusSnapshot.Bridge::endpoints).containsExactly(200, 200);
    }

    @Test
    void shuttingDownIsSaidOnceAndTheBridgeIsNotLostWhenItGoes() {
        BridgeFleet fleet = fleet(NO_CHECKS);
        fleet.bridgeReported(JVB1, report(0.1), List.of());
        fleet.bridgeReported(JVB1, shuttingDown(), List.of());
        fleet.bridgeReported(JVB1, shuttingDown(), List.of());
        assertThat(events).containsExactly("usable jvb1", "lost jvb1 " + SHUTTING_DOWN);
        fleet.bridgeLeft(JVB1);
        fleet.bridgeLeft(JVB1);
        assertThat(events).endsWith("lost jvb1 " + REMOVED).hasSize(3);
        assertThat(fleet.lostBridges()).isZero();
        assertThat(fleet.view()).isEmpty();
    }

    @Test
    void bridgeThatGoesWithoutAWordIsLost() {
        BridgeFleet fleet = fleet(NO_CHECKS);
        fleet.bridgeReported(JVB1, report(0.1), List.of());
        fleet.bridgeLeft(JVB1);
        assertThat(fleet.lostBridges()).isOne();
        assertThat(events).containsExactly("usable jvb1", "lost jvb1 " + REMOVED);
    }

    @Test
    void leavingTheBreweryEmptiesTheFleetAndLosesNone() {
        BridgeFleet fleet = fleet(HealthCheckConfig.DEFAULTS);
        fleet.breweryJoined(true);
        fleet.bridgeReported(JVB1, report(0.1), List.of());
        fleet.bridgeReported(JVB2, report(0.1), List.of());
        fleet.breweryJoined(false);
        assertThat(fleet.view()).isEmpty();
        assertThat(fleet.isBreweryJoined()).isFalse();
        assertThat(fleet.lostBridges()).isZero();
        assertThat(events).contains("lost jvb1 " + REMOVED, "lost jvb2 " + REMOVED);
        assertThat(time.waiting()).isZero();
    }

    @Test
    void clearedDrainMakesABridgeUsableAgain() {
        BridgeFleet fleet = fleet(NO_CHECKS);
        fleet.bridgeReported(JVB1, BridgeReport.EMPTY, List.of());
        assertThat(events).as("usable, if nothing else is").containsExactly("usable jvb1");
        fleet.bridgeReported(JVB1, report(0.1), List.of());
        fleet.bridgeReported(JVB1, report(0.2), List.of());
        assertThat(events).containsExactly("usable jvb1", "usable jvb1");
    }

    @Test
    void oneConferencesFailureDoesNotTakeABridgeFromTheOthers() {
        BridgeFleet fleet = twoBridges();
        for (int n = 0; n < 5; n++) {
            fleet.experienced(ROOM, JVB1, BridgeExperience.TIMED_OUT);
        }
        assertThat(chosen(fleet, "bert")).isEqualTo(JVB1);
        assertThat(count(fleet, FleetCounter.ALLOCATIONS_FAILED)).isEqualTo(5);
        assertThat(count(fleet, FleetCounter.BREAKERS_OPENED)).isZero();
    }

    @Test
    void bridgeThatFailsSeveralConferencesIsOutForAllAndComesBackByItself() {
        BridgeFleet fleet = twoBridges();
        try (LogCapture log = new LogCapture("org.confocal.fleet")) {
            failsThreeRooms(fleet, JVB1);
            assertThat(log.lines())
                    .containsExactly(
                            "Bridge " + JVB1 + " is usable: LAST_RESORT (was FULL), because it did not answer an"
                                    + " allocation for room2@muc.example.org (breaker CLOSED to OPEN)");
        }
        assertThat(chosen(fleet, "anna")).isEqualTo(JVB2);
        assertThat(count(fleet, FleetCounter.BREAKERS_OPENED)).isOne();

        events.clear();
        time.advance(Duration.ofMillis(9_999));
        assertThat(events).isEmpty();
        time.advance(Duration.ofMillis(1));
        assertThat(events).as("without waiting for a presence").containsExactly("usable jvb1");

        assertThat(chosen(fleet, "bert")).as("the one that tries").isEqualTo(JVB1);
        assertThat(count(fleet, FleetCounter.BREAKERS_PROBED)).isOne();
        assertThat(chosen(fleet, "carl")).as("the others wait for it").isEqualTo(JVB2);

        events.clear();
        fleet.experienced(ROOM, JVB1, BridgeExperience.ALLOCATED);
        assertThat(events).containsExactly("usable jvb1");
        assertThat(count(fleet, FleetCounter.BREAKERS_CLOSED)).isOne();
        assertThat(chosen(fleet, "dora")).isEqualTo(JVB1);
    }

    @Test
    void failedProbeTakesTheBridgeOutForTwiceAsLong() {
        BridgeFleet fleet = twoBridges();
        failsThreeRooms(fleet, JVB1);
        time.advance(Duration.ofSeconds(10));
        assertThat(chosen(fleet, "anna")).isEqualTo(JVB1);
        fleet.experienced(ROOM, JVB1, BridgeExperience.FAILED);
        assertThat(count(fleet, FleetCounter.BREAKERS_OPENED)).isEqualTo(2);

        events.clear();
        time.advance(Duration.ofMillis(19_999));
        assertThat(events).isEmpty();
        time.advance(Duration.ofMillis(1));
        assertThat(events).containsExactly("usable jvb1");
    }

    @Test
    void successBetweenFailuresKeepsABridgeIn() {
        BridgeFleet fleet = twoBridges();
        for (int n = 0; n < 20; n++) {
            fleet.experienced(room(n), JVB1, n % 3 == 2 ? BridgeExperience.ALLOCATED : BridgeExperience.FAILED);
        }
        assertThat(chosen(fleet, "anna")).isEqualTo(JVB1);
        assertThat(count(fleet, FleetCounter.BREAKERS_OPENED)).isZero();
    }

    @Test
    void lastBridgeIsNeverOutForEverybody() {
        BridgeFleet fleet = fleet(NO_CHECKS);
        fleet.bridgeReported(JVB1, report(0.1), List.of());
        for (int n = 0; n < 20; n++) {
            fleet.experienced(room(n), JVB1, BridgeExperience.TIMED_OUT);
            assertThat(chosen(fleet, "anna")).isEqualTo(JVB1);
        }
    }

    private BridgeFleet twoBridges() {
        BridgeFleet fleet = fleet(NO_CHECKS);
        fleet.bridgeReported(JVB1, report(0.1), List.of());
        fleet.bridgeReported(JVB2, report(0.7), List.of());
        return fleet;
    }

    private static void failsThreeRooms(BridgeFleet fleet, BridgeId bridge) {
        for (int n = 0; n < 3; n++) {
            fleet.experienced(room(n), bridge, BridgeExperience.TIMED_OUT);
        }
    }

    private BridgeId chosen(BridgeFleet fleet, String endpoint) {
        return ((Selection.Chosen) fleet.select(request(endpoint))).bridge();
    }

    private static long count(BridgeFleet fleet, FleetCounter counter) {
        return fleet.counters().getOrDefault(counter, -1L);
    }

    private static RoomId room(int n) {
        return new RoomId("room" + n + "@muc.example.org");
    }

    @Test
    void gracefulShutdownLearntFromARefusalCounts() {
        BridgeFleet fleet = fleet(NO_CHECKS);
        fleet.bridgeReported(JVB1, report(0.1), List.of());
        fleet.bridgeReported(JVB2, report(0.5), List.of());
        fleet.experienced(ROOM, JVB1, BridgeExperience.GRACEFUL_SHUTDOWN);
        assertThat(((Selection.Chosen) fleet.select(request("anna"))).bridge()).isEqualTo(JVB2);
        fleet.bridgeLeft(JVB1);
        assertThat(fleet.lostBridges()).isZero();
    }

    @Test
    void restartRequestsAreCountedPerBridgeUntilItGoes() {
        BridgeFleet fleet = fleet(NO_CHECKS);
        fleet.bridgeReported(JVB1, report(0.1), List.of());
        fleet.experienced(ROOM, JVB1, BridgeExperience.RESTART_REQUESTED);
        fleet.experienced(ROOM, JVB1, BridgeExperience.RESTART_REQUESTED);
        fleet.experienced(ROOM, JVB2, BridgeExperience.RESTART_REQUESTED);
        assertThat(fleet.view())
                .extracting(FocusSnapshot.Bridge::restartRequests)
                .containsExactly(2L);
        fleet.bridgeLeft(JVB1);
        fleet.bridgeReported(JVB1, report(0.1), List.of());
        assertThat(fleet.view())
                .extracting(FocusSnapshot.Bridge::restartRequests)
                .containsExactly(0L);
    }

    @Test
    void malformedFieldsAreCountedAndSaidOnceAMinute() {
        BridgeFleet fleet = fleet(NO_CHECKS);
        try (LogCapture log = new LogCapture("org.confocal.fleet")) {
            for (int n = 0; n < 13; n++) {
                fleet.bridgeReported(JVB1, report(0.1), List.of("stress_level", "evil\nfield"));
                time.advance(Duration.ofSeconds(5));
            }
            assertThat(log.lines().stream().filter(line -> line.contains("cannot be read")))
                    .hasSize(2)
                    .first()
                    .asString()
                    .endsWith("stress_level, evil.field");
        }
        assertThat(fleet.malformedStats()).isEqualTo(13);
    }

    @Test
    void bridgesBeyondTheLimitAreIgnored() {
        BridgeFleet fleet = fleet(NO_CHECKS);
        for (int n = 0; n < 12; n++) {
            fleet.bridgeReported(new BridgeId("brewery@internal.example.org/b" + n), report(0.1), List.of());
        }
        assertThat(fleet.view()).hasSize(10);
    }

    @Test
    void bridgeIsCheckedEveryIntervalWhileItAnswers() {
        BridgeFleet fleet = fleet(HealthCheckConfig.DEFAULTS);
        fleet.bridgeReported(JVB1, report(0.1), List.of());
        for (int n = 1; n <= 5; n++) {
            time.advance(Duration.ofSeconds(10));
            assertThat(checks).hasSize(n);
            fleet.bridgeChecked(JVB1, HealthAnswer.HEALTHY);
        }
        assertThat(events).containsExactly("usable jvb1");
    }

    @Test
    void timeoutHasASecondChanceAndTwoTimeoutsTakeTheBridgeOutWithoutMovingAnybody() {
        BridgeFleet fleet = fleet(HealthCheckConfig.DEFAULTS);
        fleet.bridgeReported(JVB1, report(0.1), List.of());
        fleet.bridgeReported(JVB2, report(0.5), List.of());
        untilChecked(JVB1, 1);
        fleet.bridgeChecked(JVB1, HealthAnswer.TIMED_OUT);
        assertThat(operational(fleet, JVB1)).isTrue();
        time.advance(Duration.ofMillis(4_999));
        assertThat(checksOf(JVB1)).isOne();
        time.advance(Duration.ofMillis(1));
        assertThat(checksOf(JVB1)).isEqualTo(2);
        fleet.bridgeChecked(JVB1, HealthAnswer.TIMED_OUT);
        assertThat(operational(fleet, JVB1)).isFalse();
        assertThat(events).containsExactly("usable jvb1", "usable jvb2");

        time.advance(Duration.ofSeconds(10));
        assertThat(checksOf(JVB1)).isEqualTo(3);
        fleet.bridgeChecked(JVB1, HealthAnswer.HEALTHY);
        time.advance(FleetConfig.DEFAULTS.failureReset());
        fleet.bridgeReported(JVB1, report(0.1), List.of());
        assertThat(operational(fleet, JVB1)).isTrue();
        assertThat(events).endsWith("usable jvb1");
    }

    @Test
    void secondChanceThatIsTakenLeavesNoMark() {
        BridgeFleet fleet = fleet(HealthCheckConfig.DEFAULTS);
        fleet.bridgeReported(JVB1, report(0.1), List.of());
        untilChecked(JVB1, 1);
        fleet.bridgeChecked(JVB1, HealthAnswer.TIMED_OUT);
        time.advance(Duration.ofSeconds(5));
        fleet.bridgeChecked(JVB1, HealthAnswer.HEALTHY);
        assertThat(operational(fleet, JVB1)).isTrue();
        assertThat(events).containsExactly("usable jvb1");
    }

    @Test
    void bridgeThatSaysItIsBrokenLosesItsConferences() {
        BridgeFleet fleet = fleet(HealthCheckConfig.DEFAULTS);
        fleet.bridgeReported(JVB1, report(0.1), List.of());
        untilChecked(JVB1, 1);
        fleet.bridgeChecked(JVB1, HealthAnswer.FAILED);
        assertThat(events).containsExactly("usable jvb1", "lost jvb1 " + UNHEALTHY);
        untilChecked(JVB1, 2);
        fleet.bridgeChecked(JVB1, HealthAnswer.FAILED);
        assertThat(events).as("nobody is there any more").hasSize(2);
        assertThat(fleet.select(request("anna"))).isInstanceOf(Selection.None.class);
    }

    @Test
    void otherErrorsOfAHealthCheckMeanNothing() {
        BridgeFleet fleet = fleet(HealthCheckConfig.DEFAULTS);
        fleet.bridgeReported(JVB1, report(0.1), List.of());
        untilChecked(JVB1, 1);
        fleet.bridgeChecked(JVB1, HealthAnswer.OTHER_ERROR);
        assertThat(operational(fleet, JVB1)).isTrue();
        untilChecked(JVB1, 2);
    }

    @Test
    void checkWhoseAnswerNeverComesIsNotTheLast() {
        BridgeFleet fleet = fleet(HealthCheckConfig.DEFAULTS);
        fleet.bridgeReported(JVB1, report(0.1), List.of());
        untilChecked(JVB1, 1);
        time.advance(Duration.ofMinutes(5));
        assertThat(checksOf(JVB1)).isGreaterThan(1);
    }

    @Test
    void presenceBasedChecksLookAtItsAgeAndAtTheBridgesOwnVerdict() {
        BridgeFleet fleet =
                fleet(new HealthCheckConfig(true, Duration.ofSeconds(10), Duration.ZERO, true, Duration.ofSeconds(45)));
        fleet.bridgeReported(JVB1, report(0.1), List.of());
        time.advance(Duration.ofSeconds(45));
        assertThat(operational(fleet, JVB1)).isTrue();
        time.advance(Duration.ofSeconds(11));
        assertThat(operational(fleet, JVB1)).isFalse();
        assertThat(events).containsExactly("usable jvb1");

        fleet.bridgeReported(JVB1, healthy(false), List.of());
        time.advance(Duration.ofSeconds(10));
        assertThat(checks).isEmpty();
        assertThat(fleet.select(request("anna"))).isInstanceOf(Selection.None.class);
    }

    @Test
    void bridgeThatCallsItselfUnhealthyLosesItsConferencesInPresenceMode() {
        BridgeFleet fleet =
                fleet(new HealthCheckConfig(true, Duration.ofSeconds(10), Duration.ZERO, true, Duration.ofSeconds(45)));
        fleet.bridgeReported(JVB1, report(0.1), List.of());
        fleet.select(request("anna"));
        fleet.bridgeReported(JVB1, healthy(false), List.of());
        time.advance(Duration.ofSeconds(10));
        assertThat(events).containsExactly("usable jvb1", "lost jvb1 " + UNHEALTHY);
    }

    @Test
    void stoppedFleetChecksNobody() {
        BridgeFleet fleet = fleet(HealthCheckConfig.DEFAULTS);
        fleet.bridgeReported(JVB1, report(0.1), List.of());
        fleet.stop();
        assertThat(time.waiting()).isZero();
        fleet.bridgeReported(JVB2, report(0.1), List.of());
        assertThat(fleet.view()).hasSize(1);
        assertThat(time.waiting()).isZero();
    }

    private BridgeFleet fleet(HealthCheckConfig health) {
        BridgeGateway gateway = new BridgeGateway() {
            @Override
            public void modify(RoomId room, RequestId request, BridgeId bridge, BridgeRequest change) {
                throw new AssertionError("the fleet changes no conference");
            }

            @Override
            public void check(BridgeId bridge) {
                checks.add(bridge);
            }
        };
        FleetListener listener = new FleetListener() {
            @Override
            public void bridgeLost(BridgeId bridge, BridgeLoss loss) {
                events.add("lost " + bridge.nick() + " " + loss);
            }

            @Override
            public void bridgeUsable(BridgeId bridge) {
                events.add("usable " + bridge.nick());
            }
        };
        return new BridgeFleet(
                FleetSnapshot.empty(FleetConfig.DEFAULTS),
                new SelectionPipeline(SelectionConfig.DEFAULTS, new SingleBridgeSelectionStrategy())::select,
                health,
                10,
                gateway,
                listener,
                time,
                Runnable::run,
                time,
                new LongAdder());
    }

    /** Lets time pass until the bridge has been asked so often; fails where that does not happen within an interval. */
    private void untilChecked(BridgeId bridge, int times) {
        for (int ms = 0; ms < 10_000 && checksOf(bridge) < times; ms += 10) {
            time.advance(Duration.ofMillis(10));
        }
        assertThat(checksOf(bridge)).isEqualTo(times);
    }

    private long checksOf(BridgeId bridge) {
        return checks.stream().filter(bridge::equals).count();
    }

    private boolean operational(BridgeFleet fleet, BridgeId bridge) {
        return fleet.snapshot().operational(bridge, time.instant());
    }

    private SelectionRequest request(String endpoint) {
        return request(ROOM, new EndpointId(endpoint));
    }

    private SelectionRequest request(RoomId room, EndpointId endpoint) {
        Instant now = time.instant();
        return new SelectionRequest(
                room,
                endpoint,
                Optional.empty(),
                Audience.PARTICIPANT,
                new ConferenceShape(now, List.of(), JoinRate.NONE, Optional.empty()),
                now);
    }

    private static BridgeReport report(double stress) {
        return report(stress, Optional.empty(), Optional.of(true));
    }

    private static BridgeReport shuttingDown() {
        return report(0.1, Optional.of(true), Optional.of(true));
    }

    private static BridgeReport healthy(boolean healthy) {
        return report(0.1, Optional.empty(), Optional.of(healthy));
    }

    private static BridgeReport report(double stress, Optional<Boolean> shuttingDown, Optional<Boolean> healthy) {
        return new BridgeReport(
                OptionalDouble.of(stress),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Optional.of(false),
                Optional.empty(),
                shuttingDown,
                healthy,
                Optional.of("2.3"),
                Optional.empty(),
                Optional.of(new Region("eu")),
                Optional.empty());
    }
}
