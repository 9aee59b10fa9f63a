package org.confocal.tests.placement;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.confocal.strategy.BridgeSelectionStrategy;
import org.confocal.strategy.FleetConfig;
import org.confocal.strategy.FleetConfig.BridgeClass;
import org.confocal.strategy.FleetConfig.StressSource;
import org.confocal.strategy.LoadConfig;
import org.confocal.strategy.cascade.CascadePlanner;
import org.confocal.strategy.choice.BridgeStrategies;
import org.confocal.strategy.choice.EgressAwareBridgeSelectionStrategy;
import org.confocal.strategy.choice.EgressAwareConfig;
import org.confocal.strategy.choice.EgressAwareReplanner;
import org.confocal.strategy.choice.EgressAwareReplanner.Terms;
import org.confocal.strategy.choice.LoadRelief;
import org.confocal.strategy.choice.RegionGroups;
import org.confocal.strategy.choice.StrategyConfig;
import org.confocal.strategy.choice.StrategyConfig.ParticipantLimits;
import org.confocal.strategy.network.EgressPrices;
import org.confocal.strategy.network.Network;
import org.confocal.strategy.network.RoundTrips;

/** Those who are compared. */
final class Contenders {
    /**
     * The strong baseline: Jicofo as Jitsi runs it (placement.md, 0.5 to 0.7). Region groups, at most 80 people of a
     * conference on a bridge and 30 new ones a minute, and load redistribution.
     */
    static final String BASELINE = "RegionGroupsProduction";

    private static final double FLEET_MEAN_USD_PER_MS = 0.0001;
    private static final double FLEET_MEAN_SLOWNESS_USD_PER_MS = 0.0008;
    private static final double FLEET_MEAN_FOLLOWERS = 0.5;
    private static final Terms FLEET_MEAN_TERMS = new Terms(0.004, 0.5, 6);

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
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * How EgressAware reads load: by the packet rates that bridges publish ({@code stress.source = packet-rate}; they are not
     * 20 % off as {@code stress_level} is), by the expected cost of everybody who is new, and knowing the small machines.
     */
    static FleetConfig egressAwareFleet() {
        Pattern small = Pattern.compile(".*" + FleetPlan.SMALL_SUFFIX);
        BridgeClass half =
                new BridgeClass("half", Optional.empty(), Optional.of(small), OptionalDouble.of(FleetPlan.SMALL));
        Pattern pool = Pattern.compile(".*-" + FleetPlan.STATIC_POOL);
        BridgeClass cheap = new BridgeClass(
                FleetPlan.STATIC_POOL, Optional.empty(), Optional.of(pool), OptionalDouble.of(FleetPlan.LARGE));
        FleetConfig defaults = FleetConfig.DEFAULTS;
        return new FleetConfig(
                StressSource.PACKET_RATE,
                FleetPlan.LARGE,
                List.of(cheap, half),
                defaults.averageParticipantStress(),
                defaults.rampup(),
                defaults.stressThreshold(),
                defaults.failureReset(),
                LoadConfig.EXPECTED);
    }

    private static Contender egressAware(
            String name, EgressAwareConfig config, Terms moves, Optional<CascadePlanner> cascades) {
        return new Contender(
                name,
                new EgressAwareBridgeSelectionStrategy(config),
                egressAwareFleet(),
                Optional.empty(),
                Optional.of(new EgressAwareReplanner(config, moves)::replan),
                Optional.of(new LoadRelief(LoadRelief.Terms.DEFAULTS, config.maxBridgeParticipants())),
                cascades);
    }

    /** The default: hardly a conference is slower than with region groups. */
    private static EgressAwareConfig perConference(EgressPrices prices) {
        return EgressAwareConfig.defaults().with(new Network(prices, RoundTrips.shipped()));
    }

    /** Some conferences may be slower where others are faster: no price for a breach, a higher one for milliseconds. */
    private static EgressAwareConfig fleetMean(EgressPrices prices) {
        EgressAwareConfig config = perConference(prices);
        return new EgressAwareConfig(
                config.network(),
                config.media(),
                config.latencyRule(),
                FLEET_MEAN_USD_PER_MS,
                config.furtherBridgeUsd(),
                config.stressUsd(),
                FLEET_MEAN_SLOWNESS_USD_PER_MS,
                0,
                FLEET_MEAN_FOLLOWERS,
                config.accessStretch(),
                config.sharing(),
                config.maxBridgeParticipants());
    }

    /** Those who take part in every run. */
    static List<Contender> all(EgressPrices prices) {
        EgressAwareConfig perConference = perConference(prices);
        EgressAwareConfig fleetMean = fleetMean(prices);
        return List.of(
                jicofo("Single"),
                jicofo("RegionBased"),
                jicofo("IntraRegion"),
                Contender.plain("LiveKitLike", new RoomsTwoChoiceStrategy(), jicofoFleet()),
                baseline(),
                egressAware("EgressAware", perConference, Terms.DEFAULTS, Optional.of(perConference.cascades())),
                egressAware("EgressAwareFleetMean", fleetMean, FLEET_MEAN_TERMS, Optional.of(fleetMean.cascades())));
    }

    /** Those who take part only where they are asked for by name: a run of all has to end in time. */
    static List<Contender> onDemand(EgressPrices prices) {
        return List.of(egressAware("EgressAwareMeshes", perConference(prices), Terms.DEFAULTS, Optional.empty()));
    }

    private static Contender jicofo(String name) {
        BridgeSelectionStrategy strategy = BridgeStrategies.named(name, StrategyConfig.DEFAULTS);
        return Contender.plain(name, strategy, jicofoFleet());
    }
}
