package org.confocal.journal;

import java.time.Duration;

/**
 * How a journal takes its time.
 *
 * @param window how long changes are gathered once somebody waits for one, 0 to 1 s; what leaves the process waits so long
 * @param leisure how long changes are gathered that nobody waits for, 1 ms to 10 s, before the window begins
 * @param patience how long one batch may take before conferences go on without being kept, 100 ms to 1 min
 * @param retry how long until everything is written anew after a failure, 100 ms to 10 min
 */
public record JournalTuning(Duration window, Duration leisure, Duration patience, Duration retry) {

    public static final JournalTuning USUAL = new JournalTuning(
            Duration.ofMillis(2), Duration.ofMillis(250), Duration.ofSeconds(2), Duration.ofSeconds(5));

    public JournalTuning {
        within("window", window, Duration.ZERO, Duration.ofSeconds(1));
        within("leisure", leisure, Duration.ofMillis(1), Duration.ofSeconds(10));
        within("patience", patience, Duration.ofMillis(100), Duration.ofMinutes(1));
        within("retry", retry, Duration.ofMillis(100), Duration.ofMinutes(10));
    }

    static void within(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(name + " is " + value + ", must be " + least + " to " + most);
        }
    }
}
