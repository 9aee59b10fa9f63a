package org.confocal.strategy;

import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import org.confocal.strategy.BridgeTree.Branch;
import org.confocal.strategy.BridgeTree.Leaf;
import org.confocal.strategy.Sieve.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * The bridges of some trees in the order of stress, best first and lazily: a branch is opened when its bound is the least of all
 * that is left, and a bridge is handed out when its own stress is. Of equally stressed ones those with fewest endpoints come
 * first, then those that joined first. So the first one costs about the length of a path, and each
 * further one less. Confined to whoever asked for it.
 */
final class BridgeSearch implements Iterator<BridgeSnapshot> {
    private static final Comparator<Entry> BEST_FIRST = (one, other) -> {
        int byStress = Double.compare(one.stress, other.stress);
        if (byStress != 0) {
            return byStress;
        }
        int byEndpoints = Integer.compare(one.endpoints, other.endpoints);
        return byEndpoints == 0 ? Long.compare(one.number, other.number) : byEndpoints;
    };

    private final Instant at;
    private final LoadCurve.Moment moment;
    private final FleetConfig config;
    private final PriorityQueue<Entry> queue = new PriorityQueue<>(BEST_FIRST);

    /**
     * A tree that may hold the next bridge, with lower bounds; or that bridge.
     *
     * @param exact whether {@code tree} is a bridge that counts, and {@code stress} its own
     */
    private record Entry(double stress, int endpoints, long number, BridgeTree tree, Sieve sieve, boolean exact) {}

    private BridgeSearch(Instant at, FleetConfig config) {
        this.at = at;
        this.moment = LoadCurve.Moment.of(at, config.rampup());
        this.config = config;
    }

    /** In ascending order of stress; of equally stressed ones those with fewest endpoints first. Add trees to it. */
    static BridgeSearch byStress(Instant at, FleetConfig config) {
        return new BridgeSearch(at, config);
    }

    BridgeSearch in(BridgeTree tree, Sieve sieve) {
        Entry entry = entry(tree, sieve);
        if (entry != null) {
            queue.add(entry);
        }
        return this;
    }

    private @Nullable Entry entry(BridgeTree tree, Sieve sieve) {
        Verdict verdict = sieve.verdict(tree);
        if (verdict == Verdict.NONE) {
            return null;
        }
        Sieve further = verdict == Verdict.ALL ? Sieve.All.BRIDGES : sieve;
        return new Entry(tree.curve().at(moment), tree.fewestEndpoints(), tree.first(), tree, further, false);
    }

    @Override
    public boolean hasNext() {
        while (!queue.isEmpty() && !queue.element().exact) {
            Entry opened = opened(queue.remove());
            // The better part of a branch is often the best of all: it need not queue.
            while (opened != null
                    && !opened.exact
                    && (queue.isEmpty() || BEST_FIRST.compare(opened, queue.element()) < 0)) {
                opened = opened(opened);
            }
            if (opened != null) {
                queue.add(opened);
            }
        }
        return !queue.isEmpty();
    }

    /** The better part of a branch, while the other one queues; or a bridge that counts, with its own stress. */
    private @Nullable Entry opened(Entry entry) {
        switch (entry.tree) {
            case Branch branch -> {
                Entry left = entry(branch.left(), entry.sieve);
                Entry right = entry(branch.right(), entry.sieve);
                if (left == null || right == null) {
                    return left == null ? right : left;
                }
                boolean leftFirst = BEST_FIRST.compare(left, right) < 0;
                queue.add(leftFirst ? right : left);
                return leftFirst ? left : right;
            }
            case Leaf leaf -> {
                return entry.sieve.admits(leaf.cell().bridge())
                        ? new Entry(
                                leaf.cell().stress(at, config), entry.endpoints, entry.number, leaf, entry.sieve, true)
                        : null;
            }
        }
    }

    @Override
    public BridgeSnapshot next() {
        if (!hasNext() || !(queue.remove().tree instanceof Leaf leaf)) {
            throw new NoSuchElementException();
        }
        return leaf.cell().bridge();
    }
}
