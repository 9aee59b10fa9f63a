package org.confocal.focus.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.focus.conference.ConferenceInput.BridgeLoss.REMOVED;
import static org.confocal.focus.conference.ConferenceInput.BridgeLoss.SHUTTING_DOWN;
import static org.confocal.focus.conference.ConferenceInput.BridgeLoss.UNHEALTHY;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.confocal.focus.conference.Effect.BridgeExperience;
import org.confocal.focus.config.HealthCheckConfig;
import org.confocal.focus.port.FocusInbox.HealthAnswer;
import org.confocal.focus.runtime.LogCapture;
import org.confocal.focus.view.FleetCounter;
import org.confocal.focus.view.FocusSnapshot;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.BridgeReport;
import org.confocal.strategy.BridgeSelectionStrategy;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.FleetConfig;
import org.confocal.strategy.FleetView;
import org.confocal.strategy.RoomId;
import org.confocal.strategy.Selection;
import org.confocal.strategy.Selection.Explanation;
import org.confocal.strategy.Selection.Rejected;
import org.confocal.strategy.Selection.Rejection;
import org.confocal.strategy.SelectionRequest;
import org.junit.jupiter.api.Test;

class BridgeFleetTest extends FleetFixture {
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
    void selectionsThatTheRateOfAConferenceDecidedAreCounted() {
        strategy = new BridgeSelectionStrategy() {
            @Override
            public String name() {
                return "fake";
            }

            @Override
            public Selection select(SelectionRequest request, FleetView fleet) {
                Rejection reason =
                        request.endpoint().value().equals("late") ? Rejection.RATE_LIMITED : Rejection.OVERLOADED;
                return new Selection.Chosen(
                        JVB2,
                        Optional.empty(),
                        Optional.empty(),
                        new Explanation("fake", "the other", List.of(), List.of(new Rejected(JVB1, reason))));
            }
        };
        BridgeFleet fleet = twoBridges();
        fleet.select(request("early"));
        assertThat(count(fleet, FleetCounter.SELECTIONS_RATE_LIMITED)).isZero();
        fleet.select(request("late"));
        assertThat(count(fleet, FleetCounter.SELECTIONS_RATE_LIMITED)).isOne();
    }

    @Test
    void bridgeOfAnotherVersionThanTheOthersIsNamed() {
        try (LogCapture log = new LogCapture("org.confocal.fleet")) {
            BridgeFleet fleet = fleet(NO_CHECKS);
            fleet.bridgeReported(JVB1, report(0.1), List.of());
            fleet.bridgeReported(JVB2, ofVersion("2.4"), List.of());
            assertThat(log.lines().stream().filter(line -> line.contains("version")))
                    .last()
                    .asString()
                    .contains("jvb2")
                    .endsWith("1 other bridges run another version: a conference stays on the version that it began on,"
                            + " unless jicofo.octo.allow-mixed-versions");
        }
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
}
