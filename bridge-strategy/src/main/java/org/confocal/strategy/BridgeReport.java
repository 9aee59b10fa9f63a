package org.confocal.strategy;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The fields of a bridge's presence that Confocal uses (spec/05, section 2). Empty means: not reported.
 *
 * @param stressLevel the bridge's own figure, at least 0
 * @param packetRateDownload packets per second in, relays included, at least 0
 * @param packetRateUpload packets per second out, relays included, at least 0
 * @param averageParticipantStress what one more participant adds, by the bridge's own configuration
 * @param drain used last; until it is reported a bridge counts as draining
 * @param gracefulShutdown emptying, one way
 * @param shuttingDown endpoints are to be moved away now
 * @param healthy the bridge's own verdict; absent counts as healthy
 */
public record BridgeReport(
        OptionalDouble stressLevel,
        OptionalDouble packetRateDownload,
        OptionalDouble packetRateUpload,
        OptionalDouble averageParticipantStress,
        Optional<Boolean> drain,
        Optional<Boolean> gracefulShutdown,
        Optional<Boolean> shuttingDown,
        Optional<Boolean> healthy,
        Optional<String> version,
        Optional<String> release,
        Optional<Region> region,
        Optional<String> relayId) {

    /** Nothing reported. */
    public static final BridgeReport EMPTY = new BridgeReport(
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** {@code version-release}, or the version alone, or empty where none was reported. */
    public Optional<String> fullVersion() {
        return version.map(v -> release.map(r -> v + "-" + r).orElse(v));
    }
}
