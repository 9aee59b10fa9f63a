package org.confocal.tests.placement;

import java.util.List;
import java.util.Set;
import org.confocal.strategy.FleetConfig;
import org.confocal.strategy.FleetConfig.StressSource;
import org.confocal.strategy.choice.SingleBridgeSelectionStrategy;

/** Those who are compared. */
final class Contenders {
    /** The region groups of Jitsi's own site (placement.md, 0.7); a region that is not listed is a group of its own. */
    static final List<Set<String>> PRODUCTION_GROUPS = List.of(
            Set.of("eu-west-1", "eu-west-2", "eu-central-1", "eu-north-1"),
            Set.of("us-east-1", "us-west-2"),
            Set.of("ap-south-1", "ap-northeast-1"));

    private Contenders() {}

    /** The group that a region is in. */
    static Set<String> groupOf(String region) {
        return PRODUCTION_GROUPS.stream()
                .filter(group -> group.contains(region))
                .findFirst()
                .orElse(Set.of(region));
    }

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

    static List<Contender> all() {
        return List.of(
                Contender.plain("Single", new SingleBridgeSelectionStrategy(), jicofoFleet()),
                Contender.plain("Nearest", new NearestStrategy(), jicofoFleet()),
                Contender.plain("LiveKitLike", new RoomsTwoChoiceStrategy(), jicofoFleet()));
    }
}
