package org.confocal.focus.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.confocal.focus.view.Durations;

/** A histogram that is written and read from any thread; exact once writers rest. */
final class Stopwatch {
    private final List<LongAdder> counts = new ArrayList<>();
    private final LongAdder nanos = new LongAdder();

    Stopwatch() {
        for (int i = 0; i <= Durations.BOUNDS.size(); i++) {
            counts.add(new LongAdder());
        }
    }

    /** A clock that was set back counts as no time at all. */
    void took(Duration time) {
        long positive = Math.max(0, time.toNanos());
        double seconds = positive / (double) TimeUnit.SECONDS.toNanos(1);
        int bucket = 0;
        while (bucket < Durations.BOUNDS.size() && seconds > Durations.BOUNDS.get(bucket)) {
            bucket++;
        }
        counts.get(bucket).increment();
        nanos.add(positive);
    }

    Durations read() {
        return new Durations(
                counts.stream().map(LongAdder::sum).toList(), nanos.sum() / (double) TimeUnit.SECONDS.toNanos(1));
    }
}
