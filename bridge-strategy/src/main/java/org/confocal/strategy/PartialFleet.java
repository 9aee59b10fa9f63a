package org.confocal.strategy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Some bridges of another view: which ones is its own matter, what is known of each is the other's. */
public interface PartialFleet extends FleetView {

    /** The other view. */
    FleetView whole();

    @Override
    default Optional<BridgeSnapshot> known(BridgeId id) {
        return whole().known(id);
    }

    @Override
    default BridgeKind kind(BridgeSnapshot bridge) {
        return whole().kind(bridge);
    }

    @Override
    default double stress(BridgeSnapshot bridge, Instant at) {
        return whole().stress(bridge, at);
    }

    @Override
    default double maxPacketRate(BridgeSnapshot bridge) {
        return whole().maxPacketRate(bridge);
    }

    @Override
    default LoadModel loadModel() {
        return whole().loadModel();
    }

    @Override
    default double stressThreshold() {
        return whole().stressThreshold();
    }

    @Override
    default int endpoints(BridgeId id) {
        return whole().endpoints(id);
    }

    @Override
    default int conferences(BridgeId id) {
        return whole().conferences(id);
    }

    @Override
    default long turn(BridgeId id) {
        return whole().turn(id);
    }

    @Override
    default int recentlyAdded(BridgeId id, RoomId room, Duration within, Instant at) {
        return whole().recentlyAdded(id, room, within, at);
    }
}
