package org.confocal.strategy;

import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import org.confocal.strategy.BridgeTree.Branch;
import org.confocal.strategy.BridgeTree.Leaf;
import org.confocal.strategy.Sieve.Verdict;

/**
 * The bridges of some trees in an order, best first and lazily: a branch is opened when its bound is the least of all that is
 * left, and a bridge is handed out when its own figure is. So the first one costs about the length of a path, and each
 * further one less. Confined to whoever asked for it.
 */
final class BridgeSearch implements Iterator<BridgeCell> {
    private static final Comparator<Entry> BEST_FIRST = (one, other) -> {
        int byFigure = Double.compare(one.figure, other.figure);
        if (byFigure != 0) {
            return byFigure;
        }
        int byEndpoints = Integer.compare(one.endpoints, other.endpoints);
        return byEndpoints == 0 ? Long.compare(one.number, other.number) : byEndpoints;
    };

    private final Order order;
    private final PriorityQueue<Entry> queue = new PriorityQueue<>(BEST_FIRST);

    /**
     * A tree that may hold the next bridge, with lower bounds; or that bridge.
     *
     * @param exact whether {@code tree} is a bridge that counts, and {@code figure} its own
     */
    private record Entry(double figure, int endpoints, long number, BridgeTree tree, Sieve sieve, boolean exact) {}

    /** By what they are ordered; of equals the one that joined first comes first. */
    private interface Order {
        double bound(BridgeTree tree);

        double exact(BridgeCell cell);

        int endpoints(BridgeTree tree);
    }

    private record ByStress(Instant at, long millis, FleetConfig config) implements Order {
        @Override
        public double bound(BridgeTree tree) {
            return tree.curve().at(millis);
        }

        @Override
        public double exact(BridgeCell cell) {
            return cell.stress(at, config);
        }

        @Override
        public int endpoints(BridgeTree tree) {
            return tree.fewestEndpoints();
        }
    }

    private record ByJoining() implements Order {
        @Override
        public double bound(BridgeTree tree) {
            return 0;
        }

        @Override
        public double exact(BridgeCell cell) {
            return 0;
        }

        @Override
        public int endpoints(BridgeTree tree) {
            return 0;
        }
    }

    private BridgeSearch(Order order) {
        this.order = order;
    }

    /** In ascending order of stress; of equally stressed ones those with fewest endpoints first. Add trees to it. */
    static BridgeSearch byStress(Instant at, FleetConfig config) {
        return new BridgeSearch(new ByStress(at, at.toEpochMilli(), config));
    }

    /** In the order in which they joined. Add trees to it. */
    static BridgeSearch byJoining() {
        return new BridgeSearch(new ByJoining());
    }

    BridgeSearch in(BridgeTree tree, Sieve sieve) {
        Verdict verdict = sieve.verdict(tree);
        if (verdict != Verdict.NONE) {
            Sieve further = verdict == Verdict.ALL ? Sieve.All.BRIDGES : sieve;
            queue.add(new Entry(order.bound(tree), order.endpoints(tree), tree.first(), tree, further, false));
        }
        return this;
    }

    @Override
    public boolean hasNext() {
        while (!queue.isEmpty() && !queue.element().exact) {
            Entry entry = queue.remove();
            switch (entry.tree) {
                case Branch branch -> in(branch.left(), entry.sieve).in(branch.right(), entry.sieve);
                case Leaf leaf -> {
                    if (entry.sieve.admits(leaf.cell().bridge())) {
                        double figure = order.exact(leaf.cell());
                        queue.add(new Entry(figure, entry.endpoints, entry.number, leaf, entry.sieve, true));
                    }
                }
            }
        }
        return !queue.isEmpty();
    }

    @Override
    public BridgeCell next() {
        if (!hasNext() || !(queue.remove().tree instanceof Leaf leaf)) {
            throw new NoSuchElementException();
        }
        return leaf.cell();
    }

    /** The same as what others may see of them. */
    Iterator<BridgeSnapshot> bridges() {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return BridgeSearch.this.hasNext();
            }

            @Override
            public BridgeSnapshot next() {
                return BridgeSearch.this.next().bridge();
            }
        };
    }
}
