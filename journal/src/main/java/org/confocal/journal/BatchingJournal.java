package org.confocal.journal;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.confocal.focus.journal.Journal;

/**
 * Gathers changes into batches and keeps one batch after the other, on one thread; a batch is written soon after somebody
 * began to wait for it, and at leisure while nobody does. Changes wait for nothing but the moment in
 * which the present batch is taken away; a disk that is full, fails or hangs holds up nobody: then the journal is degraded,
 * which means that it calls back without having kept anything, that a successor begins empty, and that it is all written anew
 * as soon as the disk allows it. What gathers while one batch is written is bounded by the patience with it.
 *
 * <p>What is put, removed or waited for outside a change is a change of its own. A change that throws has happened as far as
 * it came.
 */
public final class BatchingJournal implements Journal, AutoCloseable {
    private final ReentrantReadWriteLock changes = new ReentrantReadWriteLock();
    private final SortedMap<String, byte[]> inherited;
    private final Fence fence;
    private final Keeper keeper;
    private final AtomicBoolean hurried = new AtomicBoolean();
    private Pending pending = new Pending();

    /**
     * Begins to write at once: first of all what was inherited.
     *
     * @param onLost called once, on the journal's thread, when another process has taken over: from then on nothing is kept
     *     and nobody is called back
     */
    public BatchingJournal(
            JournalStore store,
            SortedMap<String, byte[]> inherited,
            JournalTuning tuning,
            Fence fence,
            Runnable onLost) {
        this.inherited = Collections.unmodifiableSortedMap(new TreeMap<>(inherited));
        this.fence = fence;
        this.keeper = new Keeper(this::swap, this.inherited, store, tuning, fence, onLost);
        keeper.start();
    }

    @Override
    public void change(Runnable change) {
        changes.readLock().lock();
        try {
            change.run();
        } finally {
            changes.readLock().unlock();
        }
    }

    @Override
    public void put(String key, Supplier<byte[]> value) {
        add(present -> present.put(key, Optional.of(value)));
    }

    @Override
    public void remove(String key) {
        add(present -> present.put(key, Optional.empty()));
    }

    @Override
    public void whenKept(Runnable then) {
        add(present -> present.callBack(then));
        if (!hurried.get() && hurried.compareAndSet(false, true)) {
            keeper.hurry();
        }
    }

    @Override
    public void whenKeptAtLeisure(Runnable then) {
        add(present -> present.callBack(then));
    }

    private void add(Consumer<Pending> what) {
        if (keeper.over()) {
            return;
        }
        changes.readLock().lock();
        try {
            what.accept(pending);
        } finally {
            changes.readLock().unlock();
        }
    }

    /** What has gathered; from now on a new batch gathers. Waits for the changes that are running. */
    private Pending swap() {
        changes.writeLock().lock();
        try {
            hurried.set(false);
            Pending present = pending;
            pending = new Pending();
            return present;
        } finally {
            changes.writeLock().unlock();
        }
    }

    @Override
    public SortedMap<String, byte[]> inherited() {
        return inherited;
    }

    @Override
    public boolean owned() {
        return fence.owned();
    }

    @Override
    public boolean certain() {
        return fence.certain();
    }

    public JournalMeters meters() {
        int waiting;
        changes.readLock().lock();
        try {
            waiting = pending.size();
        } finally {
            changes.readLock().unlock();
        }
        return keeper.meters(waiting);
    }

    /**
     * Keeps what has gathered so far, calls back, closes the store and rests: what is changed from now on waits for
     * {@link #resume}.
     *
     * @return completes with whether the store holds all that there is
     */
    CompletionStage<Boolean> rest() {
        return keeper.rest();
    }

    /** Goes on after {@link #rest} and writes everything anew, to this store. */
    void resume(JournalStore store) {
        keeper.resume(store);
    }

    /** Keeps what has gathered, at most as long as its patience, and ends. What is changed later is not kept, and nobody is called back. */
    @Override
    public void close() {
        CompletableFuture<Boolean> rested = keeper.rest();
        keeper.awaitRest(rested);
        keeper.end();
    }
}
