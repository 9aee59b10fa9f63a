package org.confocal;

import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.confocal.focus.journal.Journal;
import org.jspecify.annotations.Nullable;

/**
 * A journal that is not this process' yet: connections are made with it and get ready while another process still has it.
 * Any thread.
 */
final class LateJournal implements Journal {
    private final AtomicReference<@Nullable Journal> opened = new AtomicReference<>();

    /** From now on it is this one. Once. */
    void open(Journal journal) {
        if (!opened.compareAndSet(null, journal)) {
            throw new IllegalStateException("the journal is open already");
        }
    }

    private Journal journal() {
        Journal journal = opened.get();
        if (journal == null) {
            throw new IllegalStateException("the journal is still another process'");
        }
        return journal;
    }

    @Override
    public void change(Runnable change) {
        journal().change(change);
    }

    @Override
    public void put(String key, Supplier<byte[]> value) {
        journal().put(key, value);
    }

    @Override
    public void remove(String key) {
        journal().remove(key);
    }

    @Override
    public void whenKept(Runnable then) {
        journal().whenKept(then);
    }

    @Override
    public void whenKeptAtLeisure(Runnable then) {
        journal().whenKeptAtLeisure(then);
    }

    @Override
    public SortedMap<String, byte[]> inherited() {
        return journal().inherited();
    }

    @Override
    public boolean keeps() {
        return journal().keeps();
    }

    @Override
    public boolean owned() {
        return journal().owned();
    }

    @Override
    public boolean certain() {
        return journal().certain();
    }
}
