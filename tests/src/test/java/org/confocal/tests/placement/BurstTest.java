package org.confocal.tests.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.confocal.strategy.FleetConfig;
import org.confocal.strategy.choice.BridgeStrategies;
import org.confocal.strategy.choice.StrategyConfig;
import org.confocal.strategy.network.EgressPrices;
import org.junit.jupiter.api.Test;

class BurstTest {
    private static final Geography GEOGRAPHY = Geography.world();

    /** The replay of placement.md, section (c): what happened to Jicofo, and what its limit of 30 a minute made of it. */
    @Test
    void theIncidentHappensToJicofoAsItDid() {
        FleetConfig fleet = Contenders.jicofoFleet();
        Contender jicofo =
                Contender.plain("RegionBased", BridgeStrategies.named("RegionBased", StrategyConfig.DEFAULTS), fleet);

        double peak = 0;
        double limited = 0;
        for (int seed = 0; seed < 10; seed++) {
            Burst burst = Burst.incident(GEOGRAPHY, EgressPrices.aws(), seed);
            peak += burst.run(jicofo, seed).peakStress() / 10;
            limited += burst.run(Contenders.baseline(), seed).peakStress() / 10;
        }

        assertThat(peak).isBetween(1.5, 3.0);
        assertThat(limited).isBetween(0.95, 1.25);
    }

    @Test
    void allBurstsEndWithEverybodyPlaced() {
        List<Machine> fleet = FleetPlan.of(GEOGRAPHY, Scenario.day(400));

        assertThat(Burst.all(GEOGRAPHY, EgressPrices.aws(), fleet, 1))
                .hasSize(4)
                .allSatisfy(burst -> {
                    Burst.Result result = burst.run(Contenders.baseline(), 1);
                    assertThat(result.refused()).isZero();
                    assertThat(result.peakStress()).isPositive();
                });
    }
}
