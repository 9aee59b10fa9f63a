package org.confocal.tests.integration;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A real HAProxy on loopback with the shipped configuration and two shards behind it. */
final class Haproxy implements AutoCloseable {
    static final String FILE = "../docker/haproxy/haproxy.cfg";

    /** HAProxy asks agents every second; a busy machine takes its time. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final int port;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /**
     * Where a shard is, all on loopback.
     *
     * @param web what browsers talk to
     * @param agent what HAProxy asks
     */
    record Shard(int web, int agent) {}

    private Haproxy(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Returns when HAProxy answers. What it logs goes to a file in {@code folder}. */
    static Haproxy start(Path folder, Shard one, Shard two) throws IOException {
        int port = freePort();
        Map<String, String> environment = new HashMap<>();
        environment.put("HAPROXY_BIND", "127.0.0.1:" + port);
        environment.put("HAPROXY_MAXCONN", "200");
        environment.put("SHARD1", "127.0.0.1:" + one.web());
        environment.put("SHARD2", "127.0.0.1:" + two.web());
        environment.put("SHARD1_AGENT", "127.0.0.1");
        environment.put("SHARD2_AGENT", "127.0.0.1");
        environment.put("SHARD1_AGENT_PORT", String.valueOf(one.agent()));
        environment.put("SHARD2_AGENT_PORT", String.valueOf(two.agent()));
        ProcessBuilder command = new ProcessBuilder("haproxy", "-db", "-f", FILE)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("haproxy.log").toFile());
        command.environment().putAll(environment);
        Haproxy haproxy = new Haproxy(command.start(), port);
        Awaitility.await().atMost(PATIENCE).until(() -> haproxy.process.isAlive() && haproxy.answers("/haproxy-alive"));
        return haproxy;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    boolean answers(String path) {
        try {
            return get(path).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    HttpResponse<String> get(String path) throws IOException {
        return send(request(path).build());
    }

    /** Sends JSON. */
    HttpResponse<String> post(String path, String body) throws IOException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30));
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }

    @Override
    public void close() {
        client.close();
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
