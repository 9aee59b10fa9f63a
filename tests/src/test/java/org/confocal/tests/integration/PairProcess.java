package org.confocal.tests.integration;

import static org.confocal.tests.integration.Site.PATIENCE;
import static org.confocal.tests.integration.Site.patiently;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.confocal.Main;
import org.confocal.journal.Acting;
import org.confocal.journal.Succession;

/** {@code confocal --pair} with a journal, in processes of its own with the class path of this one. */
final class PairProcess implements AutoCloseable {
    /** As bin/confocal does it. */
    private static final String SCRIPT = """
            #!/bin/sh
            set -- org.confocal.Main "$@"
            case $2 in --pair | --reload) set -- -Dconfocal.command="$0" "$@" ;; esac
            exec 'JAVA' -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp 'CLASS_PATH' "$@"
            """;

    /** As long as the pair takes at most, and a little. */
    private static final Duration RELOAD = Duration.ofSeconds(200);

    private final Path folder;
    private final Path journal;
    private final Process supervisor;

    private PairProcess(Path folder, Path journal, Process supervisor) {
        this.folder = folder;
        this.journal = journal;
        this.supervisor = supervisor;
    }

    /**
     * Starts one.
     *
     * @param folder of its own, for its configuration and logs; left as it is in the end
     */
    static PairProcess start(Path folder, Path journal, String configuration) throws IOException {
        Path script = folder.resolve("confocal");
        Files.writeString(
                script,
                SCRIPT.replace("JAVA", ProcessHandle.current().info().command().orElseThrow())
                        .replace("CLASS_PATH", System.getProperty("java.class.path"))
                        .replace("org.confocal.Main", Main.class.getName()));
        if (!script.toFile().setExecutable(true)) {
            throw new IOException("cannot be made executable: " + script);
        }
        Files.writeString(
                folder.resolve("jicofo.conf"), configuration + "\njicofo.journal.path = \"" + journal + "\"\n");
        return new PairProcess(folder, journal, run(folder, "--pair"));
    }

    private static Process run(Path folder, String option) throws IOException {
        return new ProcessBuilder(
                        folder.resolve("confocal").toString(),
                        option,
                        folder.resolve("jicofo.conf").toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log" + option).toFile())
                .start();
    }

    /** Waits until a process other than these acts, and another one waits beside it. */
    long awaitAnother(List<Long> before) {
        patiently().failFast("the pair has ended", () -> !supervisor.isAlive()).until(() -> {
            List<Long> children =
                    supervisor.toHandle().children().map(ProcessHandle::pid).toList();
            return children.size() == 2 && children.contains(acting()) && !before.contains(acting());
        });
        return acting();
    }

    /** The process that has begun the newest epoch, 0 where there is none. */
    long acting() {
        try {
            return Succession.acting(journal).map(Acting::pid).orElse(0L);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks it to go over to a new process; its exit code. */
    int reload() throws IOException {
        return exitCode(run(folder, "--reload"), RELOAD);
    }

    /** Its exit code after SIGTERM. */
    int terminate() {
        supervisor.destroy();
        return exitCode(supervisor, PATIENCE);
    }

    private static int exitCode(Process process, Duration within) {
        try {
            if (!process.waitFor(within.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("still running");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String log(String option) throws IOException {
        return Files.readString(folder.resolve("log" + option));
    }

    @Override
    public void close() {
        List<ProcessHandle> children = supervisor.toHandle().children().toList();
        supervisor.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
