package org.confocal.pair;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a process of a pair is started: by the start script, which finds the Java, the options and the jars of that moment.
 *
 * @param script called with {@code --spare} or nothing, and the file; becomes the process
 */
record Command(Path script, Path file) {

    /** It writes where this process does. */
    Process start(List<String> options) throws IOException {
        List<String> words = new ArrayList<>();
        words.add(script.toString());
        words.addAll(options);
        words.add(file.toString());
        ProcessBuilder builder = new ProcessBuilder(words).inheritIO();
        builder.environment()
                .put(Supervised.VARIABLE, Long.toString(ProcessHandle.current().pid()));
        return builder.start();
    }
}
