package org.confocal.focus.serial;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * The timers of one owner, by key. Starting a key that runs replaces it. What runs out is not acted on by the scheduler's
 * thread: it hands a {@link Due} to the owner's mailbox, and the owner asks {@link #claim} whether it still counts. A timer
 * that was cancelled or replaced while its {@code Due} was under way is thereby dropped.
 *
 * <p>Everything but the hand-over happens on the owner's thread. At most one timer a key runs, so their number is bounded
 * by the owner's keys.
 *
 * @param <K> the keys; compared with {@code equals}
 */
public final class Timers<K> {
    private static final long LONGEST = TimeUnit.DAYS.toNanos(365);

    private final ScheduledExecutorService scheduler;
    private final LongAdder gauge;
    private final Consumer<Due<K>> mailbox;
    private final Map<K, Running<K>> running = new HashMap<>();

    /**
     * No timer yet.
     *
     * @param gauge counts running timers; may be shared with other owners
     * @param mailbox called on the scheduler's thread; must not block
     */
    public Timers(ScheduledExecutorService scheduler, LongAdder gauge, Consumer<Due<K>> mailbox) {
        this.scheduler = scheduler;
        this.gauge = gauge;
        this.mailbox = mailbox;
    }

    /** A timer that ran out. Compared by identity: each start makes a new one. */
    public static final class Due<K> {
        private final K key;

        private Due(K key) {
            this.key = key;
        }

        public K key() {
            return key;
        }

        @Override
        public String toString() {
            return "Due[" + key + "]";
        }
    }

    private record Running<K>(Due<K> due, ScheduledFuture<?> future) {}

    /**
     * Starts a timer, instead of the one that runs under this key.
     *
     * @param after nothing or less is due at once; more than a year counts as a year
     */
    public void start(K key, Duration after) {
        cancel(key);
        Due<K> due = new Due<>(key);
        running.put(key, new Running<>(due, schedule(due, after)));
        gauge.increment();
    }

    /** Stops a timer; nothing happens where none runs under this key. */
    public void cancel(K key) {
        Running<K> stopped = running.remove(key);
        if (stopped != null) {
            stopped.future().cancel(false);
            gauge.decrement();
        }
    }

    public void cancelAll() {
        List.copyOf(running.keySet()).forEach(this::cancel);
    }

    /** Whether this is what the timer that runs under its key has become; if so, it runs no more. True at most once. */
    public boolean claim(Due<K> due) {
        Running<K> candidate = running.get(due.key());
        if (candidate == null || candidate.due() != due) {
            return false;
        }
        running.remove(due.key());
        gauge.decrement();
        return true;
    }

    /** How many run. */
    public int count() {
        return running.size();
    }

    private ScheduledFuture<?> schedule(Due<K> due, Duration after) {
        long nanos = after.compareTo(Duration.ofNanos(LONGEST)) > 0 ? LONGEST : Math.max(0, after.toNanos());
        return scheduler.schedule(() -> mailbox.accept(due), nanos, TimeUnit.NANOSECONDS);
    }
}
