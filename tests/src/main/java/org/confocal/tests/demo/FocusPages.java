package org.confocal.tests.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** What a focus answers over HTTP. A focus that is not there, or stopped, is no error here. */
final class FocusPages implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    /** The status of a path; 0 where nobody answers. */
    int status(int port, String path) {
        return get(port, path).map(HttpResponse::statusCode).orElse(0);
    }

    /** What it measures; nothing where nobody answers. */
    FocusMetrics metrics(int port) {
        return FocusMetrics.of(get(port, "/metrics").map(HttpResponse::body).orElse(""));
    }

    private Optional<HttpResponse<String>> get(int port, String path) {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        try {
            return Optional.of(http.send(
                    HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
