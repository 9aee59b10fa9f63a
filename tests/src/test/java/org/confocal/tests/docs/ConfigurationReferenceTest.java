package org.confocal.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigurationReferenceTest {
    @Test
    void thePageIsThatOfTheDefaults() throws IOException {
        assertThat(Files.readString(Path.of("..").resolve(ConfigurationReference.FILE)))
                .as("run ./dev docs")
                .isEqualTo(ConfigurationReference.page());
    }

    @Test
    void everyKeyOfConfocalsOwnSaysWhatItIs() {
        assertThat(ConfigurationReference.page())
                .contains("| `circuit-breaker.failures` | `3` |")
                .contains("| `stress.max-packet-rate` | `50000` | packets per second, in and out together |")
                .contains("## tracing");
    }
}
