package org.confocal.focus.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.focus.conference.ConferenceInput.BridgeLoss.REMOVED;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.confocal.focus.conference.Effect.BridgeExperience;
import org.confocal.focus.conference.MoveCause;
import org.confocal.focus.conference.state.Pace;
import org.confocal.focus.config.IceFailureConfig;
import org.confocal.focus.config.MoveConfig;
import org.confocal.focus.config.PlannedMovesConfig;
import org.confocal.focus.config.RedistributionConfig;
import org.confocal.focus.view.FleetCounter;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.choice.LoadRelief;
import org.junit.jupiter.api.Test;

/** Who moves when, and from where. */
class FleetMovesTest extends FleetFixture {
    @Test
    void manyWhoLostTheirSessionAtOnceHaveTurnsAndNewcomersDoNotWait() {
        BridgeFleet fleet = fleet(NO_CHECKS);
        fleet.bridgeReported(JVB1, report(0.1), List.of());
        int atOnce = (int) MoveConfig.DEFAULTS.urgentPerBridge();
        for (int n = 0; n < atOnce; n++) {
            assertThat(urgently(fleet, n)).isInstanceOf(BridgeSelector.Answer.Now.class);
        }
        BridgeSelector.Answer.Later next = (BridgeSelector.Answer.Later) urgently(fleet, atOnce);
        assertThat(next.delay()).isEqualTo(Duration.ofMillis(10));
        assertThat(next.turn()).isEqualTo(BridgeSelector.Turn.GRANTED);
        assertThat(fleet.snapshot().reservations())
                .as("nothing is reserved for who waits")
                .isEqualTo(atOnce);
        assertThat(((BridgeSelector.Answer.Later) urgently(fleet, atOnce + 1)).delay())
                .isEqualTo(Duration.ofMillis(20));
        assertThat(chosen(fleet, "newcomer")).isEqualTo(JVB1);
        assertThat(count(fleet, FleetCounter.URGENT_MOVES_POSTPONED)).isEqualTo(2);
    }

    @Test
    void turnsAreGivenTenSecondsAheadAtMost() {
        BridgeFleet fleet = fleet(NO_CHECKS);
        fleet.bridgeReported(JVB1, report(0.1), List.of());
        BridgeSelector.Answer last = urgently(fleet, 0);
        for (int n = 1; n < 1_200; n++) {
            last = urgently(fleet, n);
        }
        assertThat(last).isEqualTo(new BridgeSelector.Answer.Later(UrgentMoves.LONGEST, BridgeSelector.Turn.ASK_AGAIN));
        time.advance(UrgentMoves.LONGEST.plusSeconds(1));
        assertThat(urgently(fleet, 1_200)).isInstanceOf(BridgeSelector.Answer.Now.class);
    }

    @Test
    void bridgeThatCarriesTooMuchIsRelievedOnceInItsTimeWhileAnotherHasRoom() {
        redistribution = new RedistributionConfig(true, Duration.ofMinutes(1), 0.9, Duration.ofMinutes(3), 7);
        BridgeFleet fleet = fleet(NO_CHECKS);
        fleet.bridgeReported(JVB1, report(0.95), List.of());
        time.advance(Duration.ofMinutes(2));
        assertThat(events).as("nobody could take them").containsExactly("usable jvb1");

        fleet.bridgeReported(JVB2, report(0.1), List.of());
        events.clear();
        time.advance(Duration.ofMinutes(1));
        assertThat(events).containsExactly("relieve jvb1 of 7");
        time.advance(Duration.ofMinutes(2));
        assertThat(events).as("it has its time").hasSize(1);
        time.advance(Duration.ofMinutes(1));
        assertThat(events).hasSize(2);

        fleet.bridgeReported(JVB1, report(0.85), List.of());
        time.advance(Duration.ofMinutes(9));
        assertThat(events).hasSize(2);
        fleet.stop();
        assertThat(time.waiting()).isZero();
    }

