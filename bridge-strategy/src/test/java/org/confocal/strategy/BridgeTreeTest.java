package org.confocal.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.strategy.StrategyFixture.NOW;
import static org.confocal.strategy.StrategyFixture.id;
import static org.confocal.strategy.StrategyFixture.usable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.confocal.strategy.BridgeTree.Leaf;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BridgeTreeTest {
    /** A bridge comes or changes (with these figures), or goes. */
    record Change(long number, boolean put, int percent, int endpoints, int failedSecond) {
        BridgeCell cell() {
            BridgeCondition condition = failedSecond == 0
                    ? BridgeCondition.GOOD
                    : BridgeCondition.GOOD.failed(NOW.plusSeconds(failedSecond));
            BridgeReport report = usable("stress_level", "" + percent / 100.0);
            BridgeSnapshot bridge = new BridgeSnapshot(id("jvb" + number), NOW, NOW, report, condition);
            BridgeCell cell = BridgeCell.of(number, bridge, FleetConfig.DEFAULTS);
            for (int i = 0; i < endpoints; i++) {
                cell = cell.reserved(0.01, NOW, FleetConfig.DEFAULTS);
            }
            return cell;
        }
    }

    @Property(tries = 500)
    void behavesAsATreeMapDoes(@ForAll("changes") List<Change> changes) {
        @Nullable BridgeTree tree = null;
        TreeMap<Long, BridgeCell> oracle = new TreeMap<>();
        for (Change change : changes) {
            BridgeTree before = tree;
            TreeMap<Long, BridgeCell> beforeOracle = new TreeMap<>(oracle);
            if (change.put) {
                BridgeCell cell = change.cell();
                Leaf leaf = Leaf.of(cell, FleetConfig.DEFAULTS);
                tree = tree == null ? leaf : tree.with(leaf);
                oracle.put(change.number, cell);
            } else {
                tree = tree == null ? null : tree.without(change.number);
                oracle.remove(change.number);
            }
            assertSame(tree, oracle);
            assertSame(before, beforeOracle);
        }
    }

    private static void assertSame(@Nullable BridgeTree tree, SortedMap<Long, BridgeCell> oracle) {
        if (tree == null) {
            assertThat(oracle).isEmpty();
            return;
        }
        List<BridgeCell> cells = new ArrayList<>();
        collect(tree, cells);
        assertThat(cells).containsExactlyElementsOf(oracle.values());
        assertThat(tree.size()).isEqualTo(oracle.size());
        assertThat(tree.first()).isEqualTo(oracle.firstKey());
        assertThat(tree.fewestEndpoints())
                .isEqualTo(oracle.values().stream()
                        .mapToInt(BridgeCell::endpoints)
                        .min()
                        .orElseThrow());
        List<Instant> failures = oracle.values().stream()
                .map(cell -> cell.bridge().condition().failedAt())
                .map(failure -> failure.orElse(Instant.MIN))
                .sorted()
                .toList();
        assertThat(tree.firstFailure()).isEqualTo(failures.getFirst());
        assertThat(tree.lastFailure()).isEqualTo(failures.getLast());
        double least = oracle.values().stream()
                .mapToDouble(cell -> cell.stress(NOW.plusSeconds(1), FleetConfig.DEFAULTS))
                .min()
                .orElseThrow();
        // So soon nothing has aged, and the bound is the very stress.
        assertThat(tree.curve().at(LoadCurve.Moment.of(NOW.plusSeconds(1), FleetConfig.DEFAULTS.rampup())))
                .isEqualTo(least);
    }

    private static void collect(BridgeTree tree, List<BridgeCell> cells) {
        switch (tree) {
            case Leaf leaf -> cells.add(leaf.cell());
            case BridgeTree.Branch branch -> {
                collect(branch.left(), cells);
                collect(branch.right(), cells);
            }
        }
    }

    @Provide
    Arbitrary<List<Change>> changes() {
        return Combinators.combine(
                        Arbitraries.of(0L, 1L, 2L, 3L, 7L, 8L, 9L, 1L << 32, 1 + (1L << 32), Long.MAX_VALUE),
                        Arbitraries.of(true, true, false),
                        Arbitraries.integers().between(0, 100),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, 3))
                .as(Change::new)
                .list()
                .ofMaxSize(40);
    }

    @Test
    void ofBridgesThatJoinedInARowAPathIsTheLogarithmOfTheirNumber() {
        BridgeTree tree = leaf(0);
        for (int i = 1; i < 10_000; i++) {
            tree = tree.with(leaf(i));
        }
        assertThat(depth(tree)).isEqualTo(14);
    }

    @Test
    void theShapeDoesNotDependOnWhatWasThere() {
        BridgeTree direct = leaf(3).with(leaf(5)).with(leaf(9));
        BridgeTree detour = leaf(9).with(leaf(4)).with(leaf(5)).with(leaf(3)).without(4);

        assertThat(shape(detour)).isEqualTo(shape(direct));
    }

    private static Leaf leaf(int number) {
        return Leaf.of(new Change(number, true, 10, 0, 0).cell(), FleetConfig.DEFAULTS);
    }

    private static int depth(BridgeTree tree) {
        return switch (tree) {
            case Leaf leaf -> 0;
            case BridgeTree.Branch branch -> 1 + Math.max(depth(branch.left()), depth(branch.right()));
        };
    }

    private static Object shape(@Nullable BridgeTree tree) {
        return switch (Optional.ofNullable(tree).orElseThrow()) {
            case Leaf leaf -> leaf.first();
            case BridgeTree.Branch branch ->
                Map.of("left", shape(branch.left()), "right", shape(branch.right()), "bit", branch.bit());
        };
    }
}
