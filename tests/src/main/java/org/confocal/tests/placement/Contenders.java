package org.confocal.tests.placement;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.confocal.strategy.BridgeSelectionStrategy;
import org.confocal.strategy.FleetConfig;
import org.confocal.strategy.FleetConfig.StressSource;
import org.confocal.strategy.choice.BridgeStrategies;
import org.confocal.strategy.choice.RegionGroups;
import org.confocal.strategy.choice.StrategyConfig;
import org.confocal.strategy.choice.StrategyConfig.ParticipantLimits;

/** Those who are compared. */
final class Contenders {
    /**
     * The strong baseline: Jicofo as Jitsi runs it (placement.md, 0.5 to 0.7). Region groups, at most 80 people of a
     * conference on a bridge and 30 new ones a minute, and load redistribution.
     */
    static final String BASELINE = "RegionGroupsProduction";

    private Contenders() {}

    /** Load as Jicofo reads it: what bridges report, and a constant for everybody who is new. */
    static FleetConfig jicofoFleet() {
        FleetConfig defaults = FleetConfig.DEFAULTS;
        return new FleetConfig(
                StressSource.REPORTED,
                FleetPlan.LARGE,
                defaults.classes(),
                defaults.averageParticipantStress(),
                defaults.rampup(),
                defaults.stressThreshold(),
                defaults.failureReset());
    }

    static Contender baseline() {
        ParticipantLimits limits = new ParticipantLimits(OptionalInt.of(80), OptionalInt.of(30), Duration.ofMinutes(1));
        StrategyConfig production =
                new StrategyConfig(RegionGroups.JITSI, Optional.empty(), limits, Optional.empty(), Optional.empty());
        return new Contender(
                BASELINE,
                BridgeStrategies.named("RegionBased", production),
                jicofoFleet(),
                Optional.of(Redistribution.PRODUCTION),
                Optional.empty());
    }

    static List<Contender> all() {
        return List.of(
                jicofo("Single"),
                jicofo("RegionBased"),
                jicofo("IntraRegion"),
                Contender.plain("LiveKitLike", new RoomsTwoChoiceStrategy(), jicofoFleet()),
                baseline());
    }

    private static Contender jicofo(String name) {
        BridgeSelectionStrategy strategy = BridgeStrategies.named(name, StrategyConfig.DEFAULTS);
        return Contender.plain(name, strategy, jicofoFleet());
    }
}
