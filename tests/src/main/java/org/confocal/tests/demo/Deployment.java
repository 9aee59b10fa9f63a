package org.confocal.tests.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.confocal.tests.bridge.BridgeConfig;
import org.confocal.tests.bridge.BridgeEmulator;
import org.confocal.tests.prosody.FocusLogin;
import org.confocal.tests.prosody.ProsodyProcess;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Prosody, bridges, and a focus. Used by one thread at a time; every wait is bounded. */
public final class Deployment implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Who asks just when a server ends may never hear; it is asked again. */
    private static final Duration ONE_ANSWER = Duration.ofSeconds(5);

    private final ProsodyProcess prosody;
    private final FocusUnderTest focus;
    private final List<BridgeEmulator> bridges = new ArrayList<>();
    private final List<BridgeEmulator> replaced = new ArrayList<>();
    private final SplittableRandom random;
    private final HttpClient http = HttpClient.newHttpClient();

    private Deployment(ProsodyProcess prosody, FocusUnderTest focus, long seed) {
        this.prosody = prosody;
        this.focus = focus;
        this.random = new SplittableRandom(seed);
    }

    /** Starts what the plain demo runs on. */
    public static Deployment start(FocusLogin mode, FocusUnderTest focus, int wantedPort, long seed)
            throws IOException {
        return start(Layout.PLAIN, mode, focus, wantedPort, seed);
    }

    /**
     * Starts all of it and waits until the focus can use all bridges.
     *
     * @param wantedPort where the focus should listen; another free port where that is taken, or 0
     */
    public static Deployment start(Layout layout, FocusLogin mode, FocusUnderTest focus, int wantedPort, long seed)
            throws IOException {
        return start(layout, ProsodyProcess.start(mode), focus, wantedPort, seed);
    }

    /** The same on a Prosody that runs; it is closed with the deployment, and where the deployment cannot be started. */
    static Deployment start(Layout layout, ProsodyProcess prosody, FocusUnderTest focus, int wantedPort, long seed)
            throws IOException {
        Deployment deployment = new Deployment(prosody, focus, seed);
        try {
            deployment.startAll(layout, wantedPort);
            return deployment;
        } catch (IOException | RuntimeException e) {
            deployment.close();
            throw e;
        }
    }

    private void startAll(Layout layout, int wantedPort) throws IOException {
        focus.start(FocusConfiguration.of(prosody.config(), freePort(wantedPort)) + "\n" + layout.configuration());
        for (int i = 0; i < layout.regions().size(); i++) {
            BridgeConfig config = BridgeConfig.of(
                    prosody.config(), "jvb" + (i + 1), layout.regions().get(i));
            bridges.add(BridgeEmulator.start(config, random.split()));
        }
        awaitUsable(bridges.size());
    }

    private static int freePort(int wanted) {
        try (ServerSocket socket = new ServerSocket(wanted, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            return ProsodyProcess.freePorts(1).getFirst();
        }
    }

    /** Waits until {@code /stats} counts so many operational bridges and {@code /about/health} is 200. */
    public void awaitUsable(int count) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String seen = "";
        while (System.nanoTime() < deadline) {
            seen = seen();
            if (seen.equals("/about/health is 200, /stats counts " + count + " operational bridges")) {
                return;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        throw new IOException("after " + PATIENCE.toSeconds() + " s " + seen);
    }

    private String seen() {
        try {
            return "/about/health is " + get("/about/health").statusCode() + ", /stats counts " + operationalBridges()
                    + " operational bridges";
        } catch (IOException e) {
            // A process of its own takes its time to listen.
            return "the focus does not answer: " + e.getMessage();
        }
    }

    private int operationalBridges() throws IOException {
        JsonNode stats = JsonMapper.shared().readTree(get("/stats").body());
        return stats.path("bridge_selector").path("operational_bridge_count").asInt(-1);
    }

    /** A GET from the focus. */
    public HttpResponse<String> get(String path) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url(path)))
                .timeout(ONE_ANSWER)
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** The full address of a path of the focus. */
    public String url(String path) {
        return "http://127.0.0.1:" + focus.httpPort() + path;
    }

    public ProsodyProcess prosody() {
        return prosody;
    }

    public FocusUnderTest focus() {
        return focus;
    }

    public List<BridgeEmulator> bridges() {
        return List.copyOf(bridges);
    }

    /** All bridges that there have been. */
    List<BridgeEmulator> allBridges() {
        List<BridgeEmulator> all = new ArrayList<>(replaced);
        all.addAll(bridges);
        return all;
    }

    /** A bridge that was killed comes back, empty, under its name. */
    void replace(BridgeEmulator dead) throws IOException {
        bridges.set(bridges.indexOf(dead), BridgeEmulator.start(dead.config(), random.split()));
        replaced.add(dead);
    }

    /** Stops all of it, the focus first. */
    @Override
    public void close() {
        focus.close();
        bridges.forEach(BridgeEmulator::close);
        prosody.close();
        http.close();
    }
}
