package org.confocal.journal;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where a journal lies, and how long processes wait for each other.
 *
 * @param directory of this journal alone, on this machine's own disk; made where there is none
 * @param answerWithin how long the running process has for a word, 100 ms to 1 min; then it counts as stopped and is fenced
 * @param settleWithin how long it has to let go, 100 ms to 5 min; where it needs longer, it goes on and the successor is refused
 */
public record SuccessionSettings(
        Path directory, Durability durability, JournalTuning tuning, Duration answerWithin, Duration settleWithin) {

    public SuccessionSettings {
        JournalTuning.within("answerWithin", answerWithin, Duration.ofMillis(100), Duration.ofMinutes(1));
        JournalTuning.within("settleWithin", settleWithin, Duration.ofMillis(100), Duration.ofMinutes(5));
    }

    /** With the waits that usually do. */
    public static SuccessionSettings in(Path directory) {
        return new SuccessionSettings(
                directory, Durability.PROCESS, JournalTuning.USUAL, Duration.ofSeconds(3), Duration.ofSeconds(5));
    }
}
