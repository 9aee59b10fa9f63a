package org.confocal.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.confocal.focus.view.DrainControl.Answer;
import org.confocal.focus.view.DrainControl.Request;
import org.confocal.focus.view.DrainControl.Target;
import org.confocal.strategy.Region;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Emptying bridges over HTTP. */
class DrainPageTest {
    private final FocusViewFake focus = FocusViewFake.busy();
    private HttpFixture http;

    @BeforeEach
    void start() throws IOException {
        http = new HttpFixture(focus);
    }

    @AfterEach
    void stop() {
        http.close();
    }

    private HttpResponse<String> post(String json) throws IOException, InterruptedException {
        return http.post("/drain", json, "Content-Type", "application/json");
    }

    @Test
    void aDrainIsBegunListedAndUndone() throws Exception {
        HttpResponse<String> begun = post("{\"bridge\":\"jvb1\",\"deadlineSeconds\":60,\"perMinute\":30}");
        assertThat(begun.statusCode()).isEqualTo(200);
        assertThat(begun.body())
                .isEqualTo("{\"id\":\"drain-1\",\"bridge\":\"jvb1\",\"since\":\"2026-03-01T12:00:00Z\","
                        + "\"deadline\":\"2026-03-01T12:01:00Z\",\"perMinute\":30,\"state\":\"moving\","
                        + "\"bridges\":[\"jvb1\"],\"bridgeCount\":1,\"people\":60,\"moved\":7,\"etaSeconds\":61,"
                        + "\"late\":true,\"dryRun\":false}");
        assertThat(focus.drains.begun)
                .containsExactly(new Request(
                        new Target.OneBridge("jvb1"), Optional.of(Duration.ofMinutes(1)), OptionalInt.of(30)));

        assertThat(HttpFixture.json(http.get("/drain")).path("drains")).hasSize(1);
        assertThat(delete("drain-1").body()).isEqualTo("{\"undone\":\"drain-1\"}");
        assertThat(delete("drain-9").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> delete(String id) throws IOException, InterruptedException {
        return http.send(http.request("/drain/" + id).method("DELETE", HttpRequest.BodyPublishers.noBody()));
    }

    @Test
    void aDryRunBeginsNothing() throws Exception {
        HttpResponse<String> planned = post("{\"region\":\"eu\",\"dryRun\":true}");
        assertThat(HttpFixture.json(planned).path("dryRun").asBoolean()).isTrue();
        assertThat(focus.drains.planned)
                .containsExactly(
                        new Request(new Target.OfRegion(new Region("eu")), Optional.empty(), OptionalInt.empty()));
        assertThat(focus.drains.begun).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense                                  | not JSON",
                "[]                                        | not a JSON object",
                "{}                                        | exactly one of",
                "{\"bridge\":\"a\",\"region\":\"b\"}       | exactly one of",
                "{\"bridge\":7}                            | 'bridge' must be a text",
                "{\"shard\":false}                         | 'shard' must be true",
                "{\"bridge\":\"a\",\"perMinute\":0}        | 'perMinute' must be a whole number from 1",
                "{\"bridge\":\"a\",\"deadlineSeconds\":1.5}| 'deadlineSeconds' must be a whole number from 1",
                "{\"bridge\":\"a\",\"dryrun\":true}        | 'dryrun' is not known",
                "{\"bridge\":\"a\",\"dryRun\":\"yes\"}     | 'dryRun' must be true or false"
            })
    void anOrderThatCannotBeUnderstoodIsRefused(String body, String reason) throws Exception {
        HttpResponse<String> refused = post(body);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(HttpFixture.json(refused).path("reason").asString()).contains(reason);
        assertThat(focus.drains.begun).isEmpty();
    }

    @Test
    void refusalsHaveTheirStatus() throws Exception {
        focus.drains.refusal = Optional.of(new Answer.NotFound("There is no bridge that is region xx"));
        assertThat(post("{\"region\":\"xx\"}").statusCode()).isEqualTo(404);
        focus.drains.refusal = Optional.of(new Answer.Refused("the last ones are not drained"));
        assertThat(post("{\"region\":\"xx\"}").statusCode()).isEqualTo(409);
        focus.drains.refusal = Optional.of(new Answer.TooMany());
        assertThat(post("{\"version\":\"xx\"}").statusCode()).isEqualTo(503);
    }

    @Test
    void otherMethodsAreNotAllowed() throws Exception {
        assertThat(http.get("/drain/drain-1").statusCode()).isEqualTo(405);
        assertThat(http.send(http.request("/drain").method("DELETE", HttpRequest.BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(405);
    }
}
