package org.confocal.strategy;

import java.time.Instant;
import java.util.OptionalInt;

/**
 * How many more people a bridge can take: what is left of its stress below the threshold, reservations included, over what
 * one of them adds. Pure; any thread.
 *
 * <p>Whom they will talk to is not known. Where load is reserved as expected ({@link LoadConfig.Reserve}), each of them is
 * taken to be the last of a call of {@value #TYPICAL_CALL} on that bridge (docs/placement.md, section 5); else what everybody
 * is reserved.
 */
public final class FreeCapacity {
    private static final int TYPICAL_CALL = 10;

    private FreeCapacity() {}

    /** 0 or more, whether or not the bridge may be chosen; empty where it reports no load, so that nobody knows. */
    public static OptionalInt of(BridgeSnapshot bridge, FleetSnapshot fleet, Instant at) {
        BridgeCell cell = fleet.index().get(bridge.id());
        BridgeReport report = bridge.report();
        boolean reports = report.stressLevel().isPresent()
                || report.packetRateDownload().isPresent()
                || report.packetRateUpload().isPresent();
        if (cell == null || !reports) {
            return OptionalInt.empty();
        }
        double left = Math.max(0, fleet.stressThreshold() - fleet.stress(bridge, at));
        double each = each(cell, fleet);
        // Where people cost nothing, their load says nothing about how many there may be.
        return each > 0 ? OptionalInt.of((int) Math.min(Integer.MAX_VALUE, left / each)) : OptionalInt.empty();
    }

    private static double each(BridgeCell cell, FleetSnapshot fleet) {
        return switch (fleet.config().load().reserve()) {
            case CONSTANT -> cell.participantStress(fleet.config());
            case EXPECTED -> {
                LoadModel model = fleet.loadModel();
                Crowd call =
                        new Crowd(TYPICAL_CALL, TYPICAL_CALL * model.videoShare(), TYPICAL_CALL * model.audioShare());
                yield model.joiner(TYPICAL_CALL - 1, call, 1) / cell.capacity();
            }
        };
    }
}
