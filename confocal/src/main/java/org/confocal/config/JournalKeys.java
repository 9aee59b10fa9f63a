package org.confocal.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.confocal.journal.Durability;
import org.confocal.journal.JournalTuning;

/** Reads what a restart is prepared for with: {@code jicofo.journal}. */
final class JournalKeys {
    private static final String KEYS = "jicofo.journal.";
    private static final String PATH = KEYS + "path";
    private static final String WINDOW = KEYS + "window";

    private final SettingsReader reader;

    JournalKeys(SettingsReader reader) {
        this.reader = reader;
    }

    /** Empty where no directory is configured. */
    Optional<JournalSettings> read() {
        Durability durability = reader.choice(
                KEYS + "durability", Map.of("process", Durability.PROCESS, "machine", Durability.MACHINE));
        JournalTuning tuning = tuning();
        Duration patience = reader.duration(KEYS + "takeover-timeout", Duration.ofMillis(100));
        return reader.text(PATH)
                .flatMap(this::directory)
                .map(directory -> new JournalSettings(directory, durability, tuning, patience));
    }

    private JournalTuning tuning() {
        JournalTuning usual = JournalTuning.USUAL;
        try {
            return new JournalTuning(reader.duration(WINDOW, Duration.ZERO), usual.patience(), usual.retry());
        } catch (IllegalArgumentException tooLong) {
            reader.problem(WINDOW, "a duration of at most 1 second");
            return usual;
        }
    }

    private Optional<Path> directory(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException wrong) {
            reader.problem(PATH, "a directory");
            return Optional.empty();
        }
    }
}
