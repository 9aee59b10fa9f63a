package org.confocal.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.confocal.focus.view.FocusSnapshot;
import org.confocal.strategy.BridgeReport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ThreeHealthsTest {
    private final FocusViewFake focus = FocusViewFake.healthy();
    private HttpFixture http;

    @BeforeEach
    void start() throws Exception {
        http = new HttpFixture(focus, HttpConfig.DEFAULTS.withGroups(Set.of()));
    }

    @AfterEach
    void stop() {
        http.close();
    }

    @Test
    void aliveIsAnsweredWhateverIsMissing() throws Exception {
        focus.connected = false;
        focus.failure = Optional.of(new IllegalStateException("cannot be looked at"));
        assertThat(http.get("/health/live").statusCode()).isEqualTo(200);
        assertThat(http.get("/health/live").body()).isEqualTo("{\"alive\":true}");
    }

    @Test
    void readyWithProsodyBreweryAndBridge() throws Exception {
        HttpResponse<String> response = http.get("/health/ready");
        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode json = HttpFixture.json(response);
        assertThat(json.at("/ready").asBoolean()).isTrue();
        assertThat(json.at("/usableBridges").asInt()).isOne();
        assertThat(json.at("/missing").isEmpty()).isTrue();
    }

    @Test
    void notReadySaysAllThatIsMissing() throws Exception {
        focus.connected = false;
        focus.breweryJoined = false;
        focus.bridges = List.of();
        HttpResponse<String> response = http.get("/health/ready");
        assertThat(response.statusCode()).isEqualTo(503);
        JsonNode json = HttpFixture.json(response);
        assertThat(json.at("/missing/0").asString()).isEqualTo("XMPP is not connected.");
        assertThat(json.at("/missing/1").asString()).isEqualTo("The bridges' brewery is not joined.");
        assertThat(json.at("/missing/2").asString()).isEqualTo("No bridge can be used, of 0.");
    }

    @Test
    void notReadyWhereTheOnlyBridgeIsLeaving() throws Exception {
        focus.bridges = List.of(FocusViewFake.bridge("jvb1", FocusViewFake.leaving(FocusViewFake.REPORT)));
        assertThat(http.get("/health/ready").statusCode()).isEqualTo(503);
    }

    @Test
    void capacityAddsUpByRegionAndLeavesOutWhoTakesNobody() throws Exception {
        focus.bridges = List.of(
                free("jvb1", FocusViewFake.REPORT, OptionalInt.of(40)),
                free("jvb2", FocusViewFake.REPORT, OptionalInt.of(2)),
                free("jvb3", FocusViewFake.leaving(FocusViewFake.REPORT), OptionalInt.of(1_000)),
                free("jvb4", BridgeReport.EMPTY, OptionalInt.empty()));
        HttpResponse<String> response = http.get("/health/capacity");
        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode json = HttpFixture.json(response);
        assertThat(json.at("/freeParticipants").asInt()).isEqualTo(42);
        assertThat(json.at("/bridges").asInt()).isEqualTo(3);
        assertThat(json.at("/regions/eu-west/freeParticipants").asInt()).isEqualTo(42);
        assertThat(json.at("/regions/eu-west/bridges").asInt()).isEqualTo(2);
        JsonNode nowhere = json.path("regions").path("");
        assertThat(nowhere.path("bridgesOfUnknownLoad").asInt()).isOne();
        assertThat(nowhere.has("freeParticipants")).as("unknown is not 0").isFalse();
    }

    @Test
    void fullWhereItIsKnownThatNobodyHasRoom() throws Exception {
        focus.bridges = List.of(free("jvb1", FocusViewFake.REPORT, OptionalInt.of(0)));
        HttpResponse<String> full = http.get("/health/capacity");
        assertThat(full.statusCode()).isEqualTo(503);
        assertThat(HttpFixture.json(full).path("full").asBoolean()).isTrue();

        focus.bridges = List.of(free("jvb1", BridgeReport.EMPTY, OptionalInt.empty()));
        assertThat(http.get("/health/capacity").statusCode())
                .as("unknown is not full")
                .isEqualTo(200);
    }

    @Test
    void allOfThemAtOnce() throws Exception {
        HttpResponse<String> response = http.get("/health");
        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode json = HttpFixture.json(response);
        assertThat(json.propertyNames()).containsExactly("live", "ready", "capacity");
        assertThat(json.at("/capacity/freeParticipants").asInt()).isEqualTo(40);
        focus.connected = false;
        assertThat(http.get("/health").statusCode()).isEqualTo(503);
    }

    private static FocusSnapshot.Bridge free(String nick, BridgeReport report, OptionalInt free) {
        FocusSnapshot.Bridge bridge = FocusViewFake.bridge(nick, report);
        return new FocusSnapshot.Bridge(
                bridge.bridge(),
                bridge.stress(),
                bridge.correctedStress(),
                bridge.operational(),
                bridge.overloaded(),
                bridge.endpoints(),
                bridge.reservations(),
                bridge.restartRequests(),
                bridge.endpointsMoved(),
                free);
    }
}
