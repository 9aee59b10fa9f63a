package org.confocal.xmpp.gateway;

import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.confocal.focus.journal.Journal;

/** A journal in memory that insists on changes. A successor inherits what is in it at that moment. */
class FakeJournal implements Journal {
    final SortedMap<String, byte[]> records = new TreeMap<>();
    private final SortedMap<String, byte[]> inherited;
    private int depth;

    FakeJournal() {
        this(new TreeMap<>());
    }

    private FakeJournal(SortedMap<String, byte[]> inherited) {
        this.inherited = inherited;
        records.putAll(inherited);
    }

    /** The journal as the next process finds it. */
    FakeJournal successor() {
        return new FakeJournal(new TreeMap<>(records));
    }

    void write(String key, String text) {
        records.put(key, text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void change(Runnable change) {
        depth++;
        try {
            change.run();
        } finally {
            depth--;
        }
    }

    @Override
    public void put(String key, Supplier<byte[]> value) {
        insist();
        records.put(key, value.get());
    }

    @Override
    public void remove(String key) {
        insist();
        records.remove(key);
    }

    private void insist() {
        if (depth == 0) {
            throw new AssertionError("outside of a change");
        }
    }

    @Override
    public void whenKept(Runnable then) {
        then.run();
    }

    @Override
    public SortedMap<String, byte[]> inherited() {
        return inherited;
    }

    @Override
    public boolean owned() {
        return true;
    }
}
