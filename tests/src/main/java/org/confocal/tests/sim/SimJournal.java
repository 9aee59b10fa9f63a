package org.confocal.tests.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.confocal.focus.conference.ConferenceState;
import org.confocal.focus.journal.Journal;
import org.confocal.strategy.RoomId;

/**
 * The journal of one process of the focus: a batch is kept some milliseconds after its first change, and what was not kept
 * when the process died never was. The process may die before each call, within a change, and between any two callbacks.
 */
final class SimJournal implements Journal {
    private static final int SLOWEST_MILLIS = 20;

    private final SimDisk disk;
    private final SimLife life;
    private final Schedule schedule;
    private final Chaos chaos;
    private final SortedMap<String, byte[]> inherited;
    private SimDisk.Batch open = new SimDisk.Batch();
    private SimDisk.Batch waiting = new SimDisk.Batch();
    private List<Runnable> openCallbacks = new ArrayList<>();
    private List<Runnable> callbacks = new ArrayList<>();
    private boolean scheduled;
    private int depth;

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
            waiting.add(open);
            callbacks.addAll(openCallbacks);
            if (!scheduled) {
                scheduled = true;
                Duration delay = chaos.millis(0, SLOWEST_MILLIS);
                schedule.in(delay, "journal", () -> life.enter(this::keep));
            }
        }
        open = new SimDisk.Batch();
        openCallbacks = new ArrayList<>();
    }

    private void keep() {
        scheduled = false;
        if (waiting.records().isEmpty() && waiting.conferences().isEmpty() && callbacks.isEmpty()) {
            return;
        }
        SimDisk.Batch batch = waiting;
        List<Runnable> due = callbacks;
        waiting = new SimDisk.Batch();
        callbacks = new ArrayList<>();
        disk.write(batch);
        for (Runnable callback : due) {
            life.point();
            callback.run();
        }
    }

    /** Keeps everything now, and what follows from that. */
    void flush() {
        while (life.isAlive() && !(waiting.records().isEmpty() && callbacks.isEmpty())) {
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
        within();
        openCallbacks.add(then);
    }

    /** Within a change: all records of a conference together say this, or that there is none. */
    void conference(RoomId room, Optional<ConferenceState> state) {
        within();
        open.conferences().put(room, state);
    }

    /** What the process before this one kept of a conference. */
    Optional<ConferenceState> inheritedConference(RoomId room) {
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
