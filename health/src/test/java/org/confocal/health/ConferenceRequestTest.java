package org.confocal.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.confocal.focus.model.ConferenceAnswer;
import org.confocal.focus.model.ConferenceReply;
import org.confocal.focus.model.ConferenceRequest;
import org.confocal.focus.model.Login;
import org.confocal.focus.model.StanzaError;
import org.confocal.focus.model.StanzaError.Condition;
import org.confocal.strategy.RoomId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /conference-request/v1} over HTTP (spec/02, section 3). */
class ConferenceRequestTest {
    private static final String PATH = "/conference-request/v1";

    private final FocusViewFake focus = FocusViewFake.healthy();
    private HttpFixture http;

    @BeforeEach
    void start() throws IOException {
        http = new HttpFixture(focus);
    }

    @AfterEach
    void stop() {
        http.close();
    }

    private HttpResponse<String> post(String body, String... headers) throws Exception {
        List<String> all = new ArrayList<>(List.of("Content-Type", "application/json"));
        all.addAll(List.of(headers));
        return http.post(PATH, body, all.toArray(new String[0]));
    }

    @Test
    void theRecordedRequestGetsTheRecordedAnswer() throws Exception {
        HttpResponse<String> response = post(
                "{\"room\":\"restroom@muc.meet.jitsi\",\"machineUid\":\"abc\",\"properties\":{\"rtcstatsEnabled\":false}}");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(response.body())
                .isEqualTo(
                        "{\"room\":\"restroom@muc.meet.jitsi\",\"ready\":true,\"focusJid\":\"focus@auth.example.org\","
                                + "\"properties\":{\"authentication\":\"false\",\"visitors-supported\":\"false\"}}");
    }

    @Test
    void everythingThatTheClientSaysReachesTheFocus() throws Exception {
        post(
                "{\"room\":\"Big.Room@MUC.example.org\",\"machineUid\":\"uid\",\"sessionId\":\"sid\",\"unknown\":[1,{}],"
                        + "\"properties\":{\"startAudioMuted\":9,\"visitors-version\":\"1\",\"flag\":true,\"deep\":{},\"nil\":null}}",
                "Authorization",
                "Bearer a.jwt");
        ConferenceRequest request = focus.requests.getFirst();
        assertThat(request.room()).isEqualTo(new RoomId("big.room@muc.example.org"));
        assertThat(request.sender()).isEmpty();
        assertThat(request.machineUid()).contains("uid");
        assertThat(request.sessionId()).contains("sid");
        assertThat(request.token()).contains("a.jwt");
        assertThat(request.properties())
                .isEqualTo(Map.of("startAudioMuted", "9", "visitors-version", "1", "flag", "true"));
    }

