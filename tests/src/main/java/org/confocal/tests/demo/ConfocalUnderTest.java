package org.confocal.tests.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.confocal.Confocal;
import org.confocal.config.LoadedSettings;
import org.confocal.config.SettingsException;
import org.confocal.config.SettingsLoader;
import org.confocal.focus.view.FocusSnapshot;

/** Confocal itself, in this process. */
public final class ConfocalUnderTest implements FocusUnderTest {
    private static final Holdings NOTHING = new Holdings(0, 0, 0, 0);

    private Optional<Confocal> running = Optional.empty();
    private List<String> warnings = List.of();

    @Override
    public void start(String configuration) throws IOException {
        Path file = Files.createTempFile("confocal-", ".conf");
        try {
            Files.writeString(file, configuration);
            LoadedSettings loaded = new SettingsLoader(new Properties()).load(file);
            warnings = List.copyOf(loaded.warnings());
            running = Optional.of(Confocal.start(loaded.settings()));
        } catch (SettingsException e) {
            throw new IOException("configuration refused: " + e.getMessage(), e);
        } finally {
            Files.delete(file);
        }
    }

    /** What it found odd in its configuration. */
    public List<String> warnings() {
        return warnings;
    }

    @Override
    public int httpPort() {
        return running.map(confocal -> confocal.httpPort().orElse(0)).orElse(0);
    }

    /** The running focus. */
    public Optional<Confocal> confocal() {
        return running;
    }

    @Override
    public Holdings holdings() {
        return running.map(confocal -> confocal.view().snapshot())
                .map(ConfocalUnderTest::holdings)
                .orElse(NOTHING);
    }

    private static Holdings holdings(FocusSnapshot snapshot) {
        int endpoints = snapshot.bridges().stream()
                .mapToInt(FocusSnapshot.Bridge::endpoints)
                .sum();
        return new Holdings(snapshot.conferences().size(), endpoints, snapshot.timers(), snapshot.reservations());
    }

    @Override
    public void close() {
        running.ifPresent(Confocal::close);
        running = Optional.empty();
    }
}
