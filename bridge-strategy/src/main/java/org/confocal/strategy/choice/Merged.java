package org.confocal.strategy.choice;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import org.confocal.strategy.BridgeSnapshot;

/** Ordered sequences as one, lazily: each is asked for one bridge more than has been taken from it. */
final class Merged implements Iterator<BridgeSnapshot> {
    private final PriorityQueue<Head> heads;

    private record Head(BridgeSnapshot bridge, Iterator<BridgeSnapshot> rest) {}

    /**
     * @param sorted each in the order of {@code order}
     */
    Merged(List<Iterator<BridgeSnapshot>> sorted, Comparator<BridgeSnapshot> order) {
        heads = new PriorityQueue<>(Comparator.comparing(Head::bridge, order));
        sorted.forEach(this::advance);
    }

    @Override
    public boolean hasNext() {
        return !heads.isEmpty();
    }

    @Override
    public BridgeSnapshot next() {
        Head head = heads.poll();
        if (head == null) {
            throw new NoSuchElementException();
        }
        advance(head.rest);
        return head.bridge;
    }

    private void advance(Iterator<BridgeSnapshot> rest) {
        if (rest.hasNext()) {
            heads.add(new Head(rest.next(), rest));
        }
    }
}
