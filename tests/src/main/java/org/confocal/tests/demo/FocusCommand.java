package org.confocal.tests.demo;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.confocal.Main;

/**
 * How a focus is started in a process of its own.
 *
 * @param words before the configuration file
 * @param environment added to that of this process
 */
record FocusCommand(List<String> words, Map<String, String> environment) {
    private static final String MEMORY = "1g";
    private static final String DISTRIBUTION = "confocal.dist";

    FocusCommand {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
    }

    /** As shipped: the start script of the folder in property {@code confocal.dist} where it is set, else {@link #here}. */
    static FocusCommand shipped() {
        String folder = System.getProperty(DISTRIBUTION, "");
        Path script = Path.of(folder, "bin", "confocal").toAbsolutePath();
        if (folder.isEmpty() || !Files.isExecutable(script)) {
            return here();
        }
        return new FocusCommand(
                List.of(script.toString()), Map.of("CONFOCAL_JAVA_HOME", System.getProperty("java.home", "")));
    }

    /** The classes of this process, with the flags of the start script. */
    static FocusCommand here() {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
        words.add("-Xmx" + MEMORY);
        words.add("-XX:+ExitOnOutOfMemoryError");
        words.add("-XX:ThreadPriorityPolicy=1");
        words.add("-XX:CompilerThreadPriority=10");
        words.add("-Dio.netty.noUnsafe=true");
        words.add("-cp");
        words.add(absolute(System.getProperty("java.class.path", "")));
        words.add(Main.class.getName());
        return new FocusCommand(words, Map.of());
    }

    /** With one more word before the configuration file. */
    FocusCommand with(String option) {
        List<String> more = new ArrayList<>(words);
        more.add(option);
        return new FocusCommand(more, environment);
    }

    /** The process works in a folder of its own. */
    private static String absolute(String classPath) {
        List<String> entries = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator, -1)) {
            entries.add(
                    entry.endsWith("*")
                            ? Path.of(entry.substring(0, entry.length() - 1)).toAbsolutePath() + File.separator + "*"
                            : Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, entries);
    }
}
