package org.confocal;

import java.time.Duration;
import java.util.SortedMap;
import java.util.function.Consumer;

/** A rehearsal a few times at first, so that the code is warm, and then once an hour: each says of every bridge that it is there. */
final class RareRehearsal implements Consumer<SortedMap<String, byte[]>> {
    private static final int AT_FIRST = 3;
    private static final Duration THEN_EVERY = Duration.ofHours(1);

    private final Consumer<SortedMap<String, byte[]>> rehearsal;

    // Of the thread that waits.
    private int done;
    private long lastNanos;

    RareRehearsal(Consumer<SortedMap<String, byte[]>> rehearsal) {
        this.rehearsal = rehearsal;
    }

    @Override
    public void accept(SortedMap<String, byte[]> present) {
        long now = System.nanoTime();
        if (done >= AT_FIRST && now - lastNanos < THEN_EVERY.toNanos()) {
            return;
        }
        done++;
        lastNanos = now;
        rehearsal.accept(present);
    }
}
