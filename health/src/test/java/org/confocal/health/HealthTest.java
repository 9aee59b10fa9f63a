package org.confocal.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.confocal.strategy.BridgeReport;
import org.junit.jupiter.api.Test;

/** {@code /about/health} over HTTP. */
class HealthTest {
    private final FocusViewFake focus = FocusViewFake.healthy();

    private HttpResponse<String> health() throws Exception {
        try (HttpFixture http = new HttpFixture(focus)) {
            return http.get("/about/health");
        }
    }

    @Test
    void aFocusWithAUsableBridgeAnswersOk() throws Exception {
        HttpResponse<String> health = health();
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body()).isEqualTo("OK");
        assertThat(health.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
    }

    @Test
    void noBridgeIsAHardFailureThatSaysHowManyThereAre() throws Exception {
        focus.bridges = List.of(FocusViewFake.bridge("jvb1", FocusViewFake.REPORT, false));
        HttpResponse<String> health = health();
        assertThat(health.statusCode()).isEqualTo(500);
        assertThat(health.body()).isEqualTo("No operational bridges available (total bridge count: 1)");
    }

    @Test
    void aBridgeInGracefulShutdownIsNotUsable() throws Exception {
        focus.bridges = List.of(FocusViewFake.bridge("jvb1", FocusViewFake.leaving(FocusViewFake.REPORT)));
        assertThat(health().statusCode()).isEqualTo(500);
    }

    @Test
    void aBridgeThatShutsDownIsNotUsable() throws Exception {
        BridgeReport report = new BridgeReport(
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Optional.of(false),
                Optional.empty(),
                Optional.of(true),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        focus.bridges = List.of(FocusViewFake.bridge("jvb1", report));
        assertThat(health().statusCode()).isEqualTo(500);
    }

    @Test
    void aBridgeThatReportsNothingIsUsable() throws Exception {
        focus.bridges = List.of(FocusViewFake.bridge("jvb1", BridgeReport.EMPTY));
        assertThat(health().statusCode()).isEqualTo(200);
    }

    @Test
    void aLostXmppConnectionIsASoftFailureThoughTheBridgesAreGoneWithIt() throws Exception {
        focus.connected = false;
        focus.breweryJoined = false;
        focus.bridges = List.of();
        HttpResponse<String> health = health();
        assertThat(health.statusCode()).isEqualTo(503);
        assertThat(health.body()).isEqualTo("XMPP is not connected.");
    }

    @Test
    void aBreweryThatIsNotJoinedIsASoftFailure() throws Exception {
        focus.breweryJoined = false;
        focus.bridges = List.of();
        HttpResponse<String> health = health();
        assertThat(health.statusCode()).isEqualTo(503);
        assertThat(health.body()).isEqualTo("The bridges' brewery is not joined.");
    }

    @Test
    void theAnswerIsOfThisMomentAndNotCached() throws Exception {
        try (HttpFixture http = new HttpFixture(focus)) {
            assertThat(http.get("/about/health").statusCode()).isEqualTo(200);
            focus.bridges = List.of();
            HttpResponse<String> health = http.get("/about/health");
            assertThat(health.statusCode()).isEqualTo(500);
            assertThat(health.headers().firstValue("Cache-Control")).contains("no-store");
        }
    }

    @Test
    void itIsThereWhenEveryGroupIsOff() throws Exception {
        try (HttpFixture http = new HttpFixture(focus, HttpConfig.DEFAULTS.withGroups(java.util.Set.of()))) {
            assertThat(http.get("/about/health").statusCode()).isEqualTo(200);
        }
    }
}
