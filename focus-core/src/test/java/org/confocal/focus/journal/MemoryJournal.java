package org.confocal.focus.journal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Keeps each change at once, in memory. Any thread. */
public final class MemoryJournal implements Journal {
    private final SortedMap<String, byte[]> inherited;
    private final ReentrantLock lock = new ReentrantLock();
    private final SortedMap<String, byte[]> kept;
    private final List<Runnable> callbacks = new ArrayList<>();

    public MemoryJournal() {
        this(new TreeMap<>());
    }

    private MemoryJournal(SortedMap<String, byte[]> inherited) {
        this.inherited = Collections.unmodifiableSortedMap(inherited);
        kept = new TreeMap<>(inherited);
    }

    /** For a successor: what is kept now. */
    public MemoryJournal successor() {
        return new MemoryJournal(records());
    }

    public SortedMap<String, byte[]> records() {
        lock.lock();
        try {
            return new TreeMap<>(kept);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            if (lock.getHoldCount() == 1) {
                List<Runnable> due = List.copyOf(callbacks);
                callbacks.clear();
                due.forEach(Runnable::run);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void put(String key, Supplier<byte[]> value) {
        within();
        kept.put(key, value.get());
    }

    @Override
    public void remove(String key) {
        within();
        kept.remove(key);
    }

    @Override
    public void whenKept(Runnable then) {
        within();
        callbacks.add(then);
    }

    private void within() {
        if (!lock.isHeldByCurrentThread()) {
            throw new IllegalStateException("not within a change");
        }
    }

    @Override
    public SortedMap<String, byte[]> inherited() {
        return inherited;
    }

    @Override
    public boolean keeps() {
        return true;
    }

    @Override
    public boolean owned() {
        return true;
    }
}
