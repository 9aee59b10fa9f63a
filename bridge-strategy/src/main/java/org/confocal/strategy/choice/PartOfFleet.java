package org.confocal.strategy.choice;

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
import org.confocal.strategy.PartialFleet;

/**
 * A fleet without a few bridges; nothing is copied. Immutable.
 *
 * @param hidden of a conference's size, not of the fleet's
 * @param at when it is looked at
 */
record PartOfFleet(FleetView whole, Set<BridgeId> hidden, Instant at) implements PartialFleet {
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

    /** Those that have a bridge left. */
    @Override
    public Collection<BridgeKind> kinds() {
        return whole.kinds().stream()
                .filter(kind -> byStress(kind, at).hasNext())
                .toList();
    }

    @Override
    public Iterator<BridgeSnapshot> byStress(Instant at) {
        return shown(whole.byStress(at));
    }

    @Override
    public Iterator<BridgeSnapshot> byStress(BridgeKind kind, Instant at) {
        return shown(whole.byStress(kind, at));
    }
}
