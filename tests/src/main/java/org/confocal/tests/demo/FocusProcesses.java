package org.confocal.tests.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.confocal.tests.prosody.FocusLogin;
import org.confocal.tests.prosody.ProsodyConfig;
import org.confocal.tests.prosody.ProsodyProcess;

/**
 * A focus in one process after the other over one journal. Used by one thread at a time. However this process ends, but for
 * SIGKILL, its children are killed.
 */
final class FocusProcesses implements FocusUnderTest {
    private static final Duration LAST_WORDS = Duration.ofSeconds(15);

    private final FocusCommand command;
    private final Path folder;
    private final ProsodyConfig prosody;
    private final Ports ports;
    private final Queue<FocusProcess> all = new ConcurrentLinkedQueue<>();
    private final List<CountingRelay> relays = new ArrayList<>();
    private final Thread killer = new Thread(this::killAll, "kill-focus");
    private final FocusPages pages = new FocusPages();
    private String configuration = "";
    private int commonPort;
    private Optional<FocusProcess> spare = Optional.empty();

    /** Where the processes listen, and which way they take to Prosody. */
    enum Ports {
        /** As for a service that is started again: all alike. */
        COMMON,
        /** Each has an HTTP port of its own, and a relay of its own that counts what it sends. */
        OWN
    }

    /** @param folder for configurations, logs and the journal; left as it is in the end */
    FocusProcesses(FocusCommand command, Path folder, ProsodyConfig prosody, Ports ports) {
        this.command = command;
        this.folder = folder;
        this.prosody = prosody;
        this.ports = ports;
        Runtime.getRuntime().addShutdownHook(killer);
    }

    @Override
    public void start(String text) throws IOException {
        configuration = text;
        commonPort = ProsodyProcess.freePorts(1).getFirst();
        startAnother();
    }

    /** Starts one more, whether the one before runs or not. */
    FocusProcess startAnother() throws IOException {
        return start(command);
    }

    /** Starts one that waits until the one that acts has ended. */
    FocusProcess startSpare() throws IOException {
        FocusProcess started = start(command.with("--spare"));
        spare = Optional.of(started);
        return started;
    }

    /** Whether there is one that waits, and says that it is ready to go on. */
    boolean spareWaits() {
        return spare.isPresent()
                && spare.get().isAlive()
                && spare.get().logged("Ready to go on after the process of epoch");
    }

    /** The one that waited goes on now; who acted has ended. */
    void spareActs() {
        spare = Optional.empty();
    }

    /** Ends the one that waits. */
    void endSpare() {
        spare.ifPresent(waiting -> {
            waiting.terminate();
            waiting.awaitEnd(LAST_WORDS);
        });
        spare = Optional.empty();
    }

    private FocusProcess start(FocusCommand how) throws IOException {
        int number = all.size() + 1;
        int httpPort = commonPort;
        String more = "";
        if (ports == Ports.OWN) {
            httpPort = number == 1 ? commonPort : ProsodyProcess.freePorts(1).getFirst();
            boolean client = prosody.focusLogin() == FocusLogin.CLIENT;
            CountingRelay relay = CountingRelay.to(client ? prosody.clientPort() : prosody.componentPort());
            relays.add(relay);
            more = "jicofo.xmpp.%s.port = %d\n".formatted(client ? "client" : "component", relay.port());
        }
        Path file = folder.resolve("focus-" + number + ".conf");
        Files.writeString(file, """
                %s
                %sjicofo.rest.port = %d
                jicofo.journal.path = "%s"
                """.formatted(configuration, more, httpPort, folder.resolve("journal")));
        FocusProcess started = FocusProcess.start(number, how, file, httpPort, folder);
        all.add(started);
        return started;
    }

    /** The one that was started last of those that run and do not wait. */
    FocusProcess current() {
        return running().stream()
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new IllegalStateException("no focus process runs"));
    }

    /** Those that run, the one that waits left out. */
    List<FocusProcess> running() {
        return all.stream()
                .filter(FocusProcess::isAlive)
                .filter(process -> !spare.equals(Optional.of(process)))
                .toList();
    }

    /** All that there have been. */
    List<FocusProcess> all() {
        return List.copyOf(all);
    }

    /** How many bytes that one has sent to Prosody; only with {@link Ports#OWN}. */
    long sentBy(FocusProcess process) {
        return relays.get(process.number() - 1).sent();
    }

    @Override
    public int httpPort() {
        List<FocusProcess> running = running();
        return running.isEmpty() ? commonPort : running.getLast().httpPort();
    }

    /** What it measures now; empty where it does not answer. */
    FocusMetrics metrics() {
        return pages.metrics(httpPort());
    }

    /** Whether it says that it is well. */
    boolean healthy(FocusProcess process) {
        return process.isAlive() && pages.status(process.httpPort(), "/about/health") == 200;
    }

    @Override
    public Holdings holdings() {
        return metrics().holdings();
    }

    private void killAll() {
        all.forEach(FocusProcess::kill);
    }

    @Override
    public void close() {
        endSpare();
        running().forEach(FocusProcess::terminate);
        running().forEach(process -> process.awaitEnd(LAST_WORDS));
        killAll();
        relays.forEach(CountingRelay::close);
        pages.close();
        try {
            Runtime.getRuntime().removeShutdownHook(killer);
        } catch (IllegalStateException e) {
            // This process is ending: the hook runs, or has run.
        }
    }

    /** Removes what the processes have left; for a run that nobody has to look into. */
    static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
