package org.confocal.strategy;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How the load of bridges is read.
 *
 * @param stressSource which figures count
 * @param maxPacketRate packets per second, in and out together, of a bridge that no class matches; above 0
 * @param classes first match wins
 * @param averageParticipantStress what a new participant adds until reports show it, where the bridge does not say;
 *     above 0
 * @param rampup how long a reservation counts at most
 * @param stressThreshold from here on a bridge is overloaded; above 0
 * @param failureReset how long a failure keeps a bridge out at least
 */
public record FleetConfig(
        StressSource stressSource,
        double maxPacketRate,
        List<BridgeClass> classes,
        double averageParticipantStress,
        Duration rampup,
        double stressThreshold,
        Duration failureReset) {

    public static final FleetConfig DEFAULTS = new FleetConfig(
            StressSource.MAX, 50_000, List.of(), 0.01, Duration.ofSeconds(20), 0.8, Duration.ofMinutes(1));

    public FleetConfig {
        classes = List.copyOf(classes);
    }

    /** Which figure is a bridge's stress ({@code stress.source}). */
    public enum StressSource {
        /** (packets in + packets out) / maximum packet rate; the reported figure where no rates are reported. */
        PACKET_RATE,
        /** What the bridge reports; packet rates where it reports none. */
        REPORTED,
        /** The larger of the two. */
        MAX
    }

    /**
     * Bridges of a kind.
     *
     * @param region matches a bridge of this region; empty matches all
     * @param bridgePattern a regular expression that must match the whole bridge id; empty matches all
     * @param maxPacketRate packets per second; empty for the general one
     */
    public record BridgeClass(
            String name,
            java.util.Optional<Region> region,
            java.util.Optional<java.util.regex.Pattern> bridgePattern,
            OptionalDouble maxPacketRate) {}
}
