package org.confocal.journal;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal's thread: takes away what has gathered, writes it, calls back, again and again. Beside it one that looks twice a
 * second whether another process has taken over, and whether the disk has not come back to the first within the patience: then
 * another thread takes the turn, without the store until the first one is back.
 *
 * <p>What belongs to "the turn" is used by the thread whose turn it is and by no other; turns change under the lock of this.
 */
final class Keeper {
    private static final Logger LOG = LoggerFactory.getLogger(BatchingJournal.class);

    private final Supplier<Pending> swap;
    private final JournalTuning tuning;
    private final Fence fence;
    private final Runnable onLost;
    private final Faults faults = new Faults();
    private final Tally tally = new Tally();

    // The turn's.
    private final Map<String, byte[]> live;
    private JournalStore store;
    private boolean anew = true;
    private long retryAt;
    private long degradedSince;

    private volatile boolean degraded;
    private volatile boolean hurried = true;
    private volatile boolean over;
    // Changed under the lock of this.
    private volatile Turn turn = new Turn(Optional.empty());

    // Under the lock of this.
    private Optional<CompletableFuture<Boolean>> rest = Optional.empty();
    private boolean storeTaken;

    Keeper(
            Supplier<Pending> swap,
            SortedMap<String, byte[]> inherited,
            JournalStore store,
            JournalTuning tuning,
            Fence fence,
            Runnable onLost) {
        this.swap = swap;
        this.live = new HashMap<>(inherited);
        this.store = store;
        this.tuning = tuning;
        this.fence = fence;
        this.onLost = onLost;
    }

    /** One thread that has the turn, until the process ends or the disk keeps it too long. */
    private final class Turn {
        private final Thread thread;
        private final Optional<Pending> leftBehind;
        private Pending inHand = new Pending();
        private boolean replaced;
        private boolean atTheStore;
        private long atTheStoreSince;

        Turn(Optional<Pending> leftBehind) {
            this.leftBehind = leftBehind;
            this.thread = Thread.ofPlatform().name("journal").daemon().unstarted(this::run);
        }

        private void run() {
            leftBehind.ifPresent(pending -> pending.callBack(faults));
            boolean goesOn = true;
            while (goesOn && !over) {
                goesOn = keepNextOrDegrade(this);
            }
        }
    }

    synchronized void start() {
        turn.thread.start();
        tally.measure(turn.thread);
        Thread.ofPlatform().name("journal-watch").daemon().start(this::watch);
    }

    /** Somebody waits for what has gathered. What nobody waits for the thread finds by itself, soon enough. */
    void hurry() {
        hurried = true;
        LockSupport.unpark(turn.thread);
    }

    synchronized CompletableFuture<Boolean> rest() {
        CompletableFuture<Boolean> rested = rest.orElseGet(CompletableFuture::new);
        if (over) {
            rested.complete(false);
        }
        rest = Optional.of(rested);
        LockSupport.unpark(turn.thread);
        return rested;
    }

    /** Only after {@link #rest} has completed. */
    synchronized void resume(JournalStore fresh) {
        store = fresh;
        anew = true;
        hurried = true;
        rest = Optional.empty();
        LockSupport.unpark(turn.thread);
    }

