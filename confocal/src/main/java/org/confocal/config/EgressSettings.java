package org.confocal.config;

import java.util.Map;
import java.util.Optional;
import org.confocal.strategy.Region;
import org.confocal.strategy.choice.EgressAwareConfig;
import org.confocal.strategy.choice.EgressAwareConfig.LatencyRule;
import org.confocal.strategy.choice.EgressAwareConfig.Sharing;
import org.confocal.strategy.choice.MediaRates;
import org.confocal.strategy.choice.RegionGroups;
import org.confocal.strategy.choice.StrategyConfig;
import org.confocal.strategy.network.Coordinates;
import org.confocal.strategy.network.EgressPrices;
import org.confocal.strategy.network.EgressPrices.Tariff;
import org.confocal.strategy.network.Network;
import org.confocal.strategy.network.RoundTrips;

/**
 * What traffic costs and how long it takes ({@code jicofo.bridge.egress}). Prices are $ per GB, 0 to 100.
 *
 * @param prices the price list that counts where nothing else is said
 * @param internet prices to the internet, by region
 * @param between prices from the first region to the second
 * @param providers prices of classes of bridges, by the class's name
 * @param roundTrips measured, in both directions, 0 to 10,000 ms
 * @param regions where they are
 * @param furtherBridgeUsd what a further bridge must save, in $ per hour
 * @param stressUsd the price of stress at the threshold, in $ per hour and participant
 * @param followers how many are expected to follow a newcomer of a young conference
 * @param accessStretch how much longer than the great circle a way over the internet is, 1 to 10
 * @param sharing whether other focuses place people on the bridges
 */
public record EgressSettings(
        Preset prices,
        Map<Region, Double> internet,
        Map<RegionPair, Double> between,
        Map<String, Tariff> providers,
        Map<RegionPair, Double> roundTrips,
        Map<Region, Coordinates> regions,
        Latency latency,
        double furtherBridgeUsd,
        double stressUsd,
        double followers,
        double accessStretch,
        Sharing sharing,
        MediaRates media) {

    public EgressSettings {
        internet = Map.copyOf(internet);
        between = Map.copyOf(between);
        providers = Map.copyOf(providers);
        roundTrips = Map.copyOf(roundTrips);
        regions = Map.copyOf(regions);
    }

    /** A price list that ships with Confocal. */
    public enum Preset {
        AWS,
        GCP,
        OCI,
        /** Everything is free that has no price of its own. */
        NONE
    }

    public record RegionPair(Region from, Region to) {}

    /**
     * What time is worth.
     *
     * @param usdPerMs $ per hour and participant, for a millisecond of the mean round trip
     * @param slownessUsdPerMs likewise, for one beyond the bound
     * @param breachUsd $ per hour, for a conference beyond the bound
     */
    public record Latency(Reference reference, double usdPerMs, double slownessUsdPerMs, double breachUsd) {}

    /** Whose placement bounds the mean round trip of a conference. */
    public enum Reference {
        /** The region groups of Jitsi's own service. */
        JITSI,
        /** {@code bridge.region-groups}. */
        CONFIGURED,
        /** Nobody's. */
        NONE
    }

    /** What the strategy weighs, with what else strategies are told. */
    EgressAwareConfig weighed(StrategyConfig told) {
        return new EgressAwareConfig(
                new Network(allPrices(), allRoundTrips()),
                media,
                new LatencyRule(reference(told.regionGroups())),
                latency.usdPerMs,
                furtherBridgeUsd,
                stressUsd,
                latency.slownessUsdPerMs,
                latency.breachUsd,
                followers,
                accessStretch,
                sharing,
                told.limits().people().orElse(-1));
    }

    private Optional<RegionGroups> reference(RegionGroups configured) {
        return switch (latency.reference) {
            case JITSI -> Optional.of(RegionGroups.JITSI);
            case CONFIGURED -> Optional.of(configured);
            case NONE -> Optional.empty();
        };
    }

    EgressPrices allPrices() {
        EgressPrices all = switch (prices) {
            case AWS -> EgressPrices.aws();
            case GCP -> EgressPrices.gcp();
            case OCI -> EgressPrices.oci();
            case NONE -> EgressPrices.flat(0, 0);
        };
        for (Map.Entry<Region, Double> price : internet.entrySet()) {
            all = all.withInternet(price.getKey(), price.getValue());
        }
        for (Map.Entry<RegionPair, Double> price : between.entrySet()) {
            all = all.withBetween(price.getKey().from, price.getKey().to, price.getValue());
        }
        for (Map.Entry<String, Tariff> provider : providers.entrySet()) {
            all = all.with(provider.getKey(), provider.getValue());
        }
        return all;
    }

    private RoundTrips allRoundTrips() {
        RoundTrips all = RoundTrips.shipped();
        for (Map.Entry<RegionPair, Double> millis : roundTrips.entrySet()) {
            all = all.with(millis.getKey().from, millis.getKey().to, millis.getValue());
        }
        for (Map.Entry<Region, Coordinates> region : regions.entrySet()) {
            all = all.with(region.getKey(), region.getValue());
        }
        return all;
    }
}
