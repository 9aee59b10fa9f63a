package org.confocal.xmpp.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jivesoftware.smack.packet.Stanza;

/**
 * What waits to be handed to Smack, whose own queue makes senders wait. Bounded; at the bound the stream is given up, because
 * a stream with a hole in the middle would be worse. Any thread puts, one takes.
 */
final class OutboundQueue {

    static final int BOUND = 20_000;

    /** What is done with stanzas. */
    enum Gate {
        /** No session and none to resume: refused. */
        SHUT,
        /** A session, or one that may be resumed: kept in order. */
        OPEN
    }

    record Item(Stanza stanza, Runnable onFailure) {}

    private final AtomicReference<Gate> gate = new AtomicReference<>(Gate.SHUT);
    private final LinkedBlockingDeque<Item> items = new LinkedBlockingDeque<>(BOUND);
    private final Runnable onOverflow;

    OutboundQueue(Runnable onOverflow) {
        this.onOverflow = onOverflow;
    }

    void offer(Stanza stanza, Runnable onFailure) {
        if (gate.get() == Gate.SHUT) {
            onFailure.run();
        } else if (!items.offer(new Item(stanza, onFailure))) {
            onFailure.run();
            onOverflow.run();
        }
    }

    Optional<Item> poll(long millis) throws InterruptedException {
        return Optional.ofNullable(items.poll(millis, TimeUnit.MILLISECONDS));
    }

    /** The stanza could not be handed on; it is the next one again. */
    void putBack(Item item) {
        if (!items.offerFirst(item)) {
            item.onFailure().run();
            onOverflow.run();
        }
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    void open() {
        gate.set(Gate.OPEN);
    }

    /** Nothing that waits here will leave: the session it belongs to has ended. */
    void discard(Gate next) {
        gate.set(Gate.SHUT);
        List<Item> lost = new ArrayList<>();
        items.drainTo(lost);
        lost.forEach(item -> item.onFailure().run());
        gate.set(next);
    }
}
