package org.confocal.strategy.choice;

import java.util.List;
import java.util.Optional;
import org.confocal.strategy.cascade.BestCascade;
import org.confocal.strategy.cascade.CascadeGoal;
import org.confocal.strategy.cascade.CascadePlanner;
import org.confocal.strategy.cascade.CostOptimalTree;
import org.confocal.strategy.cascade.RegionMeshes;
import org.confocal.strategy.network.Network;

/**
 * What {@link EgressAwareBridgeSelectionStrategy} weighs.
 *
 * @param network prices and round trips
 * @param media expected bit rates
 * @param latencyRule how long round trips may become
 * @param latencyUsdPerMs what one millisecond of a participant's mean round trip to the others is worth, in $ per hour
 * @param furtherBridgeUsd what a further bridge in a conference must save, in $ per hour: a link that may fail, and load
 * @param stressUsd the price of stress at the threshold, in $ per hour and participant; falls with the tenth power
 * @param slownessUsdPerMs the price of a millisecond beyond the latency rule, in $ per hour and participant
 * @param breachUsd the price of a conference that probably is slower than the latency rule, in $ per hour
 * @param followers how many more of his region are expected to follow a newcomer while a conference is young; 0 or more
 * @param accessStretch how much longer than the great circle a participant's way to a distant bridge is; 1 to 10
 * @param sharing whether other focuses place people on the same bridges
 * @param maxBridgeParticipants of one conference on one bridge ({@code bridge.max-bridge-participants}); negative: no limit
 */
public record EgressAwareConfig(
        Network network,
        MediaRates media,
        LatencyRule latencyRule,
        double latencyUsdPerMs,
        double furtherBridgeUsd,
        double stressUsd,
        double slownessUsdPerMs,
        double breachUsd,
        double followers,
        double accessStretch,
        Sharing sharing,
        int maxBridgeParticipants) {

    /**
     * What one millisecond of the mean round trip between bridges is worth when they are linked, in $ per hour: a conference of
     * ten people beyond its latency rule, at the default price. The same for every size.
     */
    private static final double CASCADE_USD_PER_MS = 0.003;

    /** Jitsi's region groups as the bound, AWS prices, one tenth of a cent for a hundred milliseconds. */
    public static EgressAwareConfig defaults() {
        return new EgressAwareConfig(
                Network.shipped(),
                MediaRates.DEFAULTS,
                new LatencyRule(Optional.of(RegionGroups.JITSI)),
                0.00001,
                0.01,
                0.2,
                0.0003,
                0.125,
                3,
                1.15,
                Sharing.ALONE,
                80);
    }

    public EgressAwareConfig {
        requireNotNegative("latencyUsdPerMs", latencyUsdPerMs);
        requireNotNegative("furtherBridgeUsd", furtherBridgeUsd);
        requireNotNegative("stressUsd", stressUsd);
        requireNotNegative("slownessUsdPerMs", slownessUsdPerMs);
        requireNotNegative("breachUsd", breachUsd);
        requireNotNegative("followers", followers);
    }

    /** Who places people on the bridges. */
    public enum Sharing {
        /** This focus only. */
        ALONE,
        /** Others, too, as when shards share their bridges: what they do is known from reports only. */
        SHARED
    }

    /**
     * A bound on a conference's mean round trip.
     *
     * @param reference no longer than if everybody were on the bridges that Jicofo's region groups give; empty: no bound
     */
    public record LatencyRule(Optional<RegionGroups> reference) {}

    /**
     * How the bridges of a conference are to be linked: regions by gateways, or a tree that sends dear media through cheap
     * regions where that saves more than its detours cost.
     */
    public CascadePlanner cascades() {
        CascadeGoal goal = new CascadeGoal(network, Double.MAX_VALUE, CASCADE_USD_PER_MS);
        return new BestCascade(goal, List.of(new RegionMeshes(), new CostOptimalTree(goal)));
    }

    private static void requireNotNegative(String name, double value) {
        if (!(value >= 0 && value <= 1e6)) {
            throw new IllegalArgumentException(name + " must be 0 to 1000000, not " + value);
        }
    }

    /** The same with another rule. */
    public EgressAwareConfig with(LatencyRule rule) {
        return new EgressAwareConfig(
                network,
                media,
                rule,
                latencyUsdPerMs,
                furtherBridgeUsd,
                stressUsd,
                slownessUsdPerMs,
                breachUsd,
                followers,
                accessStretch,
                sharing,
                maxBridgeParticipants);
    }

    /** The same on another network. */
    public EgressAwareConfig with(Network other) {
        return new EgressAwareConfig(
                other,
                media,
                latencyRule,
                latencyUsdPerMs,
                furtherBridgeUsd,
                stressUsd,
                slownessUsdPerMs,
                breachUsd,
                followers,
                accessStretch,
                sharing,
                maxBridgeParticipants);
    }
}
