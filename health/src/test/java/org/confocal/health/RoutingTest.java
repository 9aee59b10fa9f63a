package org.confocal.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingTest {
    private HttpFixture http;

    @BeforeEach
    void start() throws IOException {
        http = new HttpFixture(FocusViewFake.busy());
    }

    @AfterEach
    void stop() {
        http.close();
    }

    @Test
    void versionNamesTheProductAndTheSystem() throws Exception {
        var json = HttpFixture.json(http.get("/about/version"));
        assertThat(json.propertyNames()).containsExactly("name", "version", "os");
        assertThat(json.path("name").asString()).isEqualTo("Confocal");
        assertThat(json.path("version").asString()).isEqualTo("0.1.0-test");
        assertThat(json.path("os").asString()).isEqualTo(System.getProperty("os.name"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing",
                "/stats/",
                "/about",
                "/about/healthy",
                "/debugging",
                "/metrics/x",
                "/pins",
                "/move-endpoints/",
                "/move-endpoints/move-everybody",
                "/%3Cb%3E"
            })
    void anUnknownPathIsNotFoundWithAReasonAsJson(String path) throws Exception {
        HttpResponse<String> response = http.get(path);
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(HttpFixture.json(response).path("reason").asString()).startsWith("There is nothing at /");
    }

    @Test
    void aLongPathIsNotRepeatedInFull() throws Exception {
        assertThat(http.get("/" + "x".repeat(4_000)).body()).hasSizeLessThan(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"})
    void aPageIsOnlyRead(String method) throws Exception {
        HttpResponse<String> response =
                http.send(http.request("/stats").method(method, HttpRequest.BodyPublishers.noBody()));
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "HEAD"})
    void aConferenceRequestIsOnlyPosted(String method) throws Exception {
        HttpResponse<String> response =
                http.send(http.request("/conference-request/v1").method(method, HttpRequest.BodyPublishers.noBody()));
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).contains("POST, OPTIONS");
    }

    @Test
    void headAnswersAsGetDoesWithoutTheBody() throws Exception {
        HttpResponse<String> response = http.send(http.request("/about/health").HEAD());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void groupsThatAreOffAreNotFound() throws Exception {
        try (HttpFixture bare = new HttpFixture(FocusViewFake.busy(), HttpConfig.DEFAULTS.withGroups(Set.of()))) {
            for (String path : new String[] {"/metrics", "/debug", "/debug/conferences", "/debug/conferences-full"}) {
                assertThat(bare.get(path).statusCode()).as(path).isEqualTo(404);
            }
            assertThat(bare.get("/debug/conference/a@b").statusCode()).isEqualTo(404);
            assertThat(bare.post("/conference-request/v1", "{}", "Content-Type", "application/json")
                            .statusCode())
                    .isEqualTo(404);
            assertThat(bare.get("/stats").statusCode()).isEqualTo(200);
            assertThat(bare.get("/about/version").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aPortThatIsTakenIsNamedInTheError() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            HealthServer server = new HealthServer(
                    HttpConfig.DEFAULTS.withPort(taken.getLocalPort()),
                    FocusViewFake.healthy(),
                    FocusViewFake.healthy(),
                    HttpFixture.IDENTITY,
                    InstantSource.system(),
                    HttpFixture.SITE,
                    Map::of);
            assertThatThrownBy(server::start)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot listen on 127.0.0.1:" + taken.getLocalPort())
                    .hasMessageContaining("jicofo.rest.port");
        }
    }

    @Test
    void theAddressReadsAsHostAndPort() {
        assertThat(http.server.address()).isEqualTo("127.0.0.1:" + http.server.port());
    }

    @Test
    void aStoppedServerListensNoMore() throws Exception {
        HttpFixture other = new HttpFixture(FocusViewFake.healthy());
        int port = other.server.port();
        assertThat(port).isPositive();
        other.close();
        assertThat(other.server.port()).isNotPositive();
        try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(free.isBound()).isTrue();
        }
    }
}
