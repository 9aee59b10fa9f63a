package org.confocal.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may change something, and where. */
class AccessTest {
    private static final String TOKEN = "correct-horse-battery-staple";
    private static final String MOVE = "/move-endpoints/move-endpoints?bridge=jvb1";
    private static final Access WITH_TOKEN =
            new Access(Optional.empty(), Optional.of(new BearerToken(TOKEN)), Optional.empty());

    private final FocusViewFake focus = FocusViewFake.busy();

    private static HttpConfig with(Access access) {
        return HttpConfig.DEFAULTS.withAccess(access);
    }

    private static Access ownAddress(Optional<BearerToken> token) {
        return new Access(
                Optional.of(new Access.Address("127.0.0.1", 0, Access.IfTaken.REFUSE_START)), token, Optional.empty());
    }

    @Test
    void withoutATokenOnLoopbackEverybodyMayMovePeopleAsInJicofo() throws Exception {
        try (HttpFixture http = new HttpFixture(focus)) {
            assertThat(http.get(MOVE).statusCode()).isEqualTo(200);
            assertThat(focus.asked).hasSize(1);
        }
    }

    @Test
    void aPageOfAnotherSiteMovesNobody() throws Exception {
        try (HttpFixture http = new HttpFixture(focus)) {
            assertThat(http.get(MOVE, "Sec-Fetch-Site", "cross-site").statusCode())
                    .isEqualTo(403);
            assertThat(focus.asked).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                      | Bearer realm=\"Confocal control\"",
                "Bearer wrong                          | Bearer realm=\"Confocal control\", error=\"invalid_token\"",
                "Bearer                                | Bearer realm=\"Confocal control\", error=\"invalid_token\"",
                "Bearer correct-horse-battery-stapl    | Bearer realm=\"Confocal control\", error=\"invalid_token\"",
                "Bearer correct-horse-battery-staple2  | Bearer realm=\"Confocal control\", error=\"invalid_token\"",
                "correct-horse-battery-staple          | Bearer realm=\"Confocal control\", error=\"invalid_token\"",
                "Basic correct-horse-battery-staple    | Bearer realm=\"Confocal control\", error=\"invalid_token\"",
            })
    void aWrongOrMissingTokenIsUnauthorized(String authorization, String challenge) throws Exception {
        try (HttpFixture http = new HttpFixture(focus, with(WITH_TOKEN))) {
            String[] headers = authorization == null ? new String[0] : new String[] {"Authorization", authorization};
            for (HttpResponse<String> refused : List.of(
                    http.get(MOVE, headers),
                    http.post("/pin", "{}", headers),
                    http.post("/drain", "x".repeat(40_000), headers))) {
                assertThat(refused.statusCode()).isEqualTo(401);
                assertThat(refused.headers().allValues("WWW-Authenticate")).containsExactly(challenge);
                assertThat(HttpFixture.json(refused).path("reason").asString()).isNotEmpty();
                assertThat(refused.body()).doesNotContain(TOKEN);
            }
            assertThat(focus.asked).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "bearer ", "BEARER   "})
    void theTokenLetsControlCallsIn(String scheme) throws Exception {
        try (HttpFixture http = new HttpFixture(focus, with(WITH_TOKEN))) {
            assertThat(http.get(MOVE, "Authorization", scheme + TOKEN).statusCode())
                    .isEqualTo(200);
            assertThat(focus.asked).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%6dove-endpoints/move-endpoints", "/x/../move-endpoints/move-endpoints"})
    void aPathThatIsWrittenDifferentlyNeedsTheTokenToo(String path) throws Exception {
        try (HttpFixture http = new HttpFixture(focus, with(WITH_TOKEN))) {
            String answer = http.raw("GET " + path + "?bridge=jvb1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            assertThat(answer).matches("(?s)HTTP/1.1 40[01] .*");
            assertThat(focus.asked).isEmpty();
        }
    }

    @Test
    void readingNeedsNoTokenAndNeitherDoClients() throws Exception {
        try (HttpFixture http = new HttpFixture(focus, with(WITH_TOKEN))) {
            for (String path : new String[] {"/stats", "/pin", "/metrics", "/about/health"}) {
                assertThat(http.get(path).statusCode()).as(path).isEqualTo(200);
            }
            assertThat(http.post("/conference-request/v1", "{\"room\":\"a@b\"}", "Content-Type", "application/json")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void whoGuessesHasToWaitAndOnlyForControlCalls() throws Exception {
        try (HttpFixture http = new HttpFixture(focus, with(WITH_TOKEN))) {
            for (int i = 0; i < AccessGate.GUESSES; i++) {
                assertThat(http.get(MOVE, "Authorization", "Bearer guess" + i).statusCode())
                        .isEqualTo(401);
            }
            HttpResponse<String> late = http.get(MOVE, "Authorization", "Bearer " + TOKEN);
            assertThat(late.statusCode()).isEqualTo(429);
            assertThat(late.headers().firstValue("Retry-After")).contains("1");
            assertThat(http.get("/stats").statusCode()).isEqualTo(200);
            assertThat(focus.asked).isEmpty();
        }
    }

    @Test
    void controlCallsAreAnsweredOnTheirOwnAddressOnly() throws Exception {
        try (HttpFixture http = new HttpFixture(focus, with(ownAddress(Optional.empty())));
                HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> refused = http.get(MOVE);
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("jicofo.rest.control.host");
            assertThat(http.post("/pin", "{}").statusCode()).isEqualTo(403);
            assertThat(focus.asked).isEmpty();

            assertThat(control(client, http, MOVE).statusCode()).isEqualTo(200);
            assertThat(control(client, http, "/stats").statusCode()).isEqualTo(200);
            assertThat(focus.asked).hasSize(1);
        }
    }

    @Test
    void onAControlAddressOfItsOwnEveryCallNeedsTheToken() throws Exception {
        try (HttpFixture http = new HttpFixture(focus, with(ownAddress(Optional.of(new BearerToken(TOKEN)))));
                HttpClient client = HttpClient.newHttpClient()) {
            assertThat(control(client, http, "/stats").statusCode()).isEqualTo(401);
            assertThat(control(client, http, "/stats", "Authorization", "Bearer " + TOKEN)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(http.get("/stats").statusCode()).isEqualTo(200);
        }
    }

    private static HttpResponse<String> control(HttpClient client, HttpFixture http, String path, String... headers)
            throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http.server.controlPort() + path));
        return client.send(
                (headers.length == 0 ? request : request.headers(headers)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aControlPortThatIsTakenStopsTheStartOnlyWhereItWasAskedFor() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (Access.IfTaken ifTaken : Access.IfTaken.values()) {
                HttpConfig config = with(new Access(
                        Optional.of(new Access.Address("127.0.0.1", taken.getLocalPort(), ifTaken)),
                        Optional.empty(),
                        Optional.empty()));
                switch (ifTaken) {
                    case REFUSE_START ->
                        assertThatThrownBy(() -> new HttpFixture(focus, config).close())
                                .isInstanceOf(IOException.class)
                                .hasMessageContaining("jicofo.rest.control.port");
                    case START_WITHOUT -> {
                        try (HttpFixture http = new HttpFixture(focus, config)) {
                            assertThat(http.get("/stats").statusCode()).isEqualTo(200);
                            assertThat(http.get(MOVE).statusCode()).isEqualTo(403);
                        }
                    }
                }
            }
        }
    }

    @Test
    void anAddressThatAsksTooOftenIsTurnedAway() throws Exception {
        HttpConfig config = HttpConfig.DEFAULTS.withLimits(HttpConfig.Limits.DEFAULTS.withRequestsPerSecond(5));
        try (HttpFixture http = new HttpFixture(focus, config)) {
            for (int i = 0; i < 10; i++) {
                assertThat(http.get("/about/health").statusCode()).isEqualTo(200);
            }
            HttpResponse<String> refused = http.get("/about/health");
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.body()).contains("127.0.0.1");
        }
    }

    @Test
    void noServerCanBeBuiltThatLetsEverybodyControlIt() {
        assertThatThrownBy(() -> new HttpConfig(
                        "0.0.0.0", 8888, HttpConfig.DEFAULTS.groups(), HttpConfig.Limits.DEFAULTS, Access.SHARED, 0.6))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("beyond loopback");
    }
}
