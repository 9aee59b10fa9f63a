package org.confocal.focus.serial;

import java.time.Duration;
import java.time.Instant;

/**
 * How many of something are alive, and how long all of them have lived together, those that have ended included. Changed
 * and read from any thread; a reader always sees one moment, and the sum never falls.
 */
public final class LiveSeconds {
    private final Cell<Level> level;

    public LiveSeconds(Instant start) {
        level = new Cell<>(new Level(0, Duration.ZERO, start));
    }

    private record Level(long alive, Duration lived, Instant at) {
        Level moved(int change, Instant now) {
            // Instants are read before they arrive here, so that one thread's can be older than what another left.
            Instant later = now.isAfter(at) ? now : at;
            return new Level(alive + change, livedUntil(later), later);
        }

        Duration livedUntil(Instant now) {
            return now.isAfter(at) ? lived.plus(Duration.between(at, now).multipliedBy(alive)) : lived;
        }
    }

    /** So many more, or less, from now on. */
    public void changed(int change, Instant now) {
        level.update(before -> before.moved(change, now));
    }

    public long alive() {
        return level.get().alive();
    }

    /** Seconds lived by all together until now. */
    public double seconds(Instant now) {
        Duration lived = level.get().livedUntil(now);
        // Not by nanoseconds in a long: ten thousand lives fill that in eleven days.
        return lived.getSeconds() + lived.getNano() / 1e9;
    }
}
