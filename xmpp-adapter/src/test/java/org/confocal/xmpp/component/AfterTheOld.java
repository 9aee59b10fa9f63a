package org.confocal.xmpp.component;

import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.confocal.focus.journal.Journal;
import org.confocal.xmpp.FakeJournal;

/** A successor's journal, which is not there before it has taken over. Asking it earlier fails. */
final class AfterTheOld implements Journal {
    private final FakeJournal old;
    private volatile Optional<FakeJournal> mine = Optional.empty();

    AfterTheOld(FakeJournal old) {
        this.old = old;
    }

    void takeOver() {
        mine = Optional.of(old.successor());
    }

    private FakeJournal journal() {
        return mine.orElseThrow(() -> new AssertionError("asked before it was taken over"));
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
    public SortedMap<String, byte[]> inherited() {
        return journal().inherited();
    }

    @Override
    public boolean owned() {
        return journal().owned();
    }
}
