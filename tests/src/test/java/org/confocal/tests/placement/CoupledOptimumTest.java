package org.confocal.tests.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.confocal.strategy.network.EgressPrices;
import org.junit.jupiter.api.Test;

class CoupledOptimumTest {
    private static final Geography GEOGRAPHY = Geography.world();
    private static final Scenario SCENARIO = new Scenario(100, 13, 2);
    private static final Workload WORKLOAD = new WorkloadGenerator(GEOGRAPHY).generate(SCENARIO, 3);

    /** With bridges of so much of their capacity. */
    private static CoupledOptimum.Result withCapacity(double share) {
        List<Machine> machines = FleetPlan.of(GEOGRAPHY, SCENARIO).stream()
                .map(machine -> new Machine(
                        machine.number(), machine.id(), machine.region(), machine.kind(), share * machine.capacity()))
                .toList();
        World world = World.of(GEOGRAPHY, machines, EgressPrices.aws());
        return new CoupledOptimum(world, EgressPrices.aws(), WORKLOAD).run();
    }

    @Test
    void withRoomForAllTheConferencesDoNotMatterToEachOther() {
        CoupledOptimum.Result result = withCapacity(10);

        assertThat(result.conferences()).isGreaterThan(20);
        assertThat(result.patterns()).isGreaterThan(result.conferences());
        assertThat(result.overflowPeople()).isZero();
        assertThat(result.usdPerHour())
                .isBetween(
                        result.uncoupledUsdPerHour() * 0.9999, result.uncoupledUsdPerHour() * (1 + PatternMaster.GAP));
    }

    @Test
    void theLessRoomTheMoreItCostsUntilPeopleAreOver() {
        CoupledOptimum.Result none = withCapacity(0.0001);

        assertThat(none.proven()).isTrue();
        assertThat(none.overflowPeople()).isPositive();
        assertThat(none.overflowPackets()).isPositive();
        assertThat(none.usdPerHour()).isGreaterThanOrEqualTo(none.uncoupledUsdPerHour() * 0.9999);
        assertThat(none.boundUsdPerHour()).isBetween(none.uncoupledUsdPerHour() * 0.9999, none.usdPerHour());
    }

    @Test
    void aContenderIsComparedInTheSameMinute() {
        World world = World.of(GEOGRAPHY, FleetPlan.of(GEOGRAPHY, SCENARIO), EgressPrices.aws());
        CoupledOptimum.Result coupled = new CoupledOptimum(world, EgressPrices.aws(), WORKLOAD).run();
        Contender baseline = Contenders.all(EgressPrices.aws()).stream()
                .filter(contender -> contender.name().equals(Contenders.BASELINE))
                .findFirst()
                .orElseThrow();
        DayResult day = new Day(WORKLOAD, world, baseline, List.of(), 3).run();

        DayResult.Minute minute = day.minutes().get(coupled.minute());

        assertThat(minute.people())
                .isEqualTo(day.minutes().stream()
                        .mapToInt(DayResult.Minute::people)
                        .max()
                        .orElseThrow());
        // The baseline's rule with the baseline's bridges: more bridges, never cheaper.
        assertThat(minute.usdPerHour()).isGreaterThan(coupled.usdPerHour());
    }
}
