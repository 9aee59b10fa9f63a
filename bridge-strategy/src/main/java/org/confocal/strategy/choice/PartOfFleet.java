package org.confocal.strategy.choice;

import java.time.Duration;
import java.time.Instant;
import java.util.AbstractCollection;
import java.util.Collection;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.BridgeKind;
import org.confocal.strategy.BridgeSnapshot;
import org.confocal.strategy.FleetView;
import org.confocal.strategy.LoadModel;
import org.confocal.strategy.RoomId;

/**
 * A fleet without a few bridges; nothing is copied. Immutable.
 *
 * @param hidden of a conference's size, not of the fleet's
 * @param at when it is looked at
 */
record PartOfFleet(FleetView whole, Set<BridgeId> hidden, Instant at) implements FleetView {
    PartOfFleet {
        hidden = Set.copyOf(hidden);
    }

    private boolean shown(BridgeSnapshot bridge) {
        return !hidden.contains(bridge.id());
    }

    private Iterator<BridgeSnapshot> shown(Iterator<BridgeSnapshot> all) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(all, Spliterator.ORDERED), false)
                .filter(this::shown)
                .iterator();
    }

    @Override
    public Collection<BridgeSnapshot> bridges() {
        Collection<BridgeSnapshot> all = whole.bridges();
        int missing =
                (int) hidden.stream().filter(id -> whole.bridge(id).isPresent()).count();
        return new AbstractCollection<>() {
            @Override
            public Iterator<BridgeSnapshot> iterator() {
                return shown(all.iterator());
            }

            @Override
            public int size() {
                return all.size() - missing;
            }
        };
    }

    @Override
    public Optional<BridgeSnapshot> bridge(BridgeId id) {
        return hidden.contains(id) ? Optional.empty() : whole.bridge(id);
    }

    @Override
    public Optional<BridgeSnapshot> known(BridgeId id) {
        return whole.known(id);
    }

    /** Those that have a bridge left. */
    @Override
    public Collection<BridgeKind> kinds() {
        return whole.kinds().stream()
                .filter(kind -> byStress(kind, at).hasNext())
                .toList();
    }

    @Override
    public BridgeKind kind(BridgeSnapshot bridge) {
        return whole.kind(bridge);
    }

    @Override
    public Iterator<BridgeSnapshot> byStress(Instant at) {
        return shown(whole.byStress(at));
    }

    @Override
    public Iterator<BridgeSnapshot> byStress(BridgeKind kind, Instant at) {
        return shown(whole.byStress(kind, at));
    }

    @Override
    public double stress(BridgeSnapshot bridge, Instant at) {
        return whole.stress(bridge, at);
    }

    @Override
    public double maxPacketRate(BridgeSnapshot bridge) {
        return whole.maxPacketRate(bridge);
    }

    @Override
    public LoadModel loadModel() {
        return whole.loadModel();
    }

    @Override
    public double stressThreshold() {
        return whole.stressThreshold();
    }

    @Override
    public int endpoints(BridgeId id) {
        return whole.endpoints(id);
    }

    @Override
    public int conferences(BridgeId id) {
        return whole.conferences(id);
    }

    @Override
    public long turn(BridgeId id) {
        return whole.turn(id);
    }

    @Override
    public int recentlyAdded(BridgeId id, RoomId room, Duration within, Instant at) {
        return whole.recentlyAdded(id, room, within, at);
    }
}
