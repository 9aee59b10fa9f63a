package org.confocal.focus.serial;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands for something that came in until all that it brought about is in the journal; only then may it be acknowledged.
 * Whoever hands work to another thread keeps the {@link #current} one with it: {@link #retain} when it is enqueued, {@link
 * #during} around the work, {@link #release} after. The queues of this project do so by themselves.
 */
public final class Receipt {
    /** For work that nothing that came in brought about. */
    public static final Receipt NONE = new Receipt();

    private static final ThreadLocal<Receipt> CURRENT = ThreadLocal.withInitial(() -> NONE);

    private final long number;
    private final Runnable settled;
    private final AtomicInteger holders;

    private Receipt() {
        number = 0;
        settled = () -> {};
        holders = new AtomicInteger(-1);
    }

    private Receipt(long number, Runnable settled) {
        this.number = number;
        this.settled = settled;
        holders = new AtomicInteger(1);
    }

    /**
     * Handles what came in, on this thread.
     *
     * @param number of the stanza on its stream, from 1 on; the same when it comes again after a resumption
     * @param settled called once, on whatever thread ends the last of the work
     */
    public static void handle(long number, Runnable work, Runnable settled) {
        Receipt receipt = new Receipt(number, settled);
        try {
            receipt.during(work);
        } finally {
            receipt.release();
        }
    }

    /** What this thread is at work on. */
    public static Receipt current() {
        return CURRENT.get();
    }

    /** The number of the stanza; 0 for {@link #NONE}. */
    public long number() {
        return number;
    }

    /** Runs work that this brought about. */
    public void during(Runnable work) {
        Receipt before = CURRENT.get();
        if (before == this) {
            work.run();
            return;
        }
        CURRENT.set(this);
        try {
            work.run();
        } finally {
            CURRENT.set(before);
        }
    }

    /** There is more to do. Only by whoever holds it, or works under it. */
    public Receipt retain() {
        if (this != NONE) {
            holders.incrementAndGet();
        }
        return this;
    }

    /** That part is done. Once for each {@link #retain}. */
    public void release() {
        if (this != NONE && holders.decrementAndGet() == 0) {
            settled.run();
        }
    }
}
