package org.confocal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.confocal.config.SettingsLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DressRehearsalTest {
    @TempDir
    private Path folder;

    @Test
    void itPlays() throws Exception {
        Path file = folder.resolve("c.conf");
        Files.writeString(file, """
                jicofo.xmpp.component { enabled = true, domain = "focus.meet.test", secret = "x" }
                """);
        for (int i = 0; i < 4; i++) {
            DressRehearsal.play(
                    new SettingsLoader(new Properties()).load(file).settings(),
                    100,
                    Duration.ofMillis(1),
                    Duration.ofSeconds(20));
        }
    }
}
