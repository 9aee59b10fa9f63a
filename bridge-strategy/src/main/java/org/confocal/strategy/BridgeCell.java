package org.confocal.strategy;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * All that the fleet holds of one bridge. Immutable.
 *
 * @param number counts the bridges that ever joined: tells this stay in the brewery from an earlier one of the same id
 * @param make what configuration says of it
 * @param group what else selections ask of it
 * @param capacity packets per second of stress 1, for load that is computed and not reported
 * @param reportedStress by the configured source
 * @param ledger what is not in the reports yet
 * @param endpoints exactly those that were reserved and not released
 */
record BridgeCell(
        long number,
        BridgeSnapshot bridge,
        Make make,
        BridgeGroup group,
        double capacity,
        double reportedStress,
        Ledger ledger,
        int endpoints) {
    private static final double AVERAGE_PARTICIPANT = 500;
    /** No bridge is so small that two people fill it. */
    private static final double LEAST_CAPACITY = 1000;

    private static final double ICE_FAILING = 0.01;

    /**
     * What configuration says of a bridge: a function of its id and region.
     *
     * @param maxPacketRate packets per second at stress 1
     * @param ownRate whether its class has such a rate of its own
     */
    record Make(BridgeKind kind, double maxPacketRate, boolean ownRate) {
        static Make of(BridgeSnapshot bridge, FleetConfig config) {
            for (FleetConfig.BridgeClass bridgeClass : config.classes()) {
                if (bridgeClass.matches(bridge.id(), bridge.region())) {
                    return new Make(
                            new BridgeKind(bridge.region(), Optional.of(bridgeClass.name())),
                            bridgeClass.maxPacketRate().orElse(config.maxPacketRate()),
                            bridgeClass.maxPacketRate().isPresent());
                }
            }
            return new Make(new BridgeKind(bridge.region(), Optional.empty()), config.maxPacketRate(), false);
        }
    }

    static BridgeCell of(long number, BridgeSnapshot bridge, FleetConfig config) {
        return of(number, bridge, Make.of(bridge, config), BridgeGroup.of(bridge, config), config);
    }

    private static BridgeCell of(long number, BridgeSnapshot bridge, Make make, BridgeGroup group, FleetConfig config) {
        return new BridgeCell(
                number,
                bridge,
                make,
                group,
                capacity(bridge.report(), make, config),
                reportedStress(bridge.report(), make.maxPacketRate, config),
                Ledger.EMPTY,
                0);
    }

    BridgeKind kind() {
        return make.kind;
    }

    double maxPacketRate() {
        return make.maxPacketRate;
    }

    /** The same stay in the brewery, with newer knowledge of the bridge. */
    BridgeCell with(BridgeSnapshot newer, FleetConfig config) {
        // One object for as long as nothing changes, so that to compare is to see that it is the same.
        Make nextMake = newer.region().equals(bridge.region()) ? make : Make.of(newer, config);
        BridgeGroup nextGroup = BridgeGroup.of(newer, config);
        BridgeCell cell = of(number, newer, nextMake, nextGroup.equals(group) ? group : nextGroup, config);
        return cell.withLoad(ledger.settled(newer.reportedAt(), config.rampup()), endpoints);
    }

    /** The same, with another object for an equal group. */
    BridgeCell with(BridgeGroup equal) {
        return new BridgeCell(number, bridge, make, equal, capacity, reportedStress, ledger, endpoints);
    }

    BridgeCell reserved(double load, Instant at, FleetConfig config) {
        return withLoad(ledger.reserved(load, at, config.rampup()), endpoints + 1);
    }

    /** @param shown what reports show of that load once it has aged out */
    BridgeCell released(Seat seat, double shown, Instant at, FleetConfig config) {
        return withLoad(ledger.released(seat.tick, seat.load, shown, at, config.rampup()), endpoints - 1);
    }

    private BridgeCell withLoad(Ledger nextLedger, int nextEndpoints) {
        return new BridgeCell(number, bridge, make, group, capacity, reportedStress, nextLedger, nextEndpoints);
    }

    /** What was reported, corrected by what is not in the reports yet; never below 0, and loaded where ICE fails. */
    double stress(Instant at, FleetConfig config) {
        // Enough to be loaded, as in Jicofo (spec/05, section 4).
        double least = bridge.condition().iceFailing() ? config.stressThreshold() + ICE_FAILING : 0;
        return Math.max(least, reportedStress + ledger.pending(at, config.rampup()));
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
    private static double capacity(BridgeReport report, Make make, FleetConfig config) {
        boolean ratesCount = config.stressSource() != FleetConfig.StressSource.REPORTED
                && byPackets(report, make.maxPacketRate).isPresent();
        double own = report.averageParticipantStress().orElse(0);
        return ratesCount || make.ownRate || own <= 0
                ? make.maxPacketRate
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
