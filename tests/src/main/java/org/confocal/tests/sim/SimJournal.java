package org.confocal.tests.sim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.confocal.focus.journal.Journal;
import org.confocal.strategy.RoomId;

/**
 * The journal of one process of the focus: a batch is kept some milliseconds after the first change that somebody waits for,
 * and at leisure where nobody does. What was not kept when the process died never was. The process may die before each call, within a change, and between any two callbacks.
 */
final class SimJournal implements Journal {
    private static final int SLOWEST_MILLIS = 20;
    private static final int LEISURE_MILLIS = 250;

    private final SimDisk disk;
    private final SimLife life;
    private final Schedule schedule;
    private final Chaos chaos;
    private final SortedMap<String, byte[]> inherited;
    private SimDisk.Batch open = new SimDisk.Batch();
    private List<Runnable> openCallbacks = new ArrayList<>();
    private final Deque<Change> waiting = new ArrayDeque<>();
    private boolean openHurries;
    private boolean scheduled;
    private boolean hurried;
    private int depth;

    private record Change(SimDisk.Batch batch, List<Runnable> callbacks) {}

    SimJournal(SimDisk disk, SimLife life, Schedule schedule, Chaos chaos) {
        this.disk = disk;
        this.life = life;
        this.schedule = schedule;
        this.chaos = chaos;
        this.inherited = Collections.unmodifiableSortedMap(disk.read());
    }

    @Override
    public void change(Runnable change) {
        life.point();
        boolean whole = false;
        depth++;
        try {
            change.run();
            whole = true;
        } finally {
            depth--;
            if (depth == 0) {
                close(whole);
            }
        }
    }

    private void close(boolean whole) {
        if (whole) {
            waiting.add(new Change(open, openCallbacks));
            if (openHurries) {
                keepSoon();
            } else {
                keepAtLeisure();
            }
        }
        open = new SimDisk.Batch();
        openCallbacks = new ArrayList<>();
        openHurries = false;
    }

    private void keepSoon() {
        if (!hurried) {
            hurried = true;
            scheduled = true;
            keepWithin(SLOWEST_MILLIS);
        }
    }

    private void keepAtLeisure() {
        if (!scheduled) {
            scheduled = true;
            keepWithin(LEISURE_MILLIS);
        }
    }

    private void keepWithin(int millis) {
        schedule.in(chaos.millis(0, millis), "journal", () -> life.enter(this::keep));
    }

    /** Keeps what waits, or only the first of it. */
    private void keep() {
        scheduled = false;
        hurried = false;
        if (waiting.isEmpty()) {
            return;
        }
        int most = chaos.chance(0.3) ? chaos.between(1, waiting.size()) : waiting.size();
        SimDisk.Batch batch = new SimDisk.Batch();
        List<Runnable> due = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            Change next = waiting.removeFirst();
            batch.add(next.batch());
            due.addAll(next.callbacks());
        }
        if (!waiting.isEmpty()) {
            keepSoon();
        }
        disk.write(batch);
        for (Runnable callback : due) {
            life.point();
            callback.run();
        }
    }

    /** Keeps everything now, and what follows from that. */
    void flush() {
        while (life.isAlive() && !waiting.isEmpty()) {
            life.enter(this::keep);
        }
    }

    @Override
    public void put(String key, Supplier<byte[]> value) {
        within();
        open.records().put(key, Optional.of(value));
    }

    @Override
    public void remove(String key) {
        within();
        open.records().put(key, Optional.empty());
    }

    @Override
    public void whenKept(Runnable then) {
        whenKeptAtLeisure(then);
        openHurries = true;
    }

    @Override
    public void whenKeptAtLeisure(Runnable then) {
        within();
        openCallbacks.add(then);
    }

    /** Within a change: all records of a conference together say this, or that there is none. */
    void conference(RoomId room, Optional<SimDisk.Kept> state) {
        within();
        open.conferences().put(room, state);
    }

    /** What the process before this one kept of a conference. */
    Optional<SimDisk.Kept> inheritedConference(RoomId room) {
        return disk.conference(room);
    }

    private void within() {
        life.point();
        if (depth == 0) {
            throw new Violation("something is kept outside of a change");
        }
    }

    @Override
    public SortedMap<String, byte[]> inherited() {
        return inherited;
    }

    @Override
    public boolean owned() {
        return life.isAlive();
    }
}
