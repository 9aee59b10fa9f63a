package org.confocal.focus.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.confocal.focus.view.DrainControl;
import org.confocal.focus.view.DrainControl.Answer;
import org.confocal.focus.view.DrainControl.Progress;
import org.confocal.focus.view.DrainControl.Request;
import org.confocal.focus.view.DrainControl.Status;
import org.confocal.focus.view.DrainControl.Target;
import org.confocal.focus.view.FleetCounter;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.Region;
import org.junit.jupiter.api.Test;

/** Bridges that an operator wants empty. */
class DrainsTest extends FleetFixture {
    private static final Target JVB1_ONLY = new Target.OneBridge("jvb1");

    private static Request order(Target target) {
        return new Request(target, Optional.empty(), OptionalInt.empty());
    }

    private static Status accepted(Answer answer) {
        return ((Answer.Accepted) answer).status();
    }

    /** So many people on the bridge that is chosen first, and no events. */
    private BridgeFleet withPeople(int people) {
        BridgeFleet fleet = twoBridges();
        for (int n = 0; n < people; n++) {
            assertThat(chosen(fleet, "e" + n)).isEqualTo(JVB1);
            if (n % 20 == 19) {
                // What they add is in the reports by then, and is little.
                time.advance(Duration.ofMinutes(1));
                fleet.bridgeReported(JVB1, report(0.1), List.of());
            }
        }
        events.clear();
        return fleet;
    }

