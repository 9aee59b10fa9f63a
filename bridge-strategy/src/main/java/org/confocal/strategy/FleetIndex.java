package org.confocal.strategy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bridges of a fleet by id, and by what a selection asks of them: kind, {@linkplain BridgeGroup group}, load. Immutable; a
 * changed copy shares all but a path. A selection looks at each pair of kind and group once, so these are meant to be few,
 * as regions, classes and versions are.
 */
final class FleetIndex {
    private final FleetConfig config;
    private final PersistentMap<BridgeId, BridgeCell> cells;
    private final PersistentMap<BridgeKind, List<Section>> sections;

    /** The bridges of one kind and group. */
    record Section(BridgeKind kind, BridgeGroup group, BridgeTree tree) {}

    private FleetIndex(
            FleetConfig config,
            PersistentMap<BridgeId, BridgeCell> cells,
            PersistentMap<BridgeKind, List<Section>> sections) {
        this.config = config;
        this.cells = cells;
        this.sections = sections;
    }

    static FleetIndex empty(FleetConfig config) {
        return new FleetIndex(config, PersistentMap.empty(), PersistentMap.empty());
    }

    @Nullable
    BridgeCell get(BridgeId id) {
        return cells.get(id);
    }

    /** Of one kind, in no particular order. */
    List<Section> sections(BridgeKind kind) {
        List<Section> found = sections.get(kind);
        return found == null ? List.of() : found;
    }

    /** All of them; those of one kind in a row. */
    List<Section> sections() {
        List<Section> all = new ArrayList<>();
        sections.forEachValue(all::addAll);
        return all;
    }

    FleetIndex with(BridgeId id, BridgeCell cell) {
        BridgeCell old = cells.get(id);
        boolean stays = old == null
                || (old.number() == cell.number()
                        && old.kind().equals(cell.kind())
                        && old.group().equals(cell.group()));
        PersistentMap<BridgeKind, List<Section>> without = old == null || stays ? sections : removed(old);
        return new FleetIndex(config, cells.with(id, cell), added(without, cell, config));
    }

    FleetIndex without(BridgeId id) {
        BridgeCell old = cells.get(id);
        return old == null ? this : new FleetIndex(config, cells.without(id), removed(old));
    }

    private static PersistentMap<BridgeKind, List<Section>> added(
            PersistentMap<BridgeKind, List<Section>> sections, BridgeCell cell, FleetConfig config) {
        BridgeTree.Leaf leaf = BridgeTree.Leaf.of(cell, config);
        List<Section> ofKind = sections.get(cell.kind());
        List<Section> next = new ArrayList<>(ofKind == null ? List.of() : ofKind);
        int place = place(next, cell.group());
        if (place < 0) {
            next.add(new Section(cell.kind(), cell.group(), leaf));
        } else {
            next.set(
                    place,
                    new Section(cell.kind(), cell.group(), next.get(place).tree.with(leaf)));
        }
        return sections.with(cell.kind(), List.copyOf(next));
    }

    private PersistentMap<BridgeKind, List<Section>> removed(BridgeCell cell) {
        List<Section> next = new ArrayList<>(sections(cell.kind()));
        int place = place(next, cell.group());
        BridgeTree rest = next.get(place).tree.without(cell.number());
        if (rest == null) {
            next.remove(place);
        } else {
            next.set(place, new Section(cell.kind(), cell.group(), rest));
        }
        return next.isEmpty() ? sections.without(cell.kind()) : sections.with(cell.kind(), List.copyOf(next));
    }

    private static int place(List<Section> sections, BridgeGroup group) {
        for (int i = 0; i < sections.size(); i++) {
            if (sections.get(i).group.equals(group)) {
                return i;
            }
        }
        return -1;
    }
}
