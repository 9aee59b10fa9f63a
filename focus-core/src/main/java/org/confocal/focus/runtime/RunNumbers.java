package org.confocal.focus.runtime;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Numbers the runs of conferences, so that a late answer is not taken for one to another run in the same room. Each process
 * begins at a random number: what the one before it had reached would be wrong where the end of the journal is lost. Any
 * thread.
 */
final class RunNumbers {
    private final AtomicInteger last;

    /** From the lower 31 bits of {@code random} on. */
    RunNumbers(long random) {
        last = new AtomicInteger((int) random & Integer.MAX_VALUE);
    }

    /** In 0 to 2^31-1. */
    int next() {
        return last.incrementAndGet() & Integer.MAX_VALUE;
    }
}