    @Test
    void orderedMovesArePacedCountedAndForgottenWithTheirBridge() {
        BridgeFleet fleet = twoBridges();
        events.clear();
        List<MoveOrder> orders = new ArrayList<>();
        for (int n = 0; n < 12; n++) {
            orders.add(new MoveOrder(ROOM, JVB1, Optional.of(new EndpointId("e" + n)), 1, MoveCause.REDISTRIBUTION));
        }
        fleet.order(orders);
        assertThat(events).hasSize(5).startsWith("move e0 from jvb1");
        time.advance(Duration.ofSeconds(1));
        assertThat(events).hasSize(10);
        assertThat(count(fleet, FleetCounter.CONVENIENT_MOVES)).isEqualTo(10);
        assertThat(count(fleet, FleetCounter.REDISTRIBUTED)).isEqualTo(10);
        assertThat(fleet.view().getFirst().endpointsMoved()).isEqualTo(10);
        fleet.bridgeLeft(JVB1);
        time.advance(Duration.ofSeconds(5));
        assertThat(events).hasSize(11).endsWith("lost jvb1 " + REMOVED);
        fleet.stop();
        assertThat(time.waiting()).isZero();
    }

    @Test
    void nothingIsPlannedWhileSomebodyWaitsWhoseBridgeIsPlanned() {
        planned = new PlannedMovesConfig(
                Optional.empty(),
                Optional.of(new PlannedMovesConfig.Relief(
                        new LoadRelief(LoadRelief.Terms.DEFAULTS, -1), Duration.ofSeconds(30))));
        redistribution = new RedistributionConfig(true, Duration.ofSeconds(10), 0.1, Duration.ZERO, 7);
        BridgeFleet fleet = twoBridges();
        events.clear();
        time.advance(Duration.ofSeconds(10));
        assertThat(events).as("and Jicofo's redistribution rests").containsExactly("plan");
        List<MoveOrder> orders = new ArrayList<>();
        for (int n = 0; n < 56; n++) {
            orders.add(MoveOrder.planned(ROOM, new EndpointId("e" + n), JVB1, JVB2, MoveCause.REDISTRIBUTION));
        }
        fleet.order(orders);
        events.clear();
        time.advance(Duration.ofSeconds(10));
        assertThat(events).hasSize(50).doesNotContain("plan");
        time.advance(Duration.ofSeconds(10));
        assertThat(events).hasSize(52).endsWith("plan");
        fleet.stop();
        assertThat(time.waiting()).isZero();
    }

    @Test
    void bridgeThatManyClientsCannotReachCountsAsOverloadedForAWhile() {
        iceFailures = new IceFailureConfig(true, Duration.ofMinutes(2), 10, 0.2, Duration.ofMinutes(10));
        BridgeFleet fleet = fleet(NO_CHECKS);
        fleet.bridgeReported(JVB1, report(0.1), List.of());
        for (int n = 0; n < 10; n++) {
            fleet.select(request("e" + n));
        }
        for (int n = 0; n < 2; n++) {
            fleet.experienced(ROOM, JVB1, BridgeExperience.RESTART_REQUESTED);
        }
        time.advance(Duration.ofMinutes(2));
        for (int n = 0; n < 2; n++) {
            fleet.experienced(ROOM, JVB1, BridgeExperience.RESTART_REQUESTED);
        }
        assertThat(count(fleet, FleetCounter.ICE_FAILURES))
                .as("the first two are too old")
                .isZero();
        fleet.experienced(ROOM, JVB1, BridgeExperience.RESTART_REQUESTED);
        assertThat(count(fleet, FleetCounter.ICE_FAILURES)).isOne();
        assertThat(fleet.view().getFirst().overloaded()).isTrue();

        time.advance(Duration.ofMinutes(10));
        fleet.bridgeReported(JVB1, report(0.1), List.of());
        assertThat(fleet.view().getFirst().overloaded()).isFalse();
    }

    @Test
    void bridgeWithFewPeopleIsNotJudgedByTheirRestarts() {
        iceFailures = new IceFailureConfig(true, Duration.ofMinutes(2), 10, 0.2, Duration.ofMinutes(10));
        BridgeFleet fleet = fleet(NO_CHECKS);
        fleet.bridgeReported(JVB1, report(0.1), List.of());
        for (int n = 0; n < 9; n++) {
            fleet.select(request("e" + n));
            fleet.experienced(ROOM, JVB1, BridgeExperience.RESTART_REQUESTED);
        }
        assertThat(fleet.view().getFirst().overloaded()).isFalse();
    }

    private BridgeSelector.Answer urgently(BridgeFleet fleet, int n) {
        return fleet.select(request("e" + n), Pace.URGENT);
    }
}
