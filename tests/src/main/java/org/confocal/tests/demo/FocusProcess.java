package org.confocal.tests.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One process of a focus. Used by one thread at a time; ending it is safe from any. */
final class FocusProcess {
    private static final Duration SIGNAL_PATIENCE = Duration.ofSeconds(5);
    private static final int MAX_LOG_ERRORS = 5;

    private final int number;
    private final int httpPort;
    private final Path log;
    private final Process process;

    private FocusProcess(int number, int httpPort, Path log, Process process) {
        this.number = number;
        this.httpPort = httpPort;
        this.log = log;
        this.process = process;
    }

    /**
     * Starts one.
     *
     * @param number from 1, for its log's name
     * @param httpPort where its configuration makes it listen
     */
    static FocusProcess start(int number, FocusCommand command, Path configuration, int httpPort, Path folder)
            throws IOException {
        List<String> words = new ArrayList<>(command.words());
        words.add(configuration.toString());
        Path log = folder.resolve("focus-" + number + ".log");
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(command.environment());
        return new FocusProcess(number, httpPort, log, builder.start());
    }

    int number() {
        return number;
    }

    int httpPort() {
        return httpPort;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it without a word (SIGKILL) and waits until it is gone. */
    void kill() {
        process.destroyForcibly();
        awaitEnd(SIGNAL_PATIENCE);
    }

    /** Asks it to end (SIGTERM). */
    void terminate() {
        process.destroy();
    }

    /** Takes the processor away from it (SIGSTOP): it neither runs nor ends, and its connections stay. */
    void stop() throws IOException {
        signal("STOP");
    }

    /** Gives it back (SIGCONT). */
    void goOn() throws IOException {
        signal("CONT");
    }

    private void signal(String name) throws IOException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!kill.waitFor(SIGNAL_PATIENCE.toSeconds(), TimeUnit.SECONDS) || kill.exitValue() != 0) {
                kill.destroyForcibly();
                throw new IOException("SIG" + name + " could not be sent to focus process " + number);
            }
        } catch (InterruptedException e) {
            kill.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Its exit code, once it has ended; empty where it has not within that time. */
    OptionalInt awaitEnd(Duration atMost) {
        try {
            return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)
                    ? OptionalInt.of(process.exitValue())
                    : OptionalInt.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalInt.empty();
        }
    }

    /** Whether a line of its log has that in it. */
    boolean logged(String part) {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.anyMatch(line -> line.contains(part));
        } catch (IOException e) {
            return false;
        }
    }

    /** The first lines of its log that are about something that must not happen, at most {@value #MAX_LOG_ERRORS}. */
    List<String> logErrors() {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains(" SEVERE: ") || line.startsWith("Exception in thread"))
                    .limit(MAX_LOG_ERRORS)
                    .toList();
        } catch (IOException e) {
            return List.of("its log cannot be read: " + e.getMessage());
        }
    }
}
