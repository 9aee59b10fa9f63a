package org.confocal.strategy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bridges of a fleet by id, and by what a selection asks of them: kind, {@linkplain BridgeGroup group}, load. Immutable; a
 * changed copy shares all but a path and the list of sections. An event copies that list, and a selection looks at each of
 * it once, so pairs of kind and group are meant to be few, as regions, classes and versions are.
 */
final class FleetIndex {
    private final FleetConfig config;
    private final PersistentMap<BridgeId, BridgeCell> cells;
    // An array, because it is copied with each event.
    /** Those of one kind in a row. */
    private final Section[] sections;
    /** Where those of a kind are in {@link #sections}. */
    private final Map<BridgeKind, Range> ranges;

    /** The bridges of one kind and group. */
    record Section(BridgeKind kind, BridgeGroup group, BridgeTree tree) {}

    private record Range(int from, int to) {
        static final Range EMPTY = new Range(0, 0);
    }

    private FleetIndex(
            FleetConfig config,
            PersistentMap<BridgeId, BridgeCell> cells,
            Section[] sections,
            Map<BridgeKind, Range> ranges) {
        this.config = config;
        this.cells = cells;
        this.sections = sections;
        this.ranges = ranges;
    }

    static FleetIndex empty(FleetConfig config) {
        return new FleetIndex(config, PersistentMap.empty(), new Section[0], Map.of());
    }

    @Nullable
    BridgeCell get(BridgeId id) {
        return cells.get(id);
    }

    /** Those of one kind in a row. */
    List<Section> sections() {
        return Collections.unmodifiableList(Arrays.asList(sections));
    }

    List<Section> sections(BridgeKind kind) {
        Range range = range(kind);
        return sections().subList(range.from, range.to);
    }

    private Range range(BridgeKind kind) {
        Range range = ranges.get(kind);
        return range == null ? Range.EMPTY : range;
    }

    FleetIndex with(BridgeId id, BridgeCell cell) {
        BridgeCell old = cells.get(id);
        boolean moves = old != null
                && !(old.number() == cell.number()
                        && old.kind().equals(cell.kind())
                        && old.group().equals(cell.group()));
        FleetIndex rest = old != null && moves ? without(id) : this;
        return old == null || moves ? rest.adding(id, cell.with(rest.shared(cell.group()))) : rest.adding(id, cell);
    }

    private FleetIndex adding(BridgeId id, BridgeCell cell) {
        PersistentMap<BridgeId, BridgeCell> next = cells.with(id, cell);
        BridgeTree.Leaf leaf = BridgeTree.Leaf.of(cell, config);
        int place = place(cell);
        if (place >= 0) {
            return replacing(next, place, sections[place].tree.with(leaf));
        }
        List<Section> more = new ArrayList<>(sections());
        more.add(range(cell.kind()).to, new Section(cell.kind(), cell.group(), leaf));
        return new FleetIndex(config, next, more.toArray(Section[]::new), ranges(more));
    }

    FleetIndex without(BridgeId id) {
        BridgeCell old = cells.get(id);
        if (old == null) {
            return this;
        }
        PersistentMap<BridgeId, BridgeCell> next = cells.without(id);
        int place = place(old);
        BridgeTree rest = sections[place].tree.without(old.number());
        if (rest != null) {
            return replacing(next, place, rest);
        }
        List<Section> fewer = new ArrayList<>(sections());
        fewer.remove(place);
        return new FleetIndex(config, next, fewer.toArray(Section[]::new), ranges(fewer));
    }

    /**
     * One object for all equal groups, and for all equal versions: what selections ask of a group is then at hand after the first
     * section of it, and they compare versions at a glance.
     */
    private BridgeGroup shared(BridgeGroup group) {
        BridgeGroup alike = group;
        for (Section section : sections) {
            if (section.group.equals(group)) {
                return section.group;
            }
            if (section.group.version().equals(group.version())) {
                alike = group.with(section.group.version());
            }
        }
        return alike;
    }

    private FleetIndex replacing(PersistentMap<BridgeId, BridgeCell> nextCells, int place, BridgeTree tree) {
        Section[] next = sections.clone();
        next[place] = new Section(next[place].kind, next[place].group, tree);
        return new FleetIndex(config, nextCells, next, ranges);
    }

    private static Map<BridgeKind, Range> ranges(List<Section> sections) {
        Map<BridgeKind, Range> ranges = new HashMap<>();
        for (int i = 0; i < sections.size(); i++) {
            ranges.merge(sections.get(i).kind, new Range(i, i + 1), (known, more) -> new Range(known.from, more.to));
        }
        return Map.copyOf(ranges);
    }

    private int place(BridgeCell cell) {
        Range range = range(cell.kind());
        for (int i = range.from; i < range.to; i++) {
            if (sections[i].group.equals(cell.group())) {
                return i;
            }
        }
        return -1;
    }
}
