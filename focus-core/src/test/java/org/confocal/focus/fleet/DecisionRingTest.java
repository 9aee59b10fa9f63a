package org.confocal.focus.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.confocal.focus.view.Decision;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.FleetSnapshot;
import org.confocal.strategy.Selection;
import org.confocal.strategy.Selection.Refusal;
import org.confocal.strategy.Selection.Rejected;
import org.confocal.strategy.Selection.Rejection;
import org.junit.jupiter.api.Test;

class DecisionRingTest extends FleetFixture {
    @Test
    void decisionSaysWhoWasWeighedWhoWasLeftOutAndWhatWasReserved() {
        BridgeFleet fleet = fleet(NO_CHECKS);
        fleet.bridgeReported(JVB1, report(0.1), List.of());
        fleet.bridgeReported(JVB2, shuttingDown(), List.of());
        fleet.select(request("anna"));

        Decision decision = fleet.decisions().decision(1).orElseThrow();
        assertThat(decision.room()).isEqualTo(ROOM);
        assertThat(decision.endpoint()).isEqualTo(new EndpointId("anna"));
        assertThat(decision.at()).isEqualTo(time.instant());
        Selection.Chosen chosen = (Selection.Chosen) decision.selection();
        assertThat(chosen.bridge()).isEqualTo(JVB1);
        assertThat(chosen.why().strategy()).isEqualTo("SingleBridgeSelectionStrategy");
        assertThat(chosen.why().candidates())
                .extracting(Selection.Candidate::bridge)
                .containsExactly(JVB1);
        assertThat(chosen.why().rejected()).containsExactly(new Rejected(JVB2, Rejection.SHUTTING_DOWN));
        Decision.Reservation reservation = decision.reservation().orElseThrow();
        assertThat(reservation.stressBefore()).isEqualTo(0.1);
        assertThat(reservation.stressAfter()).isGreaterThan(0.1);
        assertThat(reservation.countingBefore()).isZero();
        assertThat(reservation.countingAfter()).isOne();
    }

    @Test
    void refusalIsADecisionWithoutReservation() {
        BridgeFleet fleet = fleet(NO_CHECKS);
        fleet.bridgeReported(JVB1, shuttingDown(), List.of());
        fleet.select(request("anna"));
        Decision decision = fleet.decisions().decision(1).orElseThrow();
        assertThat(((Selection.None) decision.selection()).reason()).isEqualTo(Refusal.ALL_SHUTTING_DOWN);
        assertThat(decision.reservation()).isEmpty();
    }

    @Test
    void onlyTheLastAreKept() {
        BridgeFleet fleet = twoBridges();
        for (String who : List.of("anna", "bert", "carl", "dora")) {
            fleet.select(request(who));
        }
        fleet.select(request(room(7), new EndpointId("emil")));
        assertThat(ids(fleet.decisions().after(0, 10))).containsExactly(5L, 4L, 3L);
        assertThat(ids(fleet.decisions().after(0, 2))).containsExactly(5L, 4L);
        assertThat(ids(fleet.decisions().after(4, 10))).containsExactly(5L);
        assertThat(ids(fleet.decisions().of(ROOM))).containsExactly(4L, 3L);
        assertThat(fleet.decisions().decision(2)).isEmpty();
        assertThat(fleet.decisions().decision(6)).isEmpty();
        assertThat(fleet.decisions().decision(0)).isEmpty();
        assertThat(fleet.decisions().decision(-3)).isEmpty();
    }

    @Test
    void noFleetIsKeptForLongAndTheExplanationStaysThatOfItsTime() {
        BridgeFleet fleet = twoBridges();
        fleet.select(request("anna"));
        Decision early = fleet.decisions().decision(1).orElseThrow();
        assertThat(fleet.decisions().unsettled()).isOne();
        fleet.bridgeReported(JVB1, report(0.9), List.of());
        time.advance(DecisionRing.SETTLED_WITHIN);
        assertThat(fleet.decisions().unsettled()).isZero();
        assertThat(fleet.decisions().decision(1)).contains(early);

        fleet.select(request("bert"));
        time.advance(DecisionRing.SETTLED_WITHIN);
        assertThat(fleet.decisions().unsettled()).isZero();
    }

    @Test
    void whatIfAnswersAsTheNextSelectionWouldAndReservesNothing() {
        BridgeFleet fleet = twoBridges();
        FleetSnapshot before = fleet.snapshot();
        Decision asked = fleet.whatIf(request("anna"));
        assertThat(fleet.snapshot()).isSameAs(before);
        assertThat(fleet.decisions().after(0, 10)).isEmpty();

        fleet.select(request("anna"));
        Decision made = fleet.decisions().decision(1).orElseThrow();
        assertThat(asked.id()).isZero();
        assertThat(asked.selection()).isEqualTo(made.selection());
        assertThat(asked.reservation()).isEqualTo(made.reservation());
    }

    @Test
    void noneIsKeptWhereNoneIsWanted() {
        decisions = 0;
        BridgeFleet fleet = twoBridges();
        fleet.select(request("anna"));
        assertThat(fleet.decisions().decision(1)).isEmpty();
        assertThat(fleet.decisions().after(0, 10)).isEmpty();
        assertThat(fleet.decisions().of(ROOM)).isEmpty();
    }

    @Test
    void theNewestWinWhereManyDecideAtOnce() throws Exception {
        BridgeFleet fleet = twoBridges();
        try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
            List<Future<?>> done = new java.util.ArrayList<>();
            for (int n = 0; n < 1_000; n++) {
                EndpointId who = new EndpointId("e" + n);
                done.add(pool.submit(() -> fleet.select(request(ROOM, who))));
            }
            for (Future<?> future : done) {
                future.get(60, TimeUnit.SECONDS);
            }
        }
        assertThat(ids(fleet.decisions().of(ROOM))).containsExactly(1_000L, 999L, 998L);
    }

    private static List<Long> ids(List<Decision> decisions) {
        return decisions.stream().map(Decision::id).toList();
    }
}
