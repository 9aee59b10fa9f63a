package org.confocal.journal;

import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what goes wrong in what others handed in, and logs the first few. */
final class Faults {
    private static final Logger LOG = LoggerFactory.getLogger(BatchingJournal.class);
    private static final int LOGGED = 10;

    private final AtomicLong count = new AtomicLong();

    void thrown(String what, Throwable thrown) {
        if (count.incrementAndGet() <= LOGGED) {
            LOG.error("{} threw; the journal goes on", what, thrown);
        }
    }

    void counted() {
        count.incrementAndGet();
    }

    long count() {
        return count.get();
    }
}