    @Test
    void aTokenNeedsNoBearerInFrontAndMayBeAbsent() throws Exception {
        post("{\"room\":\"a@muc.example.org\"}", "Authorization", "raw.jwt");
        post("{\"room\":\"a@muc.example.org\"}");
        assertThat(focus.requests)
                .extracting(ConferenceRequest::token)
                .containsExactly(Optional.of("raw.jwt"), Optional.empty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{} | Bad request: XMPPError: bad-request - modify [No 'room' specified.]",
                "{\"room\":null} | Bad request: XMPPError: bad-request - modify [No 'room' specified.]",
                "{\"room\":\"\"} | Bad request: XMPPError: bad-request - modify [No 'room' specified.]",
                "{\"room\":7} | Bad request: 'room' must be a string",
                "{\"room\":\"no-at\"} | Bad request: 'room' is not a room address",
                "{\"room\":\"a@b@muc\"} | Bad request: 'room' is not a room address",
                "{\"room\":\"a@muc/nick\"} | Bad request: 'room' is not a room address",
                "{\"room\":\"a b@muc\"} | Bad request: 'room' is not a room address",
                "{\"room\":\"a\\u0000@muc\"} | Bad request: 'room' is not a room address",
                "{\"room\":\"a\\ud800@muc\"} | Bad request: 'room' is not a room address",
                "{\"room\":\"a@muc\",\"properties\":[]} | Bad request: 'properties' must be an object",
                "[] | Bad request: not a JSON object",
                "7 | Bad request: not a JSON object",
            })
    void whatCannotBeUnderstoodIsABadRequestAndTheFocusDoesNotHearOfIt(String body, String answer) throws Exception {
        HttpResponse<String> response = post(body);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
        assertThat(response.body()).isEqualTo(answer);
        assertThat(focus.requests).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {"{\"room\"", "nonsense", "~~", "{\"room\":\"a@muc\"} trailing"})
    void whatIsNotJsonIsABadRequest(String body) throws Exception {
        HttpResponse<String> response = post(body);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).startsWith("Bad request: not ");
        assertThat(focus.requests).isEmpty();
    }

    @Test
    void aRoomOfTwoThousandCharactersIsRefused() throws Exception {
        assertThat(post("{\"room\":\"" + "a".repeat(2_000) + "@muc\"}").statusCode())
                .isEqualTo(400);
    }

    @Test
    void aDeeplyNestedBodyIsRefused() throws Exception {
        assertThat(post("[".repeat(20_000)).statusCode()).isEqualTo(400);
    }

    @Test
    void aBodyThatIsNotDeclaredAsJsonIsRefused() throws Exception {
        assertThat(http.post(PATH, "{\"room\":\"a@muc\"}", "Content-Type", "text/plain")
                        .statusCode())
                .isEqualTo(415);
        assertThat(http.post(PATH, "{\"room\":\"a@muc\"}").statusCode()).isEqualTo(415);
        assertThat(http.post(PATH, "{\"room\":\"a@muc\"}", "Content-Type", "application/json; charset=utf-8")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void optionsIsAnsweredEmpty() throws Exception {
        HttpResponse<String> response =
                http.send(http.request(PATH).method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void whoHasAuthenticatedIsToldItsSession() throws Exception {
        focus.answering = request -> CompletableFuture.completedStage(
                new ConferenceAnswer(request.room(), true, Optional.of(new Login("s1", "anna@example.org")), Map.of()));
        assertThat(post("{\"room\":\"a@muc\"}").body())
                .isEqualTo("{\"room\":\"a@muc\",\"ready\":true,\"focusJid\":\"focus@auth.example.org\","
                        + "\"sessionId\":\"s1\",\"identity\":\"anna@example.org\",\"properties\":{}}");
    }

    /** The client looks for 403, and for the words of the second row after the start of the text (spec/02, section 3). */
    @ParameterizedTest
    @CsvSource({
        "NOT_AUTHORIZED, 403, Error",
        "NOT_ACCEPTABLE, 400, Bad request: 400 invalid-session",
        "RESOURCE_CONSTRAINT, 400, Bad request: resource-constraint",
    })
    void aRefusalIsAStatusThatClientsKnow(Condition condition, int status, String body) throws Exception {
        focus.answering = request ->
                CompletableFuture.completedStage(new ConferenceReply.Refused(StanzaError.of(condition, "secret")));
        HttpResponse<String> response = post("{\"room\":\"a@muc\"}");
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).isEqualTo(body);
    }

    @Test
    void aFocusThatFailsMeansAskAgain() throws Exception {
        focus.answering = request -> CompletableFuture.failedFuture(new IllegalStateException("broken"));
        HttpResponse<String> response = post("{\"room\":\"a@muc\"}");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(HttpFixture.json(response).path("ready").asBoolean(true)).isFalse();
        assertThat(HttpFixture.json(response).path("properties").isObject()).isTrue();
    }

    @Test
    void aFocusThatThrowsMeansAskAgain() throws Exception {
        focus.answering = request -> {
            throw new IllegalStateException("broken");
        };
        HttpResponse<String> response = post("{\"room\":\"a@muc\"}");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("\"ready\":false").doesNotContain("broken");
    }

    @Test
    void aFocusThatDoesNotAnswerMeansAskAgainAndNoLimitOfTheServerIsFaster() throws Exception {
        focus.answering = request -> new CompletableFuture<>();
        HttpConfig.Limits few = new HttpConfig.Limits(
                256,
                12,
                1_000,
                8 << 10,
                64 << 10,
                Duration.ofSeconds(30),
                Duration.ofMillis(40),
                Duration.ofSeconds(10),
                Duration.ofMillis(400));
        try (HttpFixture quick = new HttpFixture(focus, HttpConfig.DEFAULTS.withLimits(few))) {
            HttpResponse<String> response =
                    quick.post(PATH, "{\"room\":\"a@muc\"}", "Content-Type", "application/json");
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).contains("\"ready\":false");
        }
    }

    @Test
    void requestsThatWaitHoldNoThreadOfTheServer() throws Exception {
        CompletableFuture<ConferenceReply> gate = new CompletableFuture<>();
        focus.answering = request -> gate;
        int more = 5 * HttpConfig.Limits.DEFAULTS.threads();
        try (var client = java.net.http.HttpClient.newHttpClient()) {
            List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
            for (int i = 0; i < more; i++) {
                waiting.add(client.sendAsync(
                        http.request(PATH, "Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString("{\"room\":\"a@muc\"}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString()));
            }
            Awaitility.await().until(() -> focus.requests.size() == more);
            assertThat(http.get("/about/health").statusCode()).isEqualTo(200);
            assertThat(waiting).noneMatch(CompletableFuture::isDone);
            gate.complete(new ConferenceAnswer(new RoomId("a@muc"), true, Map.of()));
            for (CompletableFuture<HttpResponse<String>> one : waiting) {
                assertThat(one.join().body()).contains("\"ready\":true");
            }
        }
    }
}
