package org.confocal.xmpp.exchange;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** Lets a few lines a minute through and counts the rest: peers can make us log, but not fill a disk. Any thread. */
public final class LogBudget {

    private static final long MINUTE_NANOS = 60_000_000_000L;

    private final int linesPerMinute;
    private final AtomicLong windowStart = new AtomicLong(System.nanoTime());
    private final AtomicLong inWindow = new AtomicLong();
    private final AtomicLong suppressed = new AtomicLong();

    public LogBudget(int linesPerMinute) {
        this.linesPerMinute = linesPerMinute;
    }

    /** Calls {@code line} with the number of lines that were left out before it, or leaves it out too. */
    public void log(LongConsumer line) {
        long now = System.nanoTime();
        long start = windowStart.get();
        if (now - start > MINUTE_NANOS && windowStart.compareAndSet(start, now)) {
            inWindow.set(0);
        }
        if (inWindow.incrementAndGet() <= linesPerMinute) {
            line.accept(suppressed.getAndSet(0));
        } else {
            suppressed.incrementAndGet();
        }
    }
}
