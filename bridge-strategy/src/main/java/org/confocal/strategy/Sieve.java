package org.confocal.strategy;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.confocal.strategy.BridgeCondition.Standing;

/** Which bridges of a tree count: those whose last failure suits. Whole branches are taken or left at once where they can be. */
sealed interface Sieve {
    /** What becomes of a tree. */
    enum Verdict {
        ALL,
        NONE,
        SOME_PERHAPS
    }

    Verdict verdict(BridgeTree tree);

    boolean admits(BridgeSnapshot bridge);

    /** The others. */
    default Sieve inverse() {
        return new Not(this);
    }

    /** How many bridges of a tree count. */
    default int count(BridgeTree tree) {
        return switch (verdict(tree)) {
            case ALL -> tree.size();
            case NONE -> 0;
            case SOME_PERHAPS ->
                switch (tree) {
                    case BridgeTree.Leaf leaf -> admits(leaf.cell().bridge()) ? 1 : 0;
                    case BridgeTree.Branch branch -> count(branch.left()) + count(branch.right());
                };
        };
    }

    /** Whether any bridge of a tree counts. */
    default boolean any(BridgeTree tree) {
        return switch (verdict(tree)) {
            case ALL -> true;
            case NONE -> false;
            case SOME_PERHAPS ->
                switch (tree) {
                    case BridgeTree.Leaf leaf -> admits(leaf.cell().bridge());
                    case BridgeTree.Branch branch -> any(branch.left()) || any(branch.right());
                };
        };
    }

    /** No bridge is left out. */
    enum All implements Sieve {
        BRIDGES;

        @Override
        public Verdict verdict(BridgeTree tree) {
            return Verdict.ALL;
        }

        @Override
        public boolean admits(BridgeSnapshot bridge) {
            return true;
        }
    }

    /**
     * Those that may be chosen for anybody at a time.
     *
     * @param before failures until then are forgiven
     * @param after failures from then on are so, too: the clock was set back
     */
    record Trusted(Instant at, Duration failureReset, Instant before, Instant after) implements Sieve {
        static Trusted at(Instant at, Duration failureReset) {
            Duration past = Duration.between(Instant.MIN, at);
            Duration future = Duration.between(at, Instant.MAX);
            return new Trusted(
                    at,
                    failureReset,
                    failureReset.compareTo(past) >= 0 ? Instant.MIN : at.minus(failureReset),
                    failureReset.compareTo(future) >= 0 ? Instant.MAX : at.plus(failureReset));
        }

        @Override
        public Verdict verdict(BridgeTree tree) {
            if (!tree.lastFailure().isAfter(before) || !tree.firstFailure().isBefore(after)) {
                return Verdict.ALL;
            }
            boolean none =
                    tree.firstFailure().isAfter(before) && tree.lastFailure().isBefore(after);
            return none ? Verdict.NONE : Verdict.SOME_PERHAPS;
        }

        @Override
        public boolean admits(BridgeSnapshot bridge) {
            return bridge.condition().standing(at, failureReset) == Standing.TRUSTED;
        }
    }

    /** Those that failed last at that time; at {@link Instant#MIN} those that never failed. */
    record FailedAt(Instant failure) implements Sieve {
        @Override
        public Verdict verdict(BridgeTree tree) {
            if (failure.isBefore(tree.firstFailure()) || failure.isAfter(tree.lastFailure())) {
                return Verdict.NONE;
            }
            return tree.firstFailure().equals(tree.lastFailure()) ? Verdict.ALL : Verdict.SOME_PERHAPS;
        }

        @Override
        public boolean admits(BridgeSnapshot bridge) {
            return bridge.condition().failedAt().orElse(Instant.MIN).equals(failure);
        }
    }

    /** Of those that pass another sieve, all but a few. */
    record But(Sieve these, Set<BridgeId> not) implements Sieve {
        @Override
        public Verdict verdict(BridgeTree tree) {
            Verdict verdict = these.verdict(tree);
            return verdict == Verdict.ALL ? Verdict.SOME_PERHAPS : verdict;
        }

        @Override
        public boolean admits(BridgeSnapshot bridge) {
            return these.admits(bridge) && !not.contains(bridge.id());
        }
    }

    /** All but these. */
    record Not(Sieve these) implements Sieve {
        @Override
        public Verdict verdict(BridgeTree tree) {
            return switch (these.verdict(tree)) {
                case ALL -> Verdict.NONE;
                case NONE -> Verdict.ALL;
                case SOME_PERHAPS -> Verdict.SOME_PERHAPS;
            };
        }

        @Override
        public boolean admits(BridgeSnapshot bridge) {
            return !these.admits(bridge);
        }
    }
}
