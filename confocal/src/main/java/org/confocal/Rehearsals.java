package org.confocal;

import java.time.Duration;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.confocal.config.FocusSettings;

/** What a process does while it waits for its turn, so that it is fast when that comes. Any thread. */
final class Rehearsals implements AutoCloseable {
    /** After so many a young JVM has compiled what it will. */
    private static final int ROOMS = 120;

    /** The process that acts needs the processor more. */
    private static final Duration PAUSE = Duration.ofMillis(60);

    /** On a machine that is busy. */
    private static final Duration AT_MOST = Duration.ofSeconds(30);

    private final FocusSettings settings;
    private final AtomicBoolean dressed = new AtomicBoolean();
    private final Thread aside = Thread.ofPlatform().name("aside").daemon().unstarted(this::dress);

    Rehearsals(FocusSettings settings) {
        this.settings = settings;
    }

    /**
     * Rooms that do not exist, unless that was done before, then those that the process that acts has.
     *
     * @throws IllegalArgumentException where a conference cannot be read: it is better off where it is
     */
    void with(SortedMap<String, byte[]> present) throws InterruptedException {
        if (dressed.compareAndSet(false, true)) {
            DressRehearsal.play(settings, ROOMS, PAUSE, AT_MOST);
        }
        Rehearsal.untilWarm(settings, present);
    }

    /** The rooms that do not exist, once, for who has something else to look after. */
    void aside() {
        if (dressed.compareAndSet(false, true)) {
            aside.start();
        }
    }

    private void dress() {
        try {
            DressRehearsal.play(settings, ROOMS, PAUSE, AT_MOST);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** It is this process' turn, or the end. */
    @Override
    public void close() {
        aside.interrupt();
    }
}
