package org.confocal.strategy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Some bridges of a fleet, by the number of their stay, and for each part of the tree what a search must know to leave it
 * out. An immutable binary trie of the numbers, bits from the highest on, without levels of one child: a changed copy shares
 * all but one path with the original, there is nothing to balance, and the shape depends on what is in it only. A path is
 * as long as the numbers have bits at most; of bridges that joined in a row it is the binary logarithm of their number.
 */
sealed interface BridgeTree {
    /** At least 1. */
    int size();

    /** The lowest number. */
    long first();

    int fewestEndpoints();

    /** {@link Instant#MIN} where one never failed. */
    Instant firstFailure();

    Instant lastFailure();

    /** A lower bound of the stress of each of them. */
    LoadCurve curve();

    /** With this bridge added, or in the place of the one of its number. */
    BridgeTree with(Leaf leaf);

    /** Null when none is left. No effect of a number that is not in it. */
    @Nullable
    BridgeTree without(long number);

    record Leaf(BridgeCell cell, LoadCurve curve) implements BridgeTree {
        static Leaf of(BridgeCell cell, FleetConfig config) {
            return new Leaf(cell, LoadCurve.of(cell.reportedStress(), cell.ledger(), config.rampup()));
        }

        @Override
        public int size() {
            return 1;
        }

        @Override
        public long first() {
            return cell.number();
        }

        @Override
        public int fewestEndpoints() {
            return cell.endpoints();
        }

        @Override
        public Instant firstFailure() {
            return cell.bridge().condition().failedAt().orElse(Instant.MIN);
        }

        @Override
        public Instant lastFailure() {
            return firstFailure();
        }

        @Override
        public BridgeTree with(Leaf leaf) {
            return leaf.first() == first() ? leaf : Branch.joining(this, leaf);
        }

        @Override
        public @Nullable BridgeTree without(long number) {
            return number == first() ? null : this;
        }
    }

    /**
     * Two trees whose numbers agree in all bits above {@code bit}.
     *
     * @param left its numbers have that bit clear
     */
    record Branch(
            long bit,
            long first,
            int size,
            int fewestEndpoints,
            Instant firstFailure,
            Instant lastFailure,
            LoadCurve curve,
            BridgeTree left,
            BridgeTree right)
            implements BridgeTree {

        private static Branch of(long bit, BridgeTree left, BridgeTree right) {
            return new Branch(
                    bit,
                    left.first(),
                    left.size() + right.size(),
                    Math.min(left.fewestEndpoints(), right.fewestEndpoints()),
                    left.firstFailure().isBefore(right.firstFailure()) ? left.firstFailure() : right.firstFailure(),
                    left.lastFailure().isAfter(right.lastFailure()) ? left.lastFailure() : right.lastFailure(),
                    left.curve().lower(right.curve()),
                    left,
                    right);
        }

        private static Branch joining(BridgeTree tree, BridgeTree other) {
            long bit = Long.highestOneBit(tree.first() ^ other.first());
            return (tree.first() & bit) == 0 ? of(bit, tree, other) : of(bit, other, tree);
        }

        private boolean covers(long number) {
            return Long.highestOneBit(number ^ first) <= bit;
        }

        @Override
        public BridgeTree with(Leaf leaf) {
            if (!covers(leaf.first())) {
                return joining(this, leaf);
            }
            return (leaf.first() & bit) == 0 ? of(bit, left.with(leaf), right) : of(bit, left, right.with(leaf));
        }

        @Override
        public @Nullable BridgeTree without(long number) {
            if (!covers(number)) {
                return this;
            }
            boolean onTheLeft = (number & bit) == 0;
            BridgeTree rest = (onTheLeft ? left : right).without(number);
            if (rest == null) {
                return onTheLeft ? right : left;
            }
            return onTheLeft ? of(bit, rest, right) : of(bit, left, rest);
        }
    }
}