    void awaitRest(CompletableFuture<Boolean> rested) {
        try {
            rested.get(tuning.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("The journal ends without the last changes: the disk does not come back");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    synchronized void end() {
        over = true;
        rest.ifPresent(rested -> rested.complete(false));
        LockSupport.unpark(turn.thread);
        notifyAll();
    }

    boolean over() {
        return over;
    }

    JournalMeters meters(int waiting) {
        return tally.meters(faults.count(), degraded, waiting);
    }

    /** What no step is prepared for, such as no memory, must not leave those waiting who wait for the batch. */
    private boolean keepNextOrDegrade(Turn me) {
        try {
            return keepNext(me);
        } catch (RuntimeException | Error e) {
            faults.thrown("A step of the journal", e);
            if (me.atTheStore && !comeBack(me)) {
                return false;
            }
            degrade("a step of it failed");
            me.inHand.callBack(faults);
            return true;
        }
    }

    /** False when this turn is over. */
    private boolean keepNext(Turn me) {
        Optional<CompletableFuture<Boolean>> resting = awaitWork();
        if (over) {
            return false;
        }
        long began = System.nanoTime();
        Pending batch = swap.get();
        me.inHand = batch;
        Map<String, Optional<byte[]>> changed = apply(batch);
        if (!owned() || !written(me, changed) || !owned()) {
            return false;
        }
        batch.callBack(faults);
        if (!changed.isEmpty()) {
            tally.batch(changed.size(), live.size(), System.nanoTime() - began);
        }
        return resting.isEmpty() || rested(me, resting.get());
    }

    /** The live values take in the batch; what is as it was, or gone before anybody wrote it, is left out. */
    private Map<String, Optional<byte[]>> apply(Pending batch) {
        Map<String, Optional<byte[]>> changed = HashMap.newHashMap(batch.values());
        batch.encode(faults, (key, value) -> {
            byte @Nullable [] before = value.isPresent() ? live.put(key, value.get()) : live.remove(key);
            if (!Arrays.equals(before, value.orElse(null))) {
                changed.put(key, value);
            }
        });
        return changed;
    }

    private Optional<CompletableFuture<Boolean>> awaitWork() {
        pause(tuning.leisure(), () -> hurried);
        if (!anew) {
            pause(tuning.window(), () -> false);
        }
        hurried = false;
        return asked();
    }

    private void pause(Duration longest, BooleanSupplier enough) {
        long end = System.nanoTime() + longest.toNanos();
        for (long left = longest.toNanos();
                left > 0 && !enough.getAsBoolean() && !isCalled();
                left = end - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
    }

    /** Whether the thread has something else to do than to keep. */
    private boolean isCalled() {
        return over || asked().isPresent();
    }

    private synchronized Optional<CompletableFuture<Boolean>> asked() {
        return rest;
    }

    /** Where another process has taken over, this is the end: false. */
    private boolean owned() {
        if (fence.owned()) {
            return true;
        }
        boolean first = !over;
        end();
        if (first) {
            try {
                onLost.run();
            } catch (RuntimeException e) {
                faults.thrown("What was told that another process has taken over", e);
            }
        }
        return false;
    }

    /** Whether this thread still has the turn, having written or not. */
    private boolean written(Turn me, Map<String, Optional<byte[]>> changed) {
        if (degraded ? retryAt > System.nanoTime() : changed.isEmpty() && !anew) {
            return true;
        }
        boolean due = !anew && store.grown();
        Map<String, byte[]> all = anew || due ? new HashMap<>(live) : Map.of();
        if (!goToTheStore(me)) {
            retryAt = System.nanoTime() + tuning.retry().toNanos();
            return true;
        }
        Optional<Exception> failure = anew ? rewrite(all) : due ? rewriteOrAdd(all, changed) : add(changed);
        if (!comeBack(me)) {
            return false;
        }
        if (failure.isPresent()) {
            degrade(failure.get().toString());
            return invalidated(me);
        }
        anew = false;
        tally.written(store.bytesWritten());
        if (degraded) {
            fence.valid(true);
            degraded = false;
            LOG.info("The journal is written again, after {} s", secondsSince(degradedSince));
        }
        return true;
    }

    private Optional<Exception> add(Map<String, Optional<byte[]>> changed) {
        try {
            store.write(changed);
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.of(e);
        }
    }

    private Optional<Exception> rewrite(Map<String, byte[]> all) {
        try {
            store.rewrite(all);
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.of(e);
        }
    }

    /** A disk with no room for both the old and the new may well have room for one more batch. */
    private Optional<Exception> rewriteOrAdd(Map<String, byte[]> all, Map<String, Optional<byte[]>> changed) {
        return rewrite(all).isEmpty() ? Optional.empty() : add(changed);
    }

    private void degrade(String why) {
        faults.counted();
        anew = true;
        retryAt = System.nanoTime() + tuning.retry().toNanos();
        // Before anybody is called back: else a successor would believe what is not true any more.
        fence.valid(false);
        if (!degraded) {
            degraded = true;
            degradedSince = System.nanoTime();
            LOG.warn(
                    "The journal cannot be written: {}. The focus serves on, but a restart would be noticed; tries again every {} s",
                    why,
                    tuning.retry().toSeconds());
        }
    }

    private boolean invalidated(Turn me) {
        JournalStore failed = store;
        if (!goToTheStore(me)) {
            return true;
        }
        failed.invalidate();
        return comeBack(me);
    }

    private synchronized boolean goToTheStore(Turn me) {
        if (storeTaken) {
            return false;
        }
        storeTaken = true;
        me.atTheStore = true;
        me.atTheStoreSince = System.nanoTime();
        return true;
    }

    /** Whether it is still this thread's turn. */
    private synchronized boolean comeBack(Turn me) {
        storeTaken = false;
        me.atTheStore = false;
        return !me.replaced;
    }

    private boolean rested(Turn me, CompletableFuture<Boolean> rested) {
        if (!goToTheStore(me)) {
            rested.complete(false);
        } else {
            store.close();
            if (!comeBack(me)) {
                return false;
            }
            rested.complete(!degraded);
        }
        while (asked().isPresent() && !over && owned()) {
            LockSupport.park(this);
        }
        return !over;
    }

    private void watch() {
        long tick = Math.clamp(tuning.patience().toMillis() / 4, 25, 500);
        while (!over) {
            synchronized (this) {
                try {
                    wait(tick);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
                if (turn.atTheStore
                        && System.nanoTime() - turn.atTheStoreSince
                                > tuning.patience().toNanos()) {
                    replaceTurn();
                }
                if (!fence.owned()) {
                    hurry();
                }
            }
        }
    }

    /** Under the lock, while the thread that has the turn waits for the disk. */
    private void replaceTurn() {
        fence.valid(false);
        faults.counted();
        if (!degraded) {
            degraded = true;
            degradedSince = turn.atTheStoreSince;
            LOG.warn(
                    "The disk of the journal has not come back for {} s. The focus serves on, but a restart would be noticed",
                    tuning.patience().toSeconds());
        }
        anew = true;
        retryAt = System.nanoTime() + tuning.retry().toNanos();
        turn.replaced = true;
        turn = new Turn(Optional.of(turn.inHand));
        turn.thread.start();
        tally.measure(turn.thread);
    }

    private static long secondsSince(long nanos) {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - nanos);
    }
}
