package org.confocal.tests.contract;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The HTTP side of the focus that is looked at. */
final class HttpFace implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String base;
    private final HttpClient client = HttpClient.newHttpClient();

    /** @param base as in {@code http://127.0.0.1:8888} */
    HttpFace(String base) {
        this.base = base;
    }

    HttpResponse<String> get(String path, String accept) throws IOException {
        return send("GET", path, "", accept);
    }

    /** @param body empty for none; else sent as JSON */
    HttpResponse<String> send(String method, String path, String body, String accept) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(PATIENCE)
                .header("Accept", accept)
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
