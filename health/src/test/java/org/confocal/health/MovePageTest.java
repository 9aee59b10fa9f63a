package org.confocal.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.EnumSet;
import org.confocal.focus.view.FocusControl.Moved;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Jicofo's calls to move people and to bind conferences to a bridge version. */
class MovePageTest {
    private static final String JSON = "application/json";

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

    @ParameterizedTest
    @CsvSource({
        "move-endpoint?conference=a@muc.x&endpoint=e1,               move e1 of a@muc.x from anywhere",
        "move-endpoint?conference=A@muc.x&endpoint=e1&bridge=jvb1,   move e1 of a@muc.x from jvb1",
        "move-endpoints?bridge=jvb1,                                 move 1 of all from jvb1",
        "move-endpoints?bridge=jvb1&numEndpoints=7&conference=a@m.x, move 7 of a@m.x from jvb1",
        "move-endpoints?bridge=b@m.x/jvb1&numEndpoints=0,            move 0 of all from b@m.x/jvb1",
        "move-fraction?bridge=jvb1,                                  move 0.1 from jvb1",
        "move-fraction?bridge=jvb1&fraction=1,                       move 1.0 from jvb1",
    })
    void aMoveIsPassedOnAndAnswered(String path, String asked) throws Exception {
        HttpResponse<String> response = http.get("/move-endpoints/" + path);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"movedEndpoints\":3,\"conferences\":2}");
        assertThat(focus.asked).containsExactly(asked);
    }

    @ParameterizedTest
    @CsvSource({
        "move-endpoint?endpoint=e1,                        400, Bad request: Missing parameter: conference",
        "move-endpoint?conference=a@muc.x,                 400, Bad request: Missing parameter: endpoint",
        "move-endpoint?conference=nowhere&endpoint=e1,     500, Not found: Conference not found",
        "move-endpoints?numEndpoints=3,                    400, Bad request: Missing parameter: bridge",
        "move-endpoints?bridge=,                           400, Bad request: Missing parameter: bridge",
        "move-endpoints?bridge=jvb1&numEndpoints=many,     500, Bad request: numEndpoints must be a number",
        "move-endpoints?bridge=jvb1&numEndpoints=1.5,      500, Bad request: numEndpoints must be a whole number",
        "move-endpoints?bridge=jvb1&numEndpoints=-1,       500, Bad request: numEndpoints must be a number from 0.0 on",
        "move-fraction?bridge=jvb1&fraction=NaN,           500, Bad request: fraction must be a number from 0.0 on",
        "move-fraction?fraction=0.5,                       400, Bad request: Missing parameter: bridge",
    })
    void aMoveThatCannotBeUnderstoodIsRefused(String path, int status, String body) throws Exception {
        HttpResponse<String> response = http.get("/move-endpoints/" + path);
        assertThat(response.body()).isEqualTo(body);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(focus.asked).isEmpty();
    }

    @Test
    void whatIsNotFoundIsAServerErrorAsInJicofo() throws Exception {
        focus.moved = new Moved.NotFound("Bridge not found");
        HttpResponse<String> response = http.get("/move-endpoints/move-endpoints?bridge=jvb9");
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).isEqualTo("Not found: Bridge not found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "POST", "DELETE"})
    void onlyAGetMoves(String method) throws Exception {
        HttpResponse<String> response = http.send(http.request("/move-endpoints/move-endpoints?bridge=jvb1")
                .method(method, HttpRequest.BodyPublishers.noBody()));
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(focus.asked).isEmpty();
    }

    @Test
    void pinsAreListedMadeAndRemoved() throws Exception {
        assertThat(http.get("/pin").body())
                .isEqualTo("[{\"conferenceId\":\"alpha@muc.example.org\",\"jvbVersion\":\"2.3-92\","
                        + "\"expiresAt\":\"2026-03-01T12:00:00Z\"}]");
        HttpResponse<String> pinned = http.post(
                "/pin",
                "{\"conferenceId\":\"Beta@muc.x\",\"jvbVersion\":\"2.3-92\",\"durationMinutes\":90}",
                "Content-Type",
                JSON);
        assertThat(pinned.statusCode()).isEqualTo(200);
        assertThat(pinned.body()).isEmpty();
        HttpResponse<String> removed =
                http.post("/pin/remove", "{\"conferenceId\":\"beta@muc.x\"}", "Content-Type", JSON);
        assertThat(removed.statusCode()).isEqualTo(200);
        assertThat(focus.asked).containsExactly("pin beta@muc.x to 2.3-92 for PT1H30M", "unpin beta@muc.x");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/pin        | {}                                                                     | 400",
                "/pin        | {\"conferenceId\":\"a@x\",\"jvbVersion\":\"2\"}                        | 400",
                "/pin        | {\"conferenceId\":\"a@x\",\"jvbVersion\":\"2\",\"durationMinutes\":0}  | 400",
                "/pin        | {\"conferenceId\":\"a\",\"jvbVersion\":\"2\",\"durationMinutes\":5}    | 400",
                "/pin        | nonsense                                                               | 400",
                "/pin/remove | {}                                                                     | 400",
                "/pin/remove | nonsense                                                               | 500"
            })
    void aPinThatCannotBeUnderstoodIsRefused(String path, String body, int status) throws Exception {
        assertThat(http.post(path, body, "Content-Type", JSON).statusCode()).isEqualTo(status);
        assertThat(focus.asked).isEmpty();
    }

    @Test
    void bothCanBeSwitchedOff() throws Exception {
        try (HttpFixture without =
                new HttpFixture(focus, HttpConfig.DEFAULTS.withGroups(EnumSet.of(HttpConfig.Group.DEBUG)))) {
            assertThat(without.get("/move-endpoints/move-endpoints?bridge=jvb1").statusCode())
                    .isEqualTo(404);
            assertThat(without.get("/pin").statusCode()).isEqualTo(404);
            assertThat(without.post("/pin/remove", "{}", "Content-Type", JSON).statusCode())
                    .isEqualTo(404);
        }
        assertThat(focus.asked).isEmpty();
    }
}
