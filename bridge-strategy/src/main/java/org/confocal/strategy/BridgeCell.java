package org.confocal.strategy;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * All that the fleet holds of one bridge. Immutable.
 *
 * @param number counts the bridges that ever joined: tells this stay in the brewery from an earlier one of the same id
 * @param kind its region and class
 * @param group what else selections ask of it
 * @param maxPacketRate packets per second at stress 1
 * @param reportedStress by the configured source
 * @param ledger what is not in the reports yet
 * @param endpoints exactly those that were reserved and not released
 */
record BridgeCell(
        long number,
        BridgeSnapshot bridge,
        BridgeKind kind,
        BridgeGroup group,
        double maxPacketRate,
        double reportedStress,
        Ledger ledger,
        int endpoints) {

    static BridgeCell of(long number, BridgeSnapshot bridge, FleetConfig config) {
        Optional<FleetConfig.BridgeClass> bridgeClass = bridgeClass(bridge, config);
        double maxPacketRate = bridgeClass
                .map(FleetConfig.BridgeClass::maxPacketRate)
                .orElse(OptionalDouble.empty())
                .orElse(config.maxPacketRate());
        BridgeKind kind = new BridgeKind(bridge.region(), bridgeClass.map(FleetConfig.BridgeClass::name));
        return new BridgeCell(
                number,
                bridge,
                kind,
                BridgeGroup.of(bridge, config),
                maxPacketRate,
                reportedStress(bridge.report(), maxPacketRate, config),
                Ledger.EMPTY,
                0);
    }

    /** The same stay in the brewery, with newer knowledge of the bridge. */
    BridgeCell with(BridgeSnapshot newer, FleetConfig config) {
        BridgeCell cell = of(number, newer, config);
        return new BridgeCell(
                number, newer, cell.kind, cell.group, cell.maxPacketRate, cell.reportedStress, ledger, endpoints);
    }

    BridgeCell reserved(double load, Instant at, FleetConfig config) {
        return withLoad(ledger.reserved(load, at, config.rampup()), endpoints + 1);
    }

    BridgeCell released(long tick, double load, Instant at, FleetConfig config) {
        return withLoad(ledger.released(tick, load, at, config.rampup()), endpoints - 1);
    }

    private BridgeCell withLoad(Ledger nextLedger, int nextEndpoints) {
        return new BridgeCell(number, bridge, kind, group, maxPacketRate, reportedStress, nextLedger, nextEndpoints);
    }

    /** What was reported, corrected by what is not in the reports yet; never below 0. */
    double stress(Instant at, FleetConfig config) {
        return Math.max(0, reportedStress + ledger.pending(at, config.rampup()));
    }

    private static Optional<FleetConfig.BridgeClass> bridgeClass(BridgeSnapshot bridge, FleetConfig config) {
        for (FleetConfig.BridgeClass bridgeClass : config.classes()) {
            if (bridgeClass.matches(bridge.id(), bridge.region())) {
                return Optional.of(bridgeClass);
            }
        }
        return Optional.empty();
    }

    private static double reportedStress(BridgeReport report, double maxPacketRate, FleetConfig config) {
        OptionalDouble reported = report.stressLevel();
        OptionalDouble byPackets = byPackets(report, maxPacketRate);
        return switch (config.stressSource()) {
            case PACKET_RATE -> byPackets.orElse(reported.orElse(0));
            case REPORTED -> reported.orElse(byPackets.orElse(0));
            case MAX -> Math.max(byPackets.orElse(0), reported.orElse(0));
        };
    }

    /** One direction alone would show a busy bridge as half idle, so it does not count as reported. */
    private static OptionalDouble byPackets(BridgeReport report, double maxPacketRate) {
        if (report.packetRateDownload().isEmpty() || report.packetRateUpload().isEmpty()) {
            return OptionalDouble.empty();
        }
        double packets = report.packetRateDownload().getAsDouble()
                + report.packetRateUpload().getAsDouble();
        return OptionalDouble.of(packets / maxPacketRate);
    }

    double participantStress(FleetConfig config) {
        return bridge.report().averageParticipantStress().orElse(config.averageParticipantStress());
    }

    /** What one of the focus's endpoints took when it was placed. */
    record Seat(BridgeId bridge, long number, long tick, double load) {}

    /** An endpoint id is unique in its room only. */
    record SeatKey(RoomId room, EndpointId endpoint) {}
}
