package org.confocal.xmpp.gateway;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Does something later, once. */
@FunctionalInterface
public interface Timers {

    /** A started timer. */
    @FunctionalInterface
    interface Timer {
        /** Too late once it fired, and harmless then. */
        void cancel();
    }

    /** Runs {@code action} after that time, on a thread of the implementation; it must not block. */
    Timer start(Duration after, Runnable action);

    /** Timers of an executor; once that is shut down nothing is started any more. */
    static Timers over(ScheduledExecutorService executor) {
        return (after, action) -> {
            try {
                Future<?> scheduled = executor.schedule(action, after.toNanos(), TimeUnit.NANOSECONDS);
                return () -> scheduled.cancel(false);
            } catch (RejectedExecutionException e) {
                return () -> {};
            }
        };
    }
}
