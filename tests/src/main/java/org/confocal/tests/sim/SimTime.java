package org.confocal.tests.sim;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The clock of one process of the focus, and its scheduler of timers: both are the simulation's {@link Schedule}. Used on one
 * thread.
 */
final class SimTime extends AbstractExecutorService implements ScheduledExecutorService, InstantSource {
    private final Schedule schedule;
    private final SimLife life;

    SimTime(Schedule schedule, SimLife life) {
        this.schedule = schedule;
        this.life = life;
    }

    @Override
    public Instant instant() {
        return schedule.now();
    }

    private final class Task<V> extends FutureTask<V> implements ScheduledFuture<V> {
        private final Instant due;

        Task(Callable<V> body, Instant due) {
            super(body);
            this.due = due;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(Duration.between(schedule.now(), due));
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return schedule(
                () -> {
                    command.run();
                    return true;
                },
                delay,
                unit);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        Duration after = Duration.of(delay, unit.toChronoUnit());
        Task<V> task = new Task<>(callable, schedule.now().plus(after));
        schedule.in(
                after,
                "timer",
                () -> life.enter(() -> {
                    // A cancelled one does nothing.
                    task.run();
                    if (task.state() == FutureTask.State.FAILED && life.isAlive()) {
                        throw new IllegalStateException("a timer's task failed", task.exceptionNow());
                    }
                }));
        return task;
    }

    @Override
    public void execute(Runnable command) {
        throw new UnsupportedOperationException("the focus has workers for that");
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
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
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
        return false;
    }
}
