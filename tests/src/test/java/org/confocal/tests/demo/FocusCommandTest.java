package org.confocal.tests.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FocusCommandTest {
    private static final Path SCRIPT = Path.of("../confocal/src/main/dist/bin/confocal");

    @Test
    void theFocusOfTheDemoHasTheFlagsOfTheStartScript() throws IOException {
        String script = Files.readString(SCRIPT);
        String start = script.substring(script.lastIndexOf("exec "));
        List<String> shipped = Pattern.compile("-XX:\\S+")
                .matcher(start)
                .results()
                .map(found -> found.group())
                .toList();
        assertThat(shipped).isNotEmpty();
        assertThat(FocusCommand.here().words())
                .filteredOn(word -> word.startsWith("-XX:"))
                .containsExactlyElementsOf(shipped);
    }
}
