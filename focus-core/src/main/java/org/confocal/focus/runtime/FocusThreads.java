package org.confocal.focus.runtime;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of one focus: a small pool that steps conferences and one thread for timers. Closed after the adapters, so
 * that nobody hands anything in any more; what is handed in all the same is dropped.
 */
public final class FocusThreads implements AutoCloseable {
    private final ThreadPoolExecutor workers;
    private final ScheduledThreadPoolExecutor scheduler;

    /** So many workers; {@code name} is in front of the threads' names. */
    public FocusThreads(String name, int workers) {
        this.workers = new ThreadPoolExecutor(
                workers,
                workers,
                0,
                TimeUnit.NANOSECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().name(name + "-worker-", 0).factory(),
                new ThreadPoolExecutor.DiscardPolicy());
        this.scheduler = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name(name + "-timer").factory(), new ThreadPoolExecutor.DiscardPolicy());
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

    /**
     * Begins nothing any more: what waits is dropped, timers too. For a focus that another process goes on with, before its
     * adapters are closed: what they then say is not for it to act on.
     */
    public void halt() {
        scheduler.shutdownNow();
        workers.shutdown();
        workers.getQueue().clear();
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
