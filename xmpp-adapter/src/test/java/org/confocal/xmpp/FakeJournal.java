package org.confocal.xmpp;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.confocal.focus.journal.Journal;

/** A journal in memory, that keeps changes at once, or, as long as it is {@link #pause paused}, when told. */
public final class FakeJournal implements Journal {

    private record Change(Map<String, Optional<Supplier<byte[]>>> values, List<Runnable> callbacks) {}

    private final TreeMap<String, byte[]> inherited = new TreeMap<>();
    private final TreeMap<String, byte[]> kept = new TreeMap<>();
    private final List<Change> changes = new ArrayList<>();
    private final ThreadLocal<Optional<Change>> open = ThreadLocal.withInitial(Optional::empty);
    private final ReentrantLock keeping = new ReentrantLock();
    private final AtomicBoolean paused = new AtomicBoolean();
    private final AtomicBoolean owned = new AtomicBoolean(true);
    private final AtomicInteger hurries = new AtomicInteger();

    public FakeJournal() {
        this(new TreeMap<>());
    }

    public FakeJournal(SortedMap<String, byte[]> records) {
        inherited.putAll(records);
        kept.putAll(records);
    }

    /** What a successor finds after this process was killed now; this one no longer owns the journal. */
    public FakeJournal successor() {
        FakeJournal successor = new FakeJournal();
        successor.takeOver(this);
        return successor;
    }

    /** From now on this is the one that owns the journal, with what the other has kept. */
    public void takeOver(FakeJournal before) {
        before.owned.set(false);
        inherited.putAll(before.kept());
        kept.putAll(before.kept());
    }

    public SortedMap<String, byte[]> kept() {
        keeping.lock();
        try {
            return new TreeMap<>(kept);
        } finally {
            keeping.unlock();
        }
    }

    public void pause() {
        paused.set(true);
    }

    /** Keeps all, and what follows at once. */
    public void resume() {
        paused.set(false);
        keep(Integer.MAX_VALUE);
    }

    /** Keeps this many of the changes that wait. */
    public void keep(int count) {
        if (keeping.isHeldByCurrentThread()) {
            return; // a change out of a callback is kept after it
        }
        keeping.lock();
        try {
            for (int i = 0; i < count; i++) {
                Optional<Change> next = next();
                if (next.isEmpty()) {
                    return;
                }
                if (owned.get()) {
                    next.get()
                            .values()
                            .forEach((key, value) ->
                                    value.ifPresentOrElse(bytes -> kept.put(key, bytes.get()), () -> kept.remove(key)));
                }
                next.get().callbacks().forEach(Runnable::run);
            }
        } finally {
            keeping.unlock();
        }
    }

    private Optional<Change> next() {
        synchronized (changes) {
            return changes.isEmpty() ? Optional.empty() : Optional.of(changes.removeFirst());
        }
    }

    @Override
    public void change(Runnable change) {
        if (open.get().isPresent()) {
            change.run();
            return;
        }
        Change mine = new Change(new LinkedHashMap<>(), new ArrayList<>());
        open.set(Optional.of(mine));
        try {
            change.run();
        } finally {
            open.set(Optional.empty());
            synchronized (changes) {
                changes.add(mine);
            }
        }
        if (!paused.get()) {
            keep(Integer.MAX_VALUE);
        }
    }

    @Override
    public void put(String key, Supplier<byte[]> value) {
        open.get().orElseThrow().values().put(key, Optional.of(value));
    }

    @Override
    public void remove(String key) {
        open.get().orElseThrow().values().put(key, Optional.empty());
    }

    @Override
    public void whenKept(Runnable then) {
        hurries.incrementAndGet();
        whenKeptAtLeisure(then);
    }

    @Override
    public void whenKeptAtLeisure(Runnable then) {
        open.get().orElseThrow().callbacks().add(then);
    }

    /** How often somebody began to wait. */
    public int hurries() {
        return hurries.get();
    }

    @Override
    public SortedMap<String, byte[]> inherited() {
        return Collections.unmodifiableSortedMap(inherited);
    }

    @Override
    public boolean owned() {
        return owned.get();
    }
}
