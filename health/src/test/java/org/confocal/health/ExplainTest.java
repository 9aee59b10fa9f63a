package org.confocal.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.confocal.focus.view.ConferenceLayout;
import org.confocal.focus.view.Decision;
import org.confocal.strategy.Audience;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.ConferenceShape;
import org.confocal.strategy.ConferenceShape.BridgeUse;
import org.confocal.strategy.ConferenceShape.RegionCount;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.JoinRate;
import org.confocal.strategy.Region;
import org.confocal.strategy.RoomId;
import org.confocal.strategy.Selection;
import org.confocal.strategy.Selection.Candidate;
import org.confocal.strategy.Selection.Explanation;
import org.confocal.strategy.Selection.Refusal;
import org.confocal.strategy.Selection.Rejected;
import org.confocal.strategy.Selection.Rejection;
import org.confocal.strategy.Selection.Score;
import org.confocal.strategy.cascade.Link;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ExplainTest {
    private static final BridgeId JVB1 = new BridgeId("brewery@internal.example.org/jvb1");
    private static final BridgeId JVB2 = new BridgeId("brewery@internal.example.org/jvb2");
    private static final RoomId ROOM = new RoomId("standup@muc.example.org");

    private final FocusViewFake focus = FocusViewFake.healthy();
    private HttpFixture http;

    @BeforeEach
    void start() throws Exception {
        focus.explanations.decisions = List.of(refused(8), chosen(7));
        http = new HttpFixture(focus);
    }

    @AfterEach
    void stop() {
        http.close();
    }

    @Test
    void decisionShowsScoresByPartRejectionsWithReasonsAndTheReservation() throws Exception {
        JsonNode json = HttpFixture.json(http.get("/explain/decision/7"));
        assertThat(json.propertyNames())
                .containsExactly(
                        "id",
                        "at",
                        "room",
                        "endpoint",
                        "region",
                        "audience",
                        "bridge",
                        "bridgeRegion",
                        "strategy",
                        "rule",
                        "candidates",
                        "rejected",
                        "reservation");
        assertThat(json.at("/id").asLong()).isEqualTo(7);
        assertThat(json.at("/bridge").asString()).isEqualTo(JVB1.value());
        assertThat(json.at("/candidates/0/bridge").asString()).isEqualTo(JVB1.value());
        assertThat(json.at("/candidates/0/stress").asDouble()).isEqualTo(0.25);
        assertThat(json.at("/candidates/0/score/egressUsdPerHour").asDouble()).isEqualTo(0.5);
        assertThat(json.at("/candidates/0/score/meanRoundTripMs").asDouble()).isEqualTo(40);
        assertThat(json.at("/candidates/0/score/penaltyUsdPerHour").asDouble()).isEqualTo(0.125);
        assertThat(json.at("/candidates/0/score/totalUsdPerHour").asDouble()).isEqualTo(0.625);
        assertThat(json.at("/rejected/0/reason").asString()).isEqualTo("OVERLOADED");
        assertThat(json.at("/rejected/0/reasonText").asString()).isEqualTo("its stress has reached the threshold");
        assertThat(json.at("/reservation/stressBefore").asDouble()).isEqualTo(0.25);
        assertThat(json.at("/reservation/stressAfter").asDouble()).isEqualTo(0.26);
        assertThat(json.at("/reservation/countingAfter").asInt()).isEqualTo(4);
    }

    @Test
    void refusalSaysWhyThereIsNoBridge() throws Exception {
        JsonNode json = HttpFixture.json(http.get("/explain/decision/8"));
        assertThat(json.has("bridge")).isFalse();
        assertThat(json.has("reservation")).isFalse();
        assertThat(json.at("/refusal").asString()).isEqualTo("ALL_SHUTTING_DOWN");
        assertThat(json.at("/refusalText").asString()).isEqualTo("every bridge that works is shutting down");
    }

    @Test
    void conferenceShowsItsBridgesItsLinksAndItsDecisions() throws Exception {
        focus.explanations.layout = Optional.of(layout());
        JsonNode json = HttpFixture.json(http.get("/explain/conference/Standup@muc.example.org"));
        assertThat(json.at("/room").asString()).isEqualTo(ROOM.value());
        assertThat(json.at("/running").asBoolean()).isTrue();
        assertThat(json.at("/bridges/0/bridge").asString()).isEqualTo(JVB1.value());
        assertThat(json.at("/bridges/0/people").asInt()).isEqualTo(5);
        assertThat(json.at("/bridges/0/peopleByRegion/eu").asInt()).isEqualTo(3);
        assertThat(json.at("/links/0/a").asString()).isEqualTo(JVB1.value());
        assertThat(json.at("/links/0/b").asString()).isEqualTo(JVB2.value());
        assertThat(json.at("/avoided/0").asString()).isEqualTo(JVB2.value());
        assertThat(json.at("/decisions/0/id").asLong()).isEqualTo(8);
        assertThat(json.at("/decisions/1/id").asLong()).isEqualTo(7);
    }

    @Test
    void conferenceThatIsOverIsExplainedWhileItsDecisionsAreKept() throws Exception {
        JsonNode json = HttpFixture.json(http.get("/explain/conference/" + ROOM.value()));
        assertThat(json.at("/running").asBoolean()).isFalse();
        assertThat(json.at("/decisions").size()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/explain/decision/9", "/explain/decision/-1", "/explain/conference/none@muc.example.org"})
    void whatIsNotKnownIsNotFoundWithAReason(String path) throws Exception {
        HttpResponse<String> response = http.get(path);
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(HttpFixture.json(response).path("reason").asString()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/explain/decision/x", "/explain/decision/", "/explain/conference/none"})
    void whatCannotBeMeantIsRefused(String path) throws Exception {
        assertThat(http.get(path).statusCode()).isEqualTo(400);
    }

    @Test
    void whatIfAsksForAParticipantOrAVisitorOfAConferenceOrOfANewOne() throws Exception {
        focus.explanations.whatIf = Optional.of(chosen(0));
        HttpResponse<String> response = whatIf("{\"region\":\"eu\"}");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(HttpFixture.json(response).path("bridge").asString()).isEqualTo(JVB1.value());
        assertThat(whatIf("{\"region\":\"us\",\"visitor\":true,\"room\":\"a@muc.example.org\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(focus.explanations.asked)
                .containsExactly("PARTICIPANT of eu to a new conference", "VISITOR of us to a@muc.example.org");
    }

    @Test
    void whatIfOfAnUnknownConferenceIsNotFound() throws Exception {
        HttpResponse<String> response = whatIf("{\"region\":\"eu\",\"room\":\"a@muc.example.org\"}");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(HttpFixture.json(response).path("reason").asString())
                .isEqualTo("There is no conference a@muc.example.org");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"region\":\" \"}",
                "{\"region\":\"eu\",\"room\":\"nothing\"}",
                "{\"region\":\"eu\",\"visitor\":\"yes\"}"
            })
    void whatIfThatCannotBeMeantIsRefusedWithWhatWouldBe(String body) throws Exception {
        HttpResponse<String> response = whatIf(body);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(HttpFixture.json(response).path("reason").asString()).contains("\"region\"");
        assertThat(focus.explanations.asked).isEmpty();
    }

    @Test
    void whatIfIsOnlyPosted() throws Exception {
        HttpResponse<String> response = http.get("/what-if");
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).contains("POST");
    }

    @Test
    void theGroupCanBeSwitchedOff() throws Exception {
        try (HttpFixture bare = new HttpFixture(focus, HttpConfig.DEFAULTS.withGroups(Set.of()))) {
            assertThat(bare.get("/explain/decision/7").statusCode()).isEqualTo(404);
            assertThat(bare.get("/explain/conference/" + ROOM.value()).statusCode())
                    .isEqualTo(404);
            assertThat(bare.post("/what-if", "{\"region\":\"eu\"}", "Content-Type", "application/json")
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    private HttpResponse<String> whatIf(String body) throws Exception {
        return http.post("/what-if", body, "Content-Type", "application/json");
    }

    static Decision chosen(long id) {
        Explanation why = new Explanation(
                "EgressAwareBridgeSelectionStrategy",
                "least egress, round trips and stress",
                List.of(new Candidate(JVB1, 0.25, Optional.of(new Score(0.5, 40, 0.125)))),
                List.of(new Rejected(JVB2, Rejection.OVERLOADED)));
        return decision(
                id,
                new Selection.Chosen(JVB1, Optional.of(new Region("eu")), Optional.empty(), why),
                Optional.of(new Decision.Reservation(0.25, 0.26, 3, 4)));
    }

    private static Decision refused(long id) {
        Explanation why = new Explanation("EgressAwareBridgeSelectionStrategy", "none left", List.of(), List.of());
        return decision(id, new Selection.None(Refusal.ALL_SHUTTING_DOWN, why), Optional.empty());
    }

    private static Decision decision(long id, Selection selection, Optional<Decision.Reservation> reservation) {
        return new Decision(
                id,
                FocusViewFake.NOW,
                ROOM,
                new EndpointId("anna"),
                Optional.of(new Region("eu")),
                Audience.PARTICIPANT,
                selection,
                reservation);
    }

    static ConferenceLayout layout() {
        List<RegionCount> people =
                List.of(new RegionCount(Optional.of(new Region("eu")), 3), new RegionCount(Optional.empty(), 2));
        ConferenceShape shape = new ConferenceShape(
                FocusViewFake.NOW,
                List.of(
                        new BridgeUse(JVB1, Audience.PARTICIPANT, people, 4, 2),
                        new BridgeUse(JVB2, Audience.PARTICIPANT, people, 4, 2)),
                JoinRate.NONE,
                Optional.empty());
        return new ConferenceLayout(shape, List.of(Link.alone(JVB1, JVB2)), Set.of(JVB2));
    }

    /** Five people on one bridge, four with sound, two with video. */
    static ConferenceLayout layoutOn(BridgeId bridge) {
        List<RegionCount> people = List.of(new RegionCount(Optional.of(new Region("eu")), 5));
        ConferenceShape shape = new ConferenceShape(
                FocusViewFake.NOW,
                List.of(new BridgeUse(bridge, Audience.PARTICIPANT, people, 4, 2)),
                JoinRate.NONE,
                Optional.empty());
        return new ConferenceLayout(shape, List.of(), Set.of());
    }
}
