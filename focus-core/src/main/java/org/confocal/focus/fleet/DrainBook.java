package org.confocal.focus.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.confocal.focus.view.DrainControl;
import org.confocal.focus.view.DrainControl.Target;
import org.confocal.strategy.BridgeSnapshot;

/**
 * All drains, oldest first. Immutable.
 *
 * @param last how many there have ever been
 */
record DrainBook(List<Drain> drains, int last) {
    static final DrainBook EMPTY = new DrainBook(List.of(), 0);

    DrainBook {
        drains = List.copyOf(drains);
    }

    boolean isFull() {
        return drains.size() >= DrainControl.MOST;
    }

    Optional<Drain> of(Target target) {
        return drains.stream().filter(drain -> drain.target().equals(target)).findFirst();
    }

    Optional<Drain> find(String id) {
        return drains.stream().filter(drain -> drain.id().equals(id)).findFirst();
    }

    /** The oldest drain of a bridge, which is the one that moves its people. */
    Optional<Drain> covering(BridgeSnapshot bridge) {
        return drains.stream().filter(drain -> drain.covers(bridge)).findFirst();
    }

    String nextId() {
        return "drain-" + (last + 1);
    }

    DrainBook with(Drain next) {
        List<Drain> longer = new ArrayList<>(drains);
        longer.add(next);
        return new DrainBook(longer, last + 1);
    }

    DrainBook without(String id) {
        return new DrainBook(
                drains.stream().filter(drain -> !drain.id().equals(id)).toList(), last);
    }

    /** No effect where it has been undone. */
    DrainBook changed(String id, UnaryOperator<Drain> change) {
        return new DrainBook(
                drains.stream()
                        .map(drain -> drain.id().equals(id) ? change.apply(drain) : drain)
                        .toList(),
                last);
    }
}
