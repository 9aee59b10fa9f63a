package org.confocal.health;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.confocal.focus.model.Jid;
import org.confocal.strategy.choice.EgressEstimate;
import org.confocal.strategy.choice.MediaRates;
import org.confocal.strategy.network.EgressPrices;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A started server on a free port, and a client for it. */
final class HttpFixture implements AutoCloseable {
    static final FocusIdentity IDENTITY = new FocusIdentity(
            "0.1.0-test",
            new Jid("focus@auth.example.org/focus"),
            "SingleBridgeSelectionStrategy",
            "XMPPDomainAuthAuthority");

    static final SiteFacts SITE = new SiteFacts(
            true, true, false, new EgressEstimate(EgressPrices.flat(0.1, 0.02), MediaRates.DEFAULTS, List.of()));

    final HealthServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    HttpFixture(FocusViewFake focus) throws IOException {
        this(focus, HttpConfig.DEFAULTS);
    }

    HttpFixture(FocusViewFake focus, HttpConfig config) throws IOException {
        server = new HealthServer(
                config.withPort(0),
                focus,
                focus,
                IDENTITY,
                InstantSource.fixed(FocusViewFake.NOW),
                SITE,
                () -> Map.of("av_moderation", Map.of("address", "avmoderation.example.org")));
        server.start();
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send(request(path, headers).GET());
    }

    HttpResponse<String> post(String path, String body, String... headers) throws IOException, InterruptedException {
        return send(request(path, headers).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(Duration.ofSeconds(30));
        return headers.length == 0 ? request : request.headers(headers);
    }

    /** Sends bytes and reads until the server closes. */
    String raw(String bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
