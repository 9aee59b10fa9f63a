package org.confocal.focus.runtime;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * The threads of one focus: a small pool that steps conferences and one thread for timers. Closed after the adapters, so
 * that nobody hands anything in any more.
 */
public final class FocusThreads implements AutoCloseable {
    private final ExecutorService workers;
    private final ScheduledThreadPoolExecutor scheduler;

    /** So many workers; {@code name} is in front of the threads' names. */
    public FocusThreads(String name, int workers) {
        this.workers = Executors.newFixedThreadPool(
                workers, Thread.ofPlatform().name(name + "-worker-", 0).factory());
        this.scheduler = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name(name + "-timer").factory());
        // Most timers of a conference are cancelled; without this they would stay in memory until they were due.
        scheduler.setRemoveOnCancelPolicy(true);
        scheduler.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** As many as there are cores, and two at least. */
    public static FocusThreads forThisMachine(String name) {
        return new FocusThreads(name, Math.max(2, Runtime.getRuntime().availableProcessors()));
    }

    public ExecutorService workers() {
        return workers;
    }

    public ScheduledExecutorService scheduler() {
        return scheduler;
    }

    /** Finishes what has begun, drops timers, and ends the threads. */
    @Override
    public void close() {
        scheduler.shutdownNow();
        workers.shutdown();
        scheduler.close();
        workers.close();
    }
}
