package org.confocal.tests.integration;

import static org.confocal.tests.integration.Site.PATIENCE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.confocal.Main;

/** {@link Main} in a JVM of its own, with the class path of this one. */
final class FocusProcess implements AutoCloseable {
    private final Process process;
    private final Path folder;
    private final HttpClient http = HttpClient.newHttpClient();

    private FocusProcess(Process process, Path folder) {
        this.process = process;
        this.folder = folder;
    }

    /** Starts it with these arguments; {@code FILE} stands for a file with this configuration. */
    static FocusProcess start(String configuration, String... arguments) throws IOException {
        Path folder = Files.createTempDirectory("confocal-");
        Path file = folder.resolve("jicofo.conf");
        Files.writeString(file, configuration);
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        for (String argument : arguments) {
            command.add(argument.equals("FILE") ? file.toString() : argument);
        }
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        return new FocusProcess(process, folder);
    }

    /** Its exit code, once it has ended by itself or on {@link #terminate}. */
    int exitCode() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("still running: " + out() + err());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    boolean hasEnded() {
        return !process.isAlive();
    }

    /** Sends SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** The status of a path, 0 where nobody listens. */
    int status(int port, String path) {
        try {
            return Site.get(http, URI.create("http://127.0.0.1:" + port + path)).statusCode();
        } catch (UncheckedIOException e) {
            return 0;
        }
    }

    String out() {
        return read("out");
    }

    String err() {
        return read("err");
    }

    private String read(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        http.close();
        try {
            for (String name : List.of("jicofo.conf", "out", "err")) {
                Files.delete(folder.resolve(name));
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
