package org.confocal.focus.serial;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * A clock and a scheduler that a test moves by hand. Used on one thread; a task that throws fails the call of {@link
 * #advance}.
 */
public final class VirtualTime extends AbstractExecutorService implements ScheduledExecutorService, InstantSource {
    private static final Comparator<Task<?>> BY_TIME =
            Comparator.<Task<?>, Instant>comparing(task -> task.due).thenComparingLong(task -> task.number);

    private final PriorityQueue<Task<?>> tasks = new PriorityQueue<>(BY_TIME);
    private Instant now = Instant.parse("2024-02-29T23:59:00Z");
    private long number;

    @Override
    public Instant instant() {
        return now;
    }

    /** Lets time pass, and everything that becomes due meanwhile happen at its moment. */
    public void advance(Duration by) {
        Instant end = now.plus(by);
        for (Task<?> next = tasks.peek(); next != null && !next.due.isAfter(end); next = tasks.peek()) {
            tasks.remove();
            now = next.due.isAfter(now) ? next.due : now;
            next.runNow();
        }
        now = end;
    }

    /** How many tasks wait. */
    public int waiting() {
        return tasks.size();
    }

    /** Runs what is scheduled even if it was cancelled meanwhile: a task that lost the race against its cancelling. */
    public Runnable lateCopyOfNext() {
        return tasks.element().body;
    }

    private final class Task<V> extends FutureTask<V> implements ScheduledFuture<V> {
        private final Runnable body;
        private final Instant due;
        private final long number;

        Task(Runnable body, Callable<V> callable, Instant due, long number) {
            super(callable);
            this.body = body;
            this.due = due;
            this.number = number;
        }

        void runNow() {
            run();
            if (state() == State.FAILED) {
                throw new AssertionError("a scheduled task failed", exceptionNow());
            }
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            tasks.remove(this);
            return super.cancel(mayInterruptIfRunning);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(Duration.between(now, due));
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        Task<Void> task = new Task<>(
                command,
                () -> {
                    command.run();
                    return null;
                },
                now.plusNanos(unit.toNanos(delay)),
                number++);
        tasks.add(task);
        return task;
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void execute(Runnable command) {
        command.run();
    }

    @Override
    public void shutdown() {
        tasks.clear();
    }

    @Override
    public List<Runnable> shutdownNow() {
        tasks.clear();
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return true;
    }
}
