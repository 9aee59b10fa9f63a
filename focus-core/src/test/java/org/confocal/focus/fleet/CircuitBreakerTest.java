package org.confocal.focus.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.confocal.focus.conference.Effect.BridgeExperience;
import org.confocal.focus.runtime.LogCapture;
import org.confocal.focus.view.FleetCounter;
import org.confocal.strategy.BridgeId;
import org.junit.jupiter.api.Test;

/** What failed allocations do to a bridge. */
class CircuitBreakerTest extends FleetFixture {
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

    private static void failsThreeRooms(BridgeFleet fleet, BridgeId bridge) {
        for (int n = 0; n < 3; n++) {
            fleet.experienced(room(n), bridge, BridgeExperience.TIMED_OUT);
        }
    }
}
