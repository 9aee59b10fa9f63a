package org.confocal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.confocal.config.EgressSettings.Latency;
import org.confocal.config.EgressSettings.Preset;
import org.confocal.config.EgressSettings.Reference;
import org.confocal.config.EgressSettings.RegionPair;
import org.confocal.strategy.Audience;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.BridgeKind;
import org.confocal.strategy.BridgeReport;
import org.confocal.strategy.BridgeReportParser;
import org.confocal.strategy.ConferenceShape;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.FleetSnapshot;
import org.confocal.strategy.JoinRate;
import org.confocal.strategy.LoadConfig;
import org.confocal.strategy.Region;
import org.confocal.strategy.RoomId;
import org.confocal.strategy.Selection.Chosen;
import org.confocal.strategy.SelectionRequest;
import org.confocal.strategy.choice.EgressAwareConfig;
import org.confocal.strategy.choice.EgressAwareConfig.Sharing;
import org.confocal.strategy.choice.MediaRates;
import org.confocal.strategy.choice.RegionGroups;
import org.confocal.strategy.network.Coordinates;
import org.confocal.strategy.network.EgressPrices.Tariff;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EgressSettingsTest {
    private static final Instant NOW = Instant.parse("2026-03-14T09:26:53Z");
    private static final Region IRELAND = new Region("eu-west-1");
    private static final Region VIRGINIA = new Region("us-east-1");
    private static final Region CELLAR = new Region("cellar");
    private static final String POOL = """
            jicofo.bridge.stress.classes = [ { name = static, pattern = ".*/static-.*" } ]
            """;
    private static final String BY_COST = """
            jicofo.bridge.selection-strategy = EgressAware
            """;

    private static FocusSettings load(String hocon) throws SettingsException {
        return new SettingsLoader(new Properties())
                .parse(SettingsLoaderTest.CLIENT + hocon)
                .settings();
    }

    private static EgressSettings egress(String hocon) throws SettingsException {
        return load(hocon).selection().egress();
    }

    private static EgressAwareConfig weighed(String hocon) throws SettingsException {
        FocusSettings.Selection selection = load(hocon).selection();
        return selection.egress().weighed(selection.told());
    }

    @Test
    void defaultsAreThoseOfTheStrategy() throws SettingsException {
        assertThat(weighed("")).usingRecursiveComparison().isEqualTo(EgressAwareConfig.defaults());
    }

    @Test
    void everythingIsRead() throws SettingsException {
        EgressSettings settings = egress(POOL + """
                        jicofo.bridge.egress {
                          prices = GCP
                          internet { eu-west-1 = 0.05, "cellar" = 0 }
                          between = [ { from = eu-west-1, to = us-east-1, usd-per-gb = 0.03 } ]
                          providers = [ { class = static, internet = 0.001, between = 0 } ]
                          round-trips = [ { a = us-east-1, b = eu-west-1, ms = 66.5 } ]
                          regions = [ { name = cellar, latitude = 48.2, longitude = -16.4 } ]
                          latency { reference = none, usd-per-ms = 0.1, slowness-usd-per-ms = 0.2, breach-usd = 0.3 }
                          further-bridge-usd = 0.4
                          stress-usd = 0.5
                          followers = 0
                          access-stretch = 1.3
                          media { audio-mbps = 1, stage-mbps = 2, thumbnail-mbps = 3, last-n = 4 }
                        }
                        jicofo.bridge.shared = true
                        """);

        assertThat(settings)
                .isEqualTo(new EgressSettings(
                        Preset.GCP,
                        Map.of(IRELAND, 0.05, CELLAR, 0.0),
                        Map.of(new RegionPair(IRELAND, VIRGINIA), 0.03),
                        Map.of("static", new Tariff(0.001, 0)),
                        Map.of(new RegionPair(IRELAND, VIRGINIA), 66.5),
                        Map.of(CELLAR, new Coordinates(48.2, -16.4)),
                        new Latency(Reference.NONE, 0.1, 0.2, 0.3),
                        0.4,
                        0.5,
                        0,
                        1.3,
                        Sharing.SHARED,
                        new MediaRates(1, 2, 3, 4)));
    }

    @Test
    void whatIsConfiguredIsWhatIsWeighed() throws SettingsException {
        EgressAwareConfig weighed = weighed(POOL + """
                        jicofo.bridge {
                          max-bridge-participants = -1
                          region-groups = [ [ cellar, eu-west-1 ] ]
                          egress {
                            internet { eu-west-1 = 0.05 }
                            between = [ { from = eu-west-1, to = us-east-1, usd-per-gb = 0.03 } ]
                            providers = [ { class = static, internet = 0.001 } ]
                            round-trips = [ { a = us-east-1, b = eu-west-1, ms = 66.5 } ]
                            regions = [ { name = cellar, latitude = 53.3, longitude = -6.3 } ]
                            latency.reference = configured
                          }
                        }
                        """);

        BridgeKind ireland = new BridgeKind(Optional.of(IRELAND), Optional.empty());
        BridgeKind virginia = new BridgeKind(Optional.of(VIRGINIA), Optional.empty());
        BridgeKind staticIreland = new BridgeKind(Optional.of(IRELAND), Optional.of("static"));
        BridgeKind staticVirginia = new BridgeKind(Optional.of(VIRGINIA), Optional.of("static"));
        assertThat(weighed.network().prices().internet(ireland)).isEqualTo(0.05);
        assertThat(weighed.network().prices().between(ireland, virginia)).isEqualTo(0.03);
        assertThat(weighed.network().prices().between(virginia, ireland)).isEqualTo(0.02);
        assertThat(weighed.network().prices().internet(staticIreland)).isEqualTo(0.001);
        assertThat(weighed.network().prices().between(staticIreland, staticVirginia))
                .isEqualTo(0.001);
        assertThat(weighed.network().roundTrips().millis(IRELAND, VIRGINIA)).isEqualTo(66.5);
        assertThat(weighed.network().roundTrips().millis(VIRGINIA, IRELAND)).isEqualTo(66.5);
        assertThat(weighed.network().roundTrips().millis(CELLAR, IRELAND)).isLessThan(5);
        assertThat(weighed.latencyRule().reference()).contains(RegionGroups.of(List.of(List.of(CELLAR, IRELAND))));
        assertThat(weighed.maxBridgeParticipants()).isNegative();
        assertThat(weighed("jicofo.bridge.egress.latency.reference = none")
                        .latencyRule()
                        .reference())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"aws, 0.09", "gcp, 0.12", "oci, 0.0085", "none, 0"})
    void aPriceListIsChosen(String prices, double usdPerGb) throws SettingsException {
        BridgeKind ireland = new BridgeKind(Optional.of(IRELAND), Optional.empty());

        assertThat(weighed("jicofo.bridge.egress.prices = " + prices)
                        .network()
                        .prices()
                        .internet(ireland))
                .isCloseTo(usdPerGb, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "19.9, 0", "20, 0.01", "119, 0.01", "120, 0.005", "5000, 0.005"})
    void theTierCountsThatTheNextGigabyteFallsInto(double expectedTb, double usdPerGb) throws SettingsException {
        EgressSettings settings = egress(POOL + """
                        jicofo.bridge.egress.providers = [ {
                          class = static, expected-tb-per-month = %s
                          tiers = [
                            { up-to-tb = 20, usd-per-gb = 0 }, { up-to-tb = 120, usd-per-gb = 0.01 }, { usd-per-gb = 0.005 }
                          ]
                        } ]
                        """.formatted(expectedTb));

        assertThat(settings.providers()).isEqualTo(Map.of("static", new Tariff(usdPerGb, usdPerGb)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "prices = azure",
                "internet = { eu-west-1 = 101 }",
                "internet = { eu-west-1 = cheap }",
                "internet = { eu-west-1.more = 1 }",
                "between = [ { from = a, to = b } ]",
                "between = [ { from = a, to = b, usd-per-gb = -1 } ]",
                "between = [ { from = a, to = b, usd-per-gb = 1 }, { from = a, to = b, usd-per-gb = 2 } ]",
                "providers = [ { class = unknown, internet = 0 } ]",
                "providers = [ { class = static } ]",
                "providers = [ { class = static, internet = 0 }, { class = static, internet = 0 } ]",
                "providers = [ { class = static, internet = 0, betwen = 0 } ]",
                "providers = [ { class = static, internet = 0, tiers = [ { usd-per-gb = 0 } ], expected-tb-per-month = 1 } ]",
                "providers = [ { class = static, tiers = [ { usd-per-gb = 0 } ] } ]",
                "providers = [ { class = static, tiers = [ { up-to-tb = 1, usd-per-gb = 0 } ], expected-tb-per-month = 1 } ]",
                "providers = [ { class = static, tiers = [ { up-to-tb = 2, usd-per-gb = 0 }, { up-to-tb = 1, usd-per-gb = 0 } ],"
                        + " expected-tb-per-month = 1 } ]",
                "round-trips = [ { a = x, b = y, ms = 10001 } ]",
                "round-trips = [ { a = x, b = y, ms = 1 }, { a = y, b = x, ms = 1 } ]",
                "regions = [ { name = x, latitude = 91, longitude = 0 } ]",
                "latency.reference = jicofo",
                "latency.usd-per-ms = -1",
                "access-stretch = 0.9",
                "followers = many",
                "media.last-n = -1",
            })
    void whatCannotBeMeantIsRefused(String line) {
        assertThatThrownBy(() -> egress(POOL + "jicofo.bridge.egress." + line))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("jicofo.bridge.egress." + line.substring(0, line.indexOf(' ')));
    }

    @Test
    void theClassesThatThereAreAreNamed() {
        assertThatThrownBy(() -> egress(POOL + "jicofo.bridge.egress.providers = [ { class = statc, internet = 0 } ]"))
                .hasMessageContaining("one of jicofo.bridge.stress.classes (static)");
        assertThatThrownBy(() -> egress("jicofo.bridge.egress.providers = [ { class = static, internet = 0 } ]"))
                .hasMessageContaining("jicofo.bridge.stress.classes (but there is none)");
    }

    @Test
    void aPoolWithAFlatRateIsTakenAlthoughItIsTheMoreLoadedOne() throws SettingsException {
        String flatRate = "jicofo.bridge.egress.providers = [ { class = static, internet = 0 } ]\n";

        assertThat(chosen(POOL + BY_COST, 0.5)).isEqualTo("cloud-1");
        assertThat(chosen(POOL + BY_COST + flatRate, 0.55)).isEqualTo("static-1");
        assertThat(chosen(POOL + BY_COST + flatRate, 0.75)).isEqualTo("cloud-1");
    }

    @Test
    void theExampleForOperatorsIsMeantAsItIsWritten() throws IOException, SettingsException {
        String document = Files.readString(Path.of("..", "docs", "placement.md"));
        String fence = "```hocon";
        int start = document.indexOf(fence) + fence.length();
        LoadedSettings loaded = new SettingsLoader(new Properties())
                .parse(SettingsLoaderTest.CLIENT + document.substring(start, document.indexOf("```", start)));

        assertThat(loaded.warnings()).isEmpty();
        assertThat(loaded.settings().selection().create().name()).isEqualTo("EgressAwareBridgeSelectionStrategy");
        assertThat(loaded.settings().selection().egress().providers()).isEqualTo(Map.of("static", new Tariff(0, 0)));
    }

    @Test
    void theShortNameOfTheStrategyBringsTheExpectedLoadToo() throws SettingsException {
        assertThat(load(BY_COST).fleet().load()).isEqualTo(LoadConfig.EXPECTED);
    }

    /** Of an idle cloud bridge and a static one with this stress, both in Ireland. */
    private static String chosen(String hocon, double stress) throws SettingsException {
        FocusSettings settings = load(hocon);
        FleetSnapshot fleet = FleetSnapshot.empty(settings.fleet())
                .reported(new BridgeId("brewery@example.org/cloud-1"), report(0.1), NOW)
                .reported(new BridgeId("brewery@example.org/static-1"), report(stress), NOW);
        SelectionRequest request = new SelectionRequest(
                new RoomId("standup@muc.example.org"),
                new EndpointId("a1b2c3d4"),
                Optional.of(IRELAND),
                Audience.PARTICIPANT,
                new ConferenceShape(NOW, List.of(), JoinRate.NONE, Optional.empty()),
                NOW);

        return ((Chosen) settings.selection().create().select(request, fleet))
                .bridge()
                .nick();
    }

    private static BridgeReport report(double stress) {
        Map<String, String> stats = Map.of(
                "region", IRELAND.name(), "stress_level", String.valueOf(stress), "relay_id", "r", "drain", "false");
        return BridgeReportParser.parse(name -> Optional.ofNullable(stats.get(name)))
                .report();
    }
}
