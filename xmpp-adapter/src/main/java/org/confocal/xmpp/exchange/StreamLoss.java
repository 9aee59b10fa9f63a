package org.confocal.xmpp.exchange;

import java.time.Duration;
import org.confocal.focus.journal.Journal;

/**
 * What a connection whose stream has ended knows of the reason: perhaps another process has it by right, which must not be
 * disturbed then. One thread.
 */
public final class StreamLoss {
    /** So long a plain loss is held back where nobody can say whose stream it is: longer than a healthy Redis needs to answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private boolean lost;
    private boolean replaced;
    private long sinceNanos;

    /**
     * The stream has ended.
     *
     * @param byAnother whether the server says that another connection has taken its place
     */
    public void lost(boolean byAnother) {
        lost = true;
        replaced = byAnother;
        sinceNanos = System.nanoTime();
    }

    /** There is a stream again. */
    public void over() {
        lost = false;
    }

    /** Whether it is too early to connect again; where it is, ask again later. */
    public boolean tooEarly(Journal journal) {
        return lost && (replaced || System.nanoTime() - sinceNanos < PATIENCE.toNanos()) && !journal.certain();
    }
}
