package org.confocal.strategy;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The fields of a bridge's presence that Confocal uses (spec/05, section 2). Empty means: not reported. Every figure is
 * between 0 and {@value #MAX_FIGURE}, so that no sum of them is ever infinite or not a number.
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

    /** No bridge is a billion times too busy, and none handles a billion packets per second. */
    public static final double MAX_FIGURE = 1e9;

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

    public BridgeReport {
        requireFigure("stressLevel", stressLevel);
        requireFigure("packetRateDownload", packetRateDownload);
        requireFigure("packetRateUpload", packetRateUpload);
        requireFigure("averageParticipantStress", averageParticipantStress);
    }

    /** Whether a figure may stand in a report: a number from 0 to {@value #MAX_FIGURE}. */
    static boolean isFigure(double value) {
        return value >= 0 && value <= MAX_FIGURE;
    }

    private static void requireFigure(String name, OptionalDouble value) {
        if (value.isPresent() && !isFigure(value.getAsDouble())) {
            throw new IllegalArgumentException(
                    name + " must be from 0 to " + MAX_FIGURE + ", not " + value.getAsDouble());
        }
    }

    /**
     * What is known after a further report: its fields, and the last value of those that it leaves out. Graceful shutdown
     * and shutting down are one-way: once true they stay true.
     */
    public BridgeReport updatedBy(BridgeReport later) {
        return new BridgeReport(
                newer(later.stressLevel, stressLevel),
                newer(later.packetRateDownload, packetRateDownload),
                newer(later.packetRateUpload, packetRateUpload),
                newer(later.averageParticipantStress, averageParticipantStress),
                newer(later.drain, drain),
                begun(gracefulShutdown) ? gracefulShutdown : newer(later.gracefulShutdown, gracefulShutdown),
                begun(shuttingDown) ? shuttingDown : newer(later.shuttingDown, shuttingDown),
                newer(later.healthy, healthy),
                newer(later.version, version),
                newer(later.release, release),
                newer(later.region, region),
                newer(later.relayId, relayId));
    }

    private static <T> Optional<T> newer(Optional<T> later, Optional<T> known) {
        return later.isPresent() ? later : known;
    }

    private static OptionalDouble newer(OptionalDouble later, OptionalDouble known) {
        return later.isPresent() ? later : known;
    }

    private static boolean begun(Optional<Boolean> oneWay) {
        return oneWay.orElse(false);
    }

    /** The same, in graceful shutdown. */
    public BridgeReport withGracefulShutdown() {
        return new BridgeReport(
                stressLevel,
                packetRateDownload,
                packetRateUpload,
                averageParticipantStress,
                drain,
                Optional.of(true),
                shuttingDown,
                healthy,
                version,
                release,
                region,
                relayId);
    }

    /** The same, draining or not. */
    BridgeReport withDrain(Optional<Boolean> other) {
        return new BridgeReport(
                stressLevel,
                packetRateDownload,
                packetRateUpload,
                averageParticipantStress,
                other,
                gracefulShutdown,
                shuttingDown,
                healthy,
                version,
                release,
                region,
                relayId);
    }

    /** {@code version-release}, or the version alone, or empty where none was reported. */
    public Optional<String> fullVersion() {
        return version.map(v -> release.map(r -> v + "-" + r).orElse(v));
    }
}
