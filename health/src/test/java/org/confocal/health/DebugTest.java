package org.confocal.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DebugTest {
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
    void theAddressOfBreakoutRoomsIsShownOnceItIsKnown() throws Exception {
        FocusViewFake focus = FocusViewFake.healthy();
        try (HttpFixture own = new HttpFixture(focus)) {
            assertThat(HttpFixture.json(own.get("/debug"))
                            .at("/conference_iq_handler/breakout_address")
                            .asString())
                    .isEqualTo("null");
            focus.breakoutService = Optional.of("breakout.example.org");
            assertThat(HttpFixture.json(own.get("/debug"))
                            .at("/conference_iq_handler/breakout_address")
                            .asString())
                    .isEqualTo("breakout.example.org");
        }
    }

    @Test
    void theOverviewCountsPeopleByRoom() throws Exception {
        JsonNode debug = HttpFixture.json(http.get("/debug"));
        assertThat(debug.path("focus_manager").propertyNames())
                .containsExactly("alpha@muc.example.org", "beta@muc.example.org", "new@muc.example.org");
        assertThat(debug.path("focus_manager").path("alpha@muc.example.org").asInt())
                .isEqualTo(4);
        assertThat(debug.at("/conference_iq_handler/focus_auth_jid").asString()).isEqualTo("focus@auth.example.org");
        assertThat(debug.at("/conference_iq_handler/auth_authority").asString()).isEqualTo("XMPPDomainAuthAuthority");
        assertThat(debug.at("/bridge_selector/strategy").asString()).isEqualTo("SingleBridgeSelectionStrategy");
    }

    @Test
    void aBridgeHasJicofosKeysAndItsStress() throws Exception {
        JsonNode bridge = HttpFixture.json(http.get("/debug"))
                .path("bridge_selector")
                .path("bridge")
                .path("jvbbrewery@internal-muc.example.org/jvb1");
        assertThat(bridge.propertyNames())
                .containsExactly(
                        "corrected-stress",
                        "drain",
                        "endpoints",
                        "endpoint-restart-requests",
                        "failing-ice",
                        "graceful-shutdown",
                        "healthy",
                        "operational",
                        "overloaded",
                        "region",
                        "relay-id",
                        "release",
                        "shutting-down",
                        "stress",
                        "version",
                        "reservations",
                        "breaker",
                        "stress-reported",
                        "packet-rate-download",
                        "packet-rate-upload",
                        "joined-at",
                        "reported-at");
        assertThat(bridge.path("stress").asDouble()).isEqualTo(0.25);
        assertThat(bridge.path("corrected-stress").asDouble()).isEqualTo(0.31);
        assertThat(bridge.path("release").asString()).isEqualTo("null");
        assertThat(bridge.path("region").asString()).isEqualTo("eu-west");
        assertThat(bridge.path("endpoints").asInt()).isEqualTo(5);
        assertThat(bridge.path("drain").asBoolean()).isFalse();
    }

    @Test
    void fullShowsEachConferencesState() throws Exception {
        JsonNode full = HttpFixture.json(http.get("/debug?full=true"));
        assertThat(full.path("focus_manager")
                        .path("alpha@muc.example.org")
                        .path("participant_count")
                        .asInt())
                .isEqualTo(4);
        assertThat(HttpFixture.json(http.get("/debug?full=false"))
                        .path("focus_manager")
                        .path("alpha@muc.example.org")
                        .isInt())
                .isTrue();
    }

    @Test
    void whatOtherPartsAddIsThere() throws Exception {
        assertThat(HttpFixture.json(http.get("/debug"))
                        .at("/av_moderation/address")
                        .asString())
                .isEqualTo("avmoderation.example.org");
    }

    @Test
    void conferencesIsAnArrayOfRooms() throws Exception {
        assertThat(http.get("/debug/conferences").body())
                .isEqualTo("[\"alpha@muc.example.org\",\"beta@muc.example.org\",\"new@muc.example.org\"]");
        assertThat(HttpFixture.json(http.get("/debug/conferences-full")).propertyNames())
                .containsExactly("alpha@muc.example.org", "beta@muc.example.org", "new@muc.example.org");
    }

    @Test
    void oneConferenceIsFoundByItsAddressEscapedOrNot() throws Exception {
        for (String path : new String[] {"alpha@muc.example.org", "alpha%40muc.example.org", "Alpha@muc.example.org"}) {
            assertThat(HttpFixture.json(http.get("/debug/conference/" + path))
                            .path("name")
                            .asString())
                    .as(path)
                    .isEqualTo("alpha@muc.example.org");
        }
    }

    @Test
    void anUnknownConferenceIsAnEmptyObjectAsInJicofo() throws Exception {
        HttpResponse<String> response = http.get("/debug/conference/nobody@muc.example.org");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{}");
    }

    @Test
    void whatIsNoRoomIsABadRequest() throws Exception {
        for (String path : new String[] {"", "alpha", "a@b@c", "@muc.example.org", "a%20b@muc.example.org", "a@"}) {
            HttpResponse<String> response = http.get("/debug/conference/" + path);
            assertThat(response.statusCode()).as(path).isEqualTo(400);
            assertThat(response.body()).isEqualTo("Bad request: Invalid conference ID");
        }
    }
}
