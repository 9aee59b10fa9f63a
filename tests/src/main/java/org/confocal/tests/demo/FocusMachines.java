package org.confocal.tests.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.confocal.tests.prosody.ProsodyProcess;

/**
 * A focus on each of two machines, as far as the focuses know: each with a directory and an HTTP port of its own, over one
 * Redis. Used by one thread at a time. However this process ends, but for SIGKILL, its children are killed.
 */
final class FocusMachines implements FocusUnderTest {
    private static final Duration LAST_WORDS = Duration.ofSeconds(15);

    private final FocusCommand command;
    private final Path folder;
    private final String redis;
    private final Queue<FocusProcess> all = new ConcurrentLinkedQueue<>();
    private final Thread killer = new Thread(this::killAll, "kill-focus");
    private final FocusPages pages = new FocusPages();
    private String configuration = "";
    private int httpPort;

    /** One of them. */
    enum Machine {
        ONE,
        TWO;

        Machine other() {
            return this == ONE ? TWO : ONE;
        }
    }

    /** @param folder for configurations, logs and journals; left as it is in the end */
    FocusMachines(FocusCommand command, Path folder, String redis) {
        this.command = command;
        this.folder = folder;
        this.redis = redis;
        Runtime.getRuntime().addShutdownHook(killer);
    }

    @Override
    public void start(String text) throws IOException {
        configuration = text;
        actsNow(startOn(Machine.ONE));
    }

    FocusProcess startOn(Machine machine) throws IOException {
        int number = all.size() + 1;
        int port = ProsodyProcess.freePorts(1).getFirst();
        Path file = folder.resolve("focus-" + number + ".conf");
        Files.writeString(file, """
                %s
                jicofo.rest.port = %d
                jicofo.journal.path = "%s"
                jicofo.journal.redis.uri = "%s"
                """.formatted(
                configuration, port, folder.resolve("machine-" + machine.name().toLowerCase(Locale.ROOT)), redis));
        FocusProcess started = FocusProcess.start(number, command, file, port, folder);
        all.add(started);
        return started;
    }

    /** From now on that one is asked what there is to ask. */
    void actsNow(FocusProcess process) {
        httpPort = process.httpPort();
    }

    List<FocusProcess> all() {
        return List.copyOf(all);
    }

    /** Whether it says that it is well. */
    boolean acts(FocusProcess process) {
        return process.isAlive() && pages.status(process.httpPort(), "/about/health") == 200;
    }

    /** Whether it says that it lives and waits. */
    boolean waits(FocusProcess process) {
        return process.isAlive()
                && pages.status(process.httpPort(), "/health/live") == 200
                && pages.status(process.httpPort(), "/health/ready") == 503
                && says(process, "confocal_standby", 1);
    }

    /** Whether that is the value of this figure. */
    boolean says(FocusProcess process, String figure, double value) {
        return pages.metrics(process.httpPort()).value(figure).orElse(-1) == value;
    }

    /** How many lines of its log have that in them. */
    long logged(FocusProcess process, String part) {
        try (Stream<String> lines = Files.lines(folder.resolve("focus-" + process.number() + ".log"))) {
            return lines.filter(line -> line.contains(part)).count();
        } catch (IOException e) {
            return -1;
        }
    }

    @Override
    public int httpPort() {
        return httpPort;
    }

    @Override
    public Holdings holdings() {
        return pages.metrics(httpPort).holdings();
    }

    private void killAll() {
        all.forEach(FocusProcess::kill);
    }

    @Override
    public void close() {
        List<FocusProcess> running = all.stream().filter(FocusProcess::isAlive).toList();
        running.forEach(FocusProcess::terminate);
        running.forEach(process -> process.awaitEnd(LAST_WORDS));
        killAll();
        pages.close();
        try {
            Runtime.getRuntime().removeShutdownHook(killer);
        } catch (IllegalStateException e) {
            // This process is ending: the hook runs, or has run.
        }
    }
}
