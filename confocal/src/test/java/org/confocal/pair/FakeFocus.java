package org.confocal.pair;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** In the place of {@code bin/confocal}: writes down how it was started and when it was to end, and does what it is told. */
final class FakeFocus {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SCRIPT = """
            #!/bin/sh
            cd 'FOLDER'
            trap 'echo "$$" >>terms; exit 143' TERM
            echo "$$ $*" >>starts
            while :; do
                if [ -e "tell.$$" ]; then . "./tell.$$"; fi
                sleep 0.02
            done
            """;

    private final Path folder;
    private long epoch;

    /**
     * One process.
     *
     * @param words of the command line
     */
    record Start(long pid, String words) {
        boolean isAlive() {
            return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
        }
    }

    FakeFocus(Path folder) throws IOException {
        this.folder = folder;
        Files.writeString(script(), SCRIPT.replace("FOLDER", folder.toString()));
        if (!script().toFile().setExecutable(true)) {
            throw new IOException("cannot be made executable: " + script());
        }
        Files.createDirectories(journal());
        Files.createFile(folder.resolve("starts"));
        Files.createFile(folder.resolve("terms"));
    }

    Path script() {
        return folder.resolve("confocal");
    }

    Path journal() {
        return folder.resolve("journal");
    }

    /** All that were started so far. */
    List<Start> starts() {
        return lines("starts")
                .map(line -> line.split(" ", 2))
                .map(line -> new Start(Long.parseLong(line[0]), line[1]))
                .toList();
    }

    /** The one that is started as the {@code number}th, from 1. */
    Start start(int number) {
        await().atMost(PATIENCE).until(() -> starts().size() >= number);
        return starts().get(number - 1);
    }

    /** The ids of those that were told to end, in that order. */
    List<Long> terms() {
        return lines("terms").map(Long::parseLong).toList();
    }

    private Stream<String> lines(String name) {
        try {
            return Files.readAllLines(folder.resolve(name)).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has that process run these lines of a shell. */
    void tell(Start process, String lines) throws IOException {
        Path written = Files.writeString(folder.resolve("written"), lines + "\n");
        Files.move(written, folder.resolve("tell." + process.pid()));
    }

    /** From now on that process acts, by what is written beside the journal. */
    void acts(Start process) throws IOException {
        epoch++;
        sign(process);
    }

    /** The newest epoch is that process'. */
    void sign(Start process) throws IOException {
        Files.writeString(journal().resolve(epoch + ".lock"), process.pid() + "\n");
    }
}
