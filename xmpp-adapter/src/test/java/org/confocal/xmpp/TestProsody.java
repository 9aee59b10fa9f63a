package org.confocal.xmpp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A real Prosody on loopback ports of its own, with everything it writes in one temporary folder. Serves {@code localhost},
 * {@code auth.localhost} with the account {@code focus}/{@code secret}, rooms at {@code muc.localhost}, and the component
 * {@code focus.localhost} with the secret {@code topsecret}.
 */
public final class TestProsody implements AutoCloseable {

    public static final String COMPONENT_SECRET = "topsecret";
    public static final String PASSWORD = "secret";

    /** What the tests with two versions run with: {@code CONFOCAL_PROSODIES}, separated by colons, else the one on the path. */
    public static List<String> binaries() {
        String given = System.getenv().getOrDefault("CONFOCAL_PROSODIES", "");
        return given.isEmpty() ? List.of("prosody") : List.of(given.split(":", -1));
    }

    private final String binary;
    private final String componentLines;
    private final Path folder;
    private final int clientPort = freePort();
    private final int componentPort = freePort();
    private @Nullable Process process;

    private TestProsody(String binary, String componentLines, Path folder) {
        this.binary = binary;
        this.componentLines = componentLines;
        this.folder = folder;
    }

    /** Prepared, not started; it holds a lost component for 30 s. */
    public static TestProsody prepare() {
        return prepare("prosody", "modules_enabled = { \"confocal_hold\" }");
    }

    /**
     * Prepared, not started.
     *
     * @param componentLines of the configuration, below the component
     */
    public static TestProsody prepare(String binary, String componentLines) {
        if (!Files.isExecutable(Path.of("/usr/bin/prosody"))) {
            throw new AssertionError("this test needs a Prosody: apt-get install prosody");
        }
        try {
            TestProsody prosody =
                    new TestProsody(binary, componentLines, Files.createTempDirectory("confocal-prosody"));
            prosody.configure();
            return prosody;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static TestProsody started() {
        TestProsody prosody = prepare();
        prosody.start();
        return prosody;
    }

    public int clientPort() {
        return clientPort;
    }

    public int componentPort() {
        return componentPort;
    }

    public void start() {
        Process started;
        try {
            started = new ProcessBuilder(
                            binary,
                            "--config",
                            folder.resolve("prosody.cfg.lua").toString(),
                            "-F")
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("console.log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        process = started;
        Awaitility.await("Prosody listens").atMost(Duration.ofSeconds(30)).until(() -> {
            if (!started.isAlive()) {
                throw new AssertionError("Prosody ended:\n" + log());
            }
            return accepts(clientPort) && accepts(componentPort);
        });
    }

    /** Ends it politely, as a package upgrade does. */
    public void stop() {
        end(Process::destroy);
    }

    /** Ends it as a power failure does. */
    public void kill() {
        end(Process::destroyForcibly);
    }

    private void end(java.util.function.Consumer<Process> how) {
        Process running = process;
        if (running == null) {
            return;
        }
        how.accept(running);
        try {
            if (!running.waitFor(20, TimeUnit.SECONDS)) {
                running.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        process = null;
    }

    /** What it wrote since it was prepared. */
    public String log() {
        try {
            Path log = folder.resolve("prosody.log");
            String text = Files.exists(log) ? Files.readString(log) : "";
            return text + Files.readString(folder.resolve("console.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stop();
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void configure() throws IOException {
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("console.log"), "");
        Path key = folder.resolve("host.key");
        Path certificate = folder.resolve("host.crt");
        run(List.of(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=auth.localhost",
                "-addext",
                "subjectAltName=DNS:auth.localhost,DNS:localhost",
                "-keyout",
                key.toString(),
                "-out",
                certificate.toString()));
        Files.writeString(folder.resolve("prosody.cfg.lua"), """
                run_as_root = true
                daemonize = false
                pidfile = "%1$s/prosody.pid"
                data_path = "%1$s/data"
                plugin_paths = { "%6$s" }
                certificates = "%1$s"
                log = { { levels = { min = "info" }, to = "file", filename = "%1$s/prosody.log" } }
                admins = { "focus@auth.localhost", "focus@focus.localhost" }
                interfaces = { "127.0.0.1" }
                c2s_ports = { %2$d }
                s2s_ports = {}
                legacy_ssl_ports = {}
                component_ports = { %3$d }
                component_interfaces = { "127.0.0.1" }
                modules_enabled = { "roster", "saslauth", "tls", "disco", "ping", "smacks", "presence", "message", "iq" }
                modules_disabled = { "s2s" }
                smacks_hibernation_time = 30
                c2s_require_encryption = false
                allow_unencrypted_plain_auth = true
                authentication = "internal_hashed"
                storage = "internal"
                ssl = { key = "%1$s/host.key", certificate = "%1$s/host.crt" }
                VirtualHost "localhost"
                  authentication = "anonymous"
                  disco_items = {}
                VirtualHost "auth.localhost"
                Component "muc.localhost" "muc"
                Component "focus.localhost"
                  component_secret = "%4$s"
                  %5$s
                """.formatted(
                        folder,
                        clientPort,
                        componentPort,
                        COMPONENT_SECRET,
                        componentLines,
                        Path.of("../docker/prosody/plugins").toRealPath()));
        run(List.of(
                "prosodyctl",
                "--config",
                folder.resolve("prosody.cfg.lua").toString(),
                "register",
                "focus",
                "auth.localhost",
                PASSWORD));
    }

    /** Changes the text of the configuration, before it is started. */
    public void reconfigure(UnaryOperator<String> change) {
        Path file = folder.resolve("prosody.cfg.lua");
        try {
            Files.writeString(file, change.apply(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path certificate() {
        return folder.resolve("host.crt");
    }

    private void run(List<String> command) throws IOException {
        Process tool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("tool.log").toFile())
                .start();
        try {
            if (tool.waitFor() != 0) {
                throw new AssertionError(command + " failed:\n" + Files.readString(folder.resolve("tool.log")));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
