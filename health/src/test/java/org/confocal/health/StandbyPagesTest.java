package org.confocal.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a process answers that waits while another one acts. */
class StandbyPagesTest {
    private final HealthServer server = HealthServer.standby(
            HttpConfig.DEFAULTS.withPort(0),
            InstantSource.system(),
            List.of(
                    new Figure("confocal.standby", "1 while another machine acts", Figure.Kind.GAUGE, () -> 1),
                    new Figure("confocal.redis.batches", "Batches", Figure.Kind.COUNTER, () -> 7)));
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void start() throws Exception {
        server.start();
    }

    @AfterEach
    void close() {
        server.close();
        client.close();
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void itLives() throws Exception {
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/ready", "/health", "/about/health", "/conference-request/v1", "/stats", "/x"})
    void itIsNotReadyAndSaysWhy(String path) throws Exception {
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).contains("This process waits as a standby: another one acts, or may act.");
    }

    @Test
    void itsFiguresAreShownInEachForm() throws Exception {
        assertThat(get("/metrics").body())
                .contains("confocal_standby 1.0", "confocal_redis_batches_total 7.0", "# EOF");
        assertThat(get("/metrics", "Accept", "application/json").body()).contains("\"confocal_standby\":1.0");
    }
}