    private static Status only(BridgeFleet fleet) {
        List<Status> all = fleet.drains().drains();
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    @Test
    void aDrainedBridgeTakesNobodyNewUntilThatIsUndone() {
        BridgeFleet fleet = twoBridges();
        Status begun = accepted(fleet.drains().drain(order(JVB1_ONLY)));
        assertThat(begun.id()).isEqualTo("drain-1");
        assertThat(begun.target()).isEqualTo(new Target.OneBridge(JVB1.value()));
        assertThat(chosen(fleet, "a")).isEqualTo(JVB2);
        fleet.bridgeReported(JVB1, report(0.1), List.of());
        assertThat(fleet.select(request(room(7), new EndpointId("b")))).isNotNull();
        assertThat(fleet.snapshot().endpoints(JVB1))
                .as("its own presence does not undo it")
                .isZero();

        assertThat(fleet.drains().undo("drain-1")).isTrue();
        assertThat(fleet.drains().undo("drain-1")).isFalse();
        assertThat(fleet.snapshot().bridge(JVB1).orElseThrow().draining()).isFalse();
        assertThat(fleet.drains().drains()).isEmpty();
        assertThat(count(fleet, FleetCounter.DRAINS_BEGUN)).isOne();
    }

    @Test
    void aBridgeThatComesAgainIsStillDrained() {
        BridgeFleet fleet = twoBridges();
        fleet.drains().drain(order(JVB1_ONLY));
        fleet.bridgeLeft(JVB1);
        assertThat(only(fleet).bridgeCount()).isZero();
        fleet.bridgeReported(JVB1, report(0.1), List.of());
        assertThat(fleet.snapshot().bridge(JVB1).orElseThrow().draining()).isTrue();
        assertThat(chosen(fleet, "a")).isEqualTo(JVB2);
    }

    @Test
    void aRegionOrAVersionIsDrainedAndThoseOfItThatComeLater() {
        BridgeFleet fleet = twoBridges();
        BridgeId jvb3 = new BridgeId("brewery@internal.example.org/jvb3");
        fleet.bridgeReported(jvb3, ofVersion("2.4"), List.of());
        Status begun = accepted(fleet.drains().drain(order(new Target.OfVersion("2.3"))));
        assertThat(begun.bridges()).containsExactly("jvb1", "jvb2");
        BridgeId jvb4 = new BridgeId("brewery@internal.example.org/jvb4");
        fleet.bridgeReported(jvb4, ofVersion("2.3"), List.of());
        assertThat(fleet.snapshot().bridge(jvb4).orElseThrow().draining()).isTrue();
        assertThat(fleet.snapshot().bridge(jvb3).orElseThrow().draining()).isFalse();
        assertThat(fleet.drains().drain(order(new Target.OfRegion(new Region("eu")))))
                .as("that would be all of them")
                .isInstanceOf(Answer.Refused.class);
    }

    @Test
    void theLastUsableBridgesAreNotDrained() {
        BridgeFleet fleet = twoBridges();
        accepted(fleet.drains().drain(order(JVB1_ONLY)));
        Answer.Refused refused = (Answer.Refused) fleet.drains().drain(order(new Target.OneBridge("jvb2")));
        assertThat(refused.why()).contains("the last ones are not drained");
        assertThat(fleet.drains().plan(order(new Target.OneBridge("jvb2")))).isInstanceOf(Answer.Refused.class);
        fleet.drains().undo("drain-1");
        fleet.bridgeReported(JVB2, shuttingDown(), List.of());
        assertThat(fleet.drains().drain(order(JVB1_ONLY))).isInstanceOf(Answer.Refused.class);
        assertThat(fleet.drains().drains()).isEmpty();
    }

    @Test
    void whatIsNotThereOrIsDrainedAlreadyIsRefusedAndSoIsOneTooMany() {
        BridgeFleet fleet = twoBridges();
        assertThat(fleet.drains().drain(order(new Target.OneBridge("jvb9"))))
                .isEqualTo(new Answer.NotFound("No bridge matches bridge jvb9"));
        accepted(fleet.drains().drain(order(JVB1_ONLY)));
        assertThat(fleet.drains().drain(order(JVB1_ONLY))).isInstanceOf(Answer.Refused.class);
        for (int n = 1; n < DrainControl.MOST; n++) {
            BridgeId bridge = new BridgeId("brewery@internal.example.org/x" + n);
            fleet.bridgeReported(bridge, report(0.1), List.of());
            if (n < 9) {
                accepted(fleet.drains().drain(order(new Target.OneBridge("x" + n))));
                fleet.bridgeLeft(bridge);
            }
        }
        assertThat(fleet.drains().drains()).hasSize(9);
    }

    @Test
    void aDryRunSaysWhatWouldBeAndDoesNothing() {
        BridgeFleet fleet = withPeople(30);
        Status plan = accepted(fleet.drains().plan(order(JVB1_ONLY)));
        assertThat(plan.people()).isEqualTo(30);
        assertThat(plan.progress()).isEqualTo(Progress.MOVING);
        assertThat(plan.left()).as("5 a second").contains(Duration.ofSeconds(6));
        assertThat(fleet.drains().drains()).isEmpty();
        assertThat(events).isEmpty();
        assertThat(fleet.snapshot().bridge(JVB1).orElseThrow().draining()).isFalse();
    }

    @Test
    void peopleLeaveAtOnceAsFastAsConvenientMovesGo() {
        BridgeFleet fleet = withPeople(200);
        fleet.drains().drain(order(JVB1_ONLY));
        assertThat(events).contains("drain-1 takes 50 from jvb1");
        fleet.drains().told("drain-1", 50, 50);
        events.clear();
        time.advance(Drain.LOOK);
        assertThat(events).containsExactly("drain-1 takes 50 from jvb1");
        assertThat(only(fleet).moved()).isEqualTo(50);
        assertThat(count(fleet, FleetCounter.DRAINED)).isEqualTo(50);
    }

    @Test
    void aPaceIsKeptAndALargerConferenceIsPaidBack() {
        BridgeFleet fleet = withPeople(100);
        fleet.drains().drain(new Request(JVB1_ONLY, Optional.empty(), OptionalInt.of(60)));
        assertThat(events).contains("drain-1 takes 10 from jvb1");
        fleet.drains().told("drain-1", 10, 30);
        events.clear();
        time.advance(Drain.LOOK.multipliedBy(2));
        assertThat(events).as("30 are more than 10").isEmpty();
        time.advance(Drain.LOOK);
        assertThat(events).containsExactly("drain-1 takes 10 from jvb1");
        assertThat(only(fleet).left()).contains(Duration.ofSeconds(100));
    }

    @Test
    void aDeadlineSpreadsTheMovesAndSaysWhereItWillBeLate() {
        BridgeFleet fleet = withPeople(60);
        fleet.drains().drain(new Request(JVB1_ONLY, Optional.of(Duration.ofMinutes(10)), OptionalInt.empty()));
        assertThat(events).contains("drain-1 takes 1 from jvb1");
        assertThat(only(fleet).late(time.instant())).isFalse();
        fleet.drains().undo("drain-1");
        fleet.drains().drain(new Request(JVB1_ONLY, Optional.of(Duration.ofMinutes(1)), OptionalInt.of(6)));
        assertThat(only(fleet).late(time.instant())).isTrue();
    }

    @Test
    void nobodyMovesWhereNoOtherBridgeCouldTakeThem() {
        BridgeFleet fleet = withPeople(20);
        fleet.drains().drain(order(JVB1_ONLY));
        fleet.bridgeLeft(JVB2);
        events.clear();
        time.advance(Duration.ofMinutes(1));
        assertThat(events).isEmpty();
        assertThat(only(fleet).progress()).isEqualTo(Progress.WAITING);
        assertThat(only(fleet).left()).isEmpty();
        assertThat(chosen(fleet, "late")).as("rather than nobody").isEqualTo(JVB1);
        fleet.bridgeReported(JVB2, report(0.1), List.of());
        time.advance(Drain.LOOK);
        assertThat(events).contains("drain-1 takes 21 from jvb1");
    }

    @Test
    void anEmptyBridgeIsSaidToBeEmptyAndStaysDrained() {
        BridgeFleet fleet = withPeople(1);
        fleet.drains().drain(order(JVB1_ONLY));
        fleet.release(JVB1, ROOM, new EndpointId("e0"));
        time.advance(Drain.LOOK);
        assertThat(only(fleet).progress()).isEqualTo(Progress.EMPTY);
        assertThat(only(fleet).left()).contains(Duration.ZERO);
        assertThat(chosen(fleet, "a")).isEqualTo(JVB2);
    }

    @Test
    void aShardIsDrainedWithoutTouchingABridge() {
        BridgeFleet fleet = withPeople(3);
        assertThat(fleet.drains().shardDrains()).isFalse();
        accepted(fleet.drains().drain(order(new Target.Shard())));
        assertThat(fleet.drains().shardDrains()).isTrue();
        time.advance(Duration.ofMinutes(1));
        assertThat(events).isEmpty();
        fleet.drains().undo("drain-1");
        assertThat(fleet.drains().shardDrains()).isFalse();
        assertThat(time.waiting()).isZero();
    }
}
