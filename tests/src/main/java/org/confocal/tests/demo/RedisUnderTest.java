package org.confocal.tests.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.confocal.tests.prosody.ProsodyProcess;

/** The machine's redis-server on a port of its own, which keeps nothing on disk. Used by one thread. */
final class RedisUnderTest implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int ANSWER_MILLIS = 1_000;

    private final Path folder;
    private final int port;
    private final Thread killer = new Thread(this::kill, "kill-redis");
    private Process process;

    private RedisUnderTest(Path folder, int port) throws IOException {
        this.folder = folder;
        this.port = port;
        this.process = run();
        Runtime.getRuntime().addShutdownHook(killer);
        awaitAnswer();
    }

    /** @throws IOException where there is no redis-server, or it does not answer */
    static RedisUnderTest start(Path folder) throws IOException {
        return new RedisUnderTest(
                Files.createDirectories(folder), ProsodyProcess.freePorts(1).getFirst());
    }

    private Process run() throws IOException {
        List<String> words = List.of(
                "redis-server",
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                "no",
                "--dir",
                folder.toString());
        return new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("redis.log").toFile())
                .start();
    }

    private void awaitAnswer() throws IOException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!answers()) {
            if (!process.isAlive()
                    || System.nanoTime() > until
                    || Thread.currentThread().isInterrupted()) {
                throw new IOException("redis-server does not answer; its log is in " + folder);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), ANSWER_MILLIS);
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.getOutputStream().write("PING\r\n".getBytes(US_ASCII));
            return socket.getInputStream().read() == '+';
        } catch (IOException e) {
            return false;
        }
    }

    String uri() {
        return "redis://127.0.0.1:" + port + "/0";
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Empty. */
    void startAgain() throws IOException {
        process = run();
        awaitAnswer();
    }

    @Override
    public void close() {
        kill();
        try {
            Runtime.getRuntime().removeShutdownHook(killer);
        } catch (IllegalStateException e) {
            // This process is ending: the hook runs, or has run.
        }
    }
}
