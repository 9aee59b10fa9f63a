package org.confocal.strategy;

import java.util.ArrayList;
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
    /** Those of one kind in a row. */
    private final List<Section> sections;
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
            List<Section> sections,
            Map<BridgeKind, Range> ranges) {
        this.config = config;
        this.cells = cells;
        this.sections = sections;
        this.ranges = ranges;
    }

    static FleetIndex empty(FleetConfig config) {
        return new FleetIndex(config, PersistentMap.empty(), List.of(), Map.of());
    }

    @Nullable
    BridgeCell get(BridgeId id) {
        return cells.get(id);
    }

    /** Those of one kind in a row. */
    List<Section> sections() {
        return sections;
    }

    List<Section> sections(BridgeKind kind) {
        Range range = ranges.getOrDefault(kind, Range.EMPTY);
        return sections.subList(range.from, range.to);
    }

    FleetIndex with(BridgeId id, BridgeCell cell) {
        BridgeCell old = cells.get(id);
        boolean moves = old != null
                && !(old.number() == cell.number()
                        && old.kind().equals(cell.kind())
                        && old.group().equals(cell.group()));
        FleetIndex rest = old != null && moves ? without(id) : this;
        PersistentMap<BridgeId, BridgeCell> next = cells.with(id, cell);
        BridgeTree.Leaf leaf = BridgeTree.Leaf.of(cell, config);
        int place = rest.place(cell);
        if (place >= 0) {
            return rest.replacing(next, place, rest.sections.get(place).tree.with(leaf));
        }
        List<Section> more = new ArrayList<>(rest.sections);
        more.add(
                rest.ranges.getOrDefault(cell.kind(), Range.EMPTY).to,
                new Section(cell.kind(), rest.shared(cell.group()), leaf));
        return new FleetIndex(config, next, List.copyOf(more), ranges(more));
    }

    FleetIndex without(BridgeId id) {
        BridgeCell old = cells.get(id);
        if (old == null) {
            return this;
        }
        PersistentMap<BridgeId, BridgeCell> next = cells.without(id);
        int place = place(old);
        BridgeTree rest = sections.get(place).tree.without(old.number());
        if (rest != null) {
            return replacing(next, place, rest);
        }
        List<Section> fewer = new ArrayList<>(sections);
        fewer.remove(place);
        return new FleetIndex(config, next, List.copyOf(fewer), ranges(fewer));
    }

    /** One object for all sections of the same group: what selections ask of it is then at hand after the first one. */
    private BridgeGroup shared(BridgeGroup group) {
        for (Section section : sections) {
            if (section.group.equals(group)) {
                return section.group;
            }
        }
        return group;
    }

    private FleetIndex replacing(PersistentMap<BridgeId, BridgeCell> nextCells, int place, BridgeTree tree) {
        Section[] next = sections.toArray(Section[]::new);
        next[place] = new Section(next[place].kind, next[place].group, tree);
        return new FleetIndex(config, nextCells, List.of(next), ranges);
    }

    private static Map<BridgeKind, Range> ranges(List<Section> sections) {
        Map<BridgeKind, Range> ranges = new HashMap<>();
        for (int i = 0; i < sections.size(); i++) {
            ranges.merge(sections.get(i).kind, new Range(i, i + 1), (known, more) -> new Range(known.from, more.to));
        }
        return Map.copyOf(ranges);
    }

    private int place(BridgeCell cell) {
        Range range = ranges.getOrDefault(cell.kind(), Range.EMPTY);
        for (int i = range.from; i < range.to; i++) {
            if (sections.get(i).group.equals(cell.group())) {
                return i;
            }
        }
        return -1;
    }
}
