package org.confocal.focus.serial;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A queue whose elements are handed to one consumer, one at a time, in the order in which they were put in; each on some
 * thread of a shared pool, and never two at once. What the consumer did with one element is visible to it with the next.
 *
 * <p>Put in from any thread, without waiting. Two bounds: {@link #offer} respects {@code capacity}; {@link #force} is for
 * what must not be lost and respects {@code hardCapacity} only. A mailbox occupies the pool's queue at most once, and gives
 * the thread back after {@value #BATCH} elements, so that a busy one does not starve the others. The {@link Receipt} under
 * which an element was put in is held until the consumer is done with it.
 *
 * @param <T> what is put in
 */
public final class SerialMailbox<T> {
    private static final int BATCH = 64;

    private final Executor pool;
    private final Consumer<T> consumer;
    private final int capacity;
    private final int hardCapacity;
    private final Queue<Waiting<T>> queue = new ConcurrentLinkedQueue<>();

    /** Places taken, counted before the element is in the queue: this makes the bounds exact. */
    private final AtomicInteger taken = new AtomicInteger();

    /** Elements in the queue that nobody has worked off, counted after they are in: who raises it from 0 starts a run. */
    private final AtomicInteger pending = new AtomicInteger();

    private record Waiting<T>(T element, Receipt receipt) {}

    /**
     * An empty mailbox.
     *
     * @param consumer must not block; what it throws goes to the pool's thread, and the next element is taken all the same
     * @param capacity above 0
     * @param hardCapacity at least {@code capacity}
     */
    public SerialMailbox(Executor pool, int capacity, int hardCapacity, Consumer<T> consumer) {
        if (capacity < 1 || hardCapacity < capacity) {
            throw new IllegalArgumentException("0 < capacity <= hardCapacity, not " + capacity + ", " + hardCapacity);
        }
        this.pool = pool;
        this.capacity = capacity;
        this.hardCapacity = hardCapacity;
        this.consumer = consumer;
    }

    /** Puts an element in; false where the mailbox is full. */
    public boolean offer(T element) {
        return put(element, capacity);
    }

    /** Puts an element in even where {@link #offer} would not; false where the hard bound is reached as well. */
    public boolean force(T element) {
        return put(element, hardCapacity);
    }

    /** How many elements wait; the one being worked on does not count. */
    public int size() {
        return taken.get();
    }

    private boolean put(T element, int bound) {
        int before;
        do {
            before = taken.get();
            if (before >= bound) {
                return false;
            }
        } while (!taken.compareAndSet(before, before + 1));
        queue.add(new Waiting<>(element, Receipt.current().retain()));
        if (pending.getAndIncrement() == 0) {
            begin();
        }
        return true;
    }

    private void begin() {
        try {
            pool.execute(this::run);
        } catch (RejectedExecutionException closed) {
            // Nobody works here any more: the process hands over, or ends. What came too late is the next one's.
            taken.set(hardCapacity);
        }
    }

    private void run() {
        int done = 0;
        try {
            while (done < BATCH) {
                Waiting<T> next = queue.poll();
                if (next == null) {
                    break;
                }
                done++;
                taken.decrementAndGet();
                consume(next);
            }
        } finally {
            // An element can be polled before its put has counted it; pending dips below 0 then until the put counts,
            // and
            // whoever lifts it from 0 still starts exactly one run. While a run is on, pending is above 0: no second
            // one.
            if (pending.addAndGet(-done) > 0) {
                goOn();
            }
        }
    }

    private void consume(Waiting<T> next) {
        try {
            next.receipt().during(() -> consumer.accept(next.element()));
        } finally {
            next.receipt().release();
        }
    }

    private void goOn() {
        try {
            pool.execute(this::run);
        } catch (RejectedExecutionException closing) {
            // A pool that is being closed finishes what has begun: what waits here was put in before. A batch deeper
            // each
            // time, so no deeper than the mailbox is long.
            run();
        }
    }
}
