package org.confocal.strategy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * How the load of bridges is read.
 *
 * @param stressSource which figures count
 * @param maxPacketRate packets per second, in and out together, of a bridge that no class matches; above 0
 * @param classes first match wins
 * @param averageParticipantStress what a new participant adds until reports show it, where load is constant and the bridge
 *     does not say; above 0
 * @param rampup how long a reservation counts at most
 * @param stressThreshold from here on a bridge is overloaded; above 0
 * @param failureReset how long a bridge is out that was silent or says that it is broken, and at most for failed allocations
 * @param load what a new participant is expected to cost
 * @param breaker when failed allocations count for everybody
 */
public record FleetConfig(
        StressSource stressSource,
        double maxPacketRate,
        List<BridgeClass> classes,
        double averageParticipantStress,
        Duration rampup,
        double stressThreshold,
        Duration failureReset,
        LoadConfig load,
        BreakerConfig breaker) {

    public static final FleetConfig DEFAULTS = new FleetConfig(
            StressSource.MAX, 50_000, List.of(), 0.01, Duration.ofSeconds(20), 0.8, Duration.ofMinutes(1));

    /** The same load for everybody, as Jicofo does it. */
    public FleetConfig(
            StressSource stressSource,
            double maxPacketRate,
            List<BridgeClass> classes,
            double averageParticipantStress,
            Duration rampup,
            double stressThreshold,
            Duration failureReset) {
        this(
                stressSource,
                maxPacketRate,
                classes,
                averageParticipantStress,
                rampup,
                stressThreshold,
                failureReset,
                LoadConfig.CONSTANT);
    }

    /** With the usual breaker. */
    public FleetConfig(
            StressSource stressSource,
            double maxPacketRate,
            List<BridgeClass> classes,
            double averageParticipantStress,
            Duration rampup,
            double stressThreshold,
            Duration failureReset,
            LoadConfig load) {
        this(
                stressSource,
                maxPacketRate,
                classes,
                averageParticipantStress,
                rampup,
                stressThreshold,
                failureReset,
                load,
                BreakerConfig.DEFAULTS);
    }

    public FleetConfig {
        classes = List.copyOf(classes);
        requirePositive("maxPacketRate", maxPacketRate);
        requirePositive("averageParticipantStress", averageParticipantStress);
        requirePositive("stressThreshold", stressThreshold);
        requireNotNegative("rampup", rampup);
        requireNotNegative("failureReset", failureReset);
    }

    public FleetConfig with(LoadConfig newLoad) {
        return new FleetConfig(
                stressSource,
                maxPacketRate,
                classes,
                averageParticipantStress,
                rampup,
                stressThreshold,
                failureReset,
                newLoad,
                breaker);
    }

    public FleetConfig with(BreakerConfig newBreaker) {
        return new FleetConfig(
                stressSource,
                maxPacketRate,
                classes,
                averageParticipantStress,
                rampup,
                stressThreshold,
                failureReset,
                load,
                newBreaker);
    }

    private static void requirePositive(String name, double value) {
        if (!(value > 0 && value <= BridgeReport.MAX_FIGURE)) {
            throw new IllegalArgumentException(
                    name + " must be above 0 and at most " + BridgeReport.MAX_FIGURE + ", not " + value);
        }
    }

    private static void requireNotNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative: " + value);
        }
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
     * @param maxPacketRate packets per second, above 0; empty for the general one
     */
    public record BridgeClass(
            String name, Optional<Region> region, Optional<Pattern> bridgePattern, OptionalDouble maxPacketRate) {
        public BridgeClass {
            maxPacketRate.ifPresent(rate -> requirePositive("maxPacketRate of " + name, rate));
        }

        /** Whether a bridge is of this kind. A bridge that reports no region is of no region's kind. */
        public boolean matches(BridgeId bridge, Optional<Region> bridgeRegion) {
            return (region.isEmpty() || region.equals(bridgeRegion))
                    && bridgePattern
                            .map(pattern -> pattern.matcher(bridge.value()).matches())
                            .orElse(true);
        }
    }
}
