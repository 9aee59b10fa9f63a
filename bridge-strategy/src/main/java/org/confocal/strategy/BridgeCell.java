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
 * @param capacity packets per second of stress 1, for load that is computed and not reported
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
        double capacity,
        double reportedStress,
        Ledger ledger,
        int endpoints) {
    private static final double AVERAGE_PARTICIPANT = 500;
    /** No bridge is so small that two people fill it. */
    private static final double LEAST_CAPACITY = 1000;

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
                capacity(bridge.report(), bridgeClass, maxPacketRate, config),
                reportedStress(bridge.report(), maxPacketRate, config),
                Ledger.EMPTY,
                0);
    }

    /** The same stay in the brewery, with newer knowledge of the bridge. */
    BridgeCell with(BridgeSnapshot newer, FleetConfig config) {
        BridgeCell cell = of(number, newer, config);
        return new BridgeCell(
                number,
                newer,
                cell.kind,
                cell.group,
                cell.maxPacketRate,
                cell.capacity,
                cell.reportedStress,
                ledger,
                endpoints);
    }

    BridgeCell reserved(double load, Instant at, FleetConfig config) {
        return withLoad(ledger.reserved(load, at, config.rampup()), endpoints + 1);
    }

    /** @param shown what reports show of that load once it has aged out */
    BridgeCell released(Seat seat, double shown, Instant at, FleetConfig config) {
        return withLoad(ledger.released(seat.tick, seat.load, shown, at, config.rampup()), endpoints - 1);
    }

    private BridgeCell withLoad(Ledger nextLedger, int nextEndpoints) {
        return new BridgeCell(
                number, bridge, kind, group, maxPacketRate, capacity, reportedStress, nextLedger, nextEndpoints);
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

    /**
     * Where stress is read from packet rates it is what those are divided by. A bridge of which only a stress is known
     * tells by what it says of an average participant, which is one of {@value #AVERAGE_PARTICIPANT} packets per second:
     * 0.01 of 50,000, 0.005 of 100,000 (placement.md, section 3).
     */
    private static double capacity(
            BridgeReport report,
            Optional<FleetConfig.BridgeClass> bridgeClass,
            double maxPacketRate,
            FleetConfig config) {
        boolean ratesCount = config.stressSource() != FleetConfig.StressSource.REPORTED
                && byPackets(report, maxPacketRate).isPresent();
        boolean configured =
                bridgeClass.filter(found -> found.maxPacketRate().isPresent()).isPresent();
        double own = report.averageParticipantStress().orElse(0);
        return ratesCount || configured || own <= 0
                ? maxPacketRate
                : Math.max(LEAST_CAPACITY, Math.min(BridgeReport.MAX_FIGURE, AVERAGE_PARTICIPANT / own));
    }

    double participantStress(FleetConfig config) {
        return bridge.report().averageParticipantStress().orElse(config.averageParticipantStress());
    }

    /** What one of the focus's endpoints took when it was placed. */
    record Seat(BridgeId bridge, long number, long tick, double load) {}

    /** An endpoint id is unique in its room only. */
    record SeatKey(RoomId room, EndpointId endpoint) {}
}
