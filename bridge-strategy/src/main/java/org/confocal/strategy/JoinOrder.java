package org.confocal.strategy;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import org.confocal.strategy.BridgeTree.Branch;
import org.confocal.strategy.BridgeTree.Leaf;

/**
 * The bridges of some trees in the order in which they joined the brewery, lazily: a few cost a few steps each. Confined to
 * whoever asked for it.
 */
final class JoinOrder implements Iterator<BridgeCell> {
    private final PriorityQueue<Cursor> cursors = new PriorityQueue<>(Comparator.comparingLong(Cursor::number));

    /** The rest of one tree; the first of it is a bridge that counts, once it is settled. */
    private record Cursor(Deque<BridgeTree> rest, Sieve sieve) {
        long number() {
            return rest.element().first();
        }

        /** Whether any is left. */
        boolean settled() {
            while (!rest.isEmpty()) {
                switch (rest.element()) {
                    case Branch branch -> {
                        rest.remove();
                        push(branch.right());
                        push(branch.left());
                    }
                    case Leaf leaf -> {
                        if (sieve.admits(leaf.cell().bridge())) {
                            return true;
                        }
                        rest.remove();
                    }
                }
            }
            return false;
        }

        private void push(BridgeTree tree) {
            if (sieve.verdict(tree) != Sieve.Verdict.NONE) {
                rest.push(tree);
            }
        }
    }

    JoinOrder in(BridgeTree tree, Sieve sieve) {
        Cursor cursor = new Cursor(new ArrayDeque<>(), sieve);
        cursor.push(tree);
        return queued(cursor);
    }

    private JoinOrder queued(Cursor cursor) {
        if (cursor.settled()) {
            cursors.add(cursor);
        }
        return this;
    }

    @Override
    public boolean hasNext() {
        return !cursors.isEmpty();
    }

    @Override
    public BridgeCell next() {
        Cursor cursor = cursors.remove();
        if (!(cursor.rest.remove() instanceof Leaf leaf)) {
            throw new NoSuchElementException();
        }
        queued(cursor);
        return leaf.cell();
    }
}
