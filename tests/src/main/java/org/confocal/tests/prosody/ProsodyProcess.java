package org.confocal.tests.prosody;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real Prosody in the foreground of a child process: own configuration, data and certificates in a temporary folder, own
 * ports on the loopback interface. Used by one thread at a time. Every wait is bounded by {@value #START_SECONDS} s.
 */
public final class ProsodyProcess implements AutoCloseable {
    static final int START_SECONDS = 20;
    private static final String PLUGIN = "mod_client_proxy.lua";
    private static final String MISHAPS = "mod_mishaps.lua";

    private final ProsodyConfig config;
    private final Path folder;

    private @Nullable Process process;

    private ProsodyProcess(ProsodyConfig config, Path folder) {
        this.config = config;
        this.folder = folder;
    }

    /** Starts one with the names and times that tests use, and waits until it listens. */
    public static ProsodyProcess start(FocusLogin focusLogin) throws IOException {
        return start(ProsodyConfig.forTests(focusLogin));
    }

    /** Starts one, and waits until it listens. */
    public static ProsodyProcess start(ProsodyConfig config) throws IOException {
        ProsodyProcess prosody = prepared(config);
        try {
            prosody.restart();
            return prosody;
        } catch (IOException e) {
            prosody.close();
            throw e;
        }
    }

    /** One whose configuration is written but which is not running yet: call {@link #restart}. */
    public static ProsodyProcess prepared(ProsodyConfig config) throws IOException {
        return new ProsodyProcess(config, prepare(config));
    }

    private static Path prepare(ProsodyConfig config) throws IOException {
        Path folder = Files.createTempDirectory("prosody-");
        Files.writeString(folder.resolve("prosody.cfg.lua"), config.text(folder));
        mishaps(Files.createDirectories(folder.resolve("plugins")));
        account(folder, config.domains().auth(), ProsodyConfig.BRIDGE_USER);
        account(folder, config.domains().auth(), ProsodyConfig.PERSON);
        Files.createDirectories(folder.resolve("certs"));
        if (config.focusLogin() == FocusLogin.CLIENT) {
            account(folder, config.domains().auth(), ProsodyConfig.FOCUS_USER);
            certificate(folder.resolve("certs"), config.domains().auth());
        }
        return folder;
    }

    private static void mishaps(Path plugins) throws IOException {
        try (InputStream module = ProsodyProcess.class.getResourceAsStream("/prosody/" + MISHAPS)) {
            Files.copy(Objects.requireNonNull(module, MISHAPS), plugins.resolve(MISHAPS));
        }
    }

    /** Registers an account the way {@code prosodyctl register} stores it; Prosody hashes it at the first login. */
    private static void account(Path folder, String host, String user) throws IOException {
        Path accounts = folder.resolve("data").resolve(host.replace(".", "%2e")).resolve("accounts");
        Files.createDirectories(accounts);
        Files.writeString(
                accounts.resolve(user + ".dat"), "return { [\"password\"] = \"" + ProsodyConfig.SECRET + "\" };\n");
    }

    private static void certificate(Path certs, String host) throws IOException {
        ProcessBuilder openssl = new ProcessBuilder(List.of(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "ec",
                        "-pkeyopt",
                        "ec_paramgen_curve:prime256v1",
                        "-nodes",
                        "-days",
                        "30",
                        "-subj",
                        "/CN=" + host,
                        "-addext",
                        "subjectAltName=DNS:" + host,
                        "-keyout",
                        certs.resolve("auth.key").toString(),
                        "-out",
                        certs.resolve("auth.crt").toString()))
                .redirectErrorStream(true)
                .redirectOutput(certs.resolve("openssl.log").toFile());
        try {
            Process running = openssl.start();
            if (!running.waitFor(START_SECONDS, TimeUnit.SECONDS) || running.exitValue() != 0) {
                running.destroyForcibly();
                throw new IOException("openssl made no certificate: " + Files.readString(certs.resolve("openssl.log")));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static Path binary() throws IOException {
        Stream<String> folders = Stream.concat(
                Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)),
                Stream.of("/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"));
        return folders.map(name -> Path.of(name, "prosody"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(
                        () -> new IOException(
                                "there is no prosody here; on Debian, as root: apt-get install prosody lua-sec lua-expat lua-event"));
    }

    /** The folder of our plugins: property {@code confocal.prosody.plugins}, else found from the working folder upwards. */
    public static Path pluginFolder() {
        String configured = System.getProperty("confocal.prosody.plugins", "");
        if (!configured.isEmpty()) {
            return Path.of(configured);
        }
        Path start = Path.of("").toAbsolutePath();
        return Stream.iterate(start, at -> at != null, Path::getParent)
                .map(at -> at.resolve("docker/prosody/plugins"))
                .filter(at -> Files.exists(at.resolve(PLUGIN)))
                .findFirst()
                .orElse(start);
    }

    /** That many TCP ports that were free a moment ago. */
    public static List<Integer> freePorts(int count) {
        return Stream.generate(ProsodyProcess::reserve).limit(count).toList().stream()
                .map(ProsodyProcess::release)
                .toList();
    }

    private static ServerSocket reserve() {
        try {
            return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int release(ServerSocket socket) {
        try (socket) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process launch() throws IOException {
        return new ProcessBuilder(
                        binary().toString(),
                        "--config",
                        folder.resolve("prosody.cfg.lua").toString(),
                        "-F")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output().toFile()))
                .start();
    }

    private Path output() {
        return folder.resolve("output.log");
    }

    private void awaitListening(Process started) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (System.nanoTime() < deadline) {
            if (!started.isAlive()) {
                throw new IOException("prosody ended: " + log());
            }
            if (listens(config.clientPort())
                    && (config.focusLogin() == FocusLogin.CLIENT || listens(config.componentPort()))) {
                return;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        throw new IOException("prosody does not listen after " + START_SECONDS + " s: " + log());
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** What it was started with. */
    public ProsodyConfig config() {
        return config;
    }

    /** Everything it has written so far. */
    public String log() {
        StringBuilder text = new StringBuilder();
        for (Path file : List.of(output(), folder.resolve("prosody.log"))) {
            try {
                text.append(Files.exists(file) ? Files.readString(file) : "");
            } catch (IOException e) {
                text.append(String.format(Locale.ROOT, "(%s: %s)", file, e.getMessage()));
            }
        }
        return text.toString();
    }

    /** Ends it politely (SIGTERM) and waits. */
    public void stop() {
        end(Process::destroy);
    }

    /** Ends it without a word (SIGKILL) and waits. */
    public void kill() {
        end(Process::destroyForcibly);
    }

    private void end(Consumer<Process> how) {
        Process running = process;
        if (running == null) {
            return;
        }
        how.accept(running);
        try {
            if (!running.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
                running.destroyForcibly().waitFor(START_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            running.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        process = null;
    }

    /** Ends it where it runs, starts it again on the same ports with the same data, and waits until it listens. */
    public void restart() throws IOException {
        stop();
        Process started = launch();
        process = started;
        awaitListening(started);
    }

    /** Ends it and removes its folder. */
    @Override
    public void close() {
        stop();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
