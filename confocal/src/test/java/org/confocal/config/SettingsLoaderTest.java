package org.confocal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.TreeMap;
import org.confocal.config.FocusSettings.Main;
import org.confocal.focus.config.BridgeCareConfig;
import org.confocal.focus.config.ConferenceConfig;
import org.confocal.focus.config.ConferenceConfig.Octo;
import org.confocal.focus.config.OwnerRule;
import org.confocal.health.Access;
import org.confocal.strategy.FleetConfig;
import org.confocal.strategy.LoadConfig;
import org.confocal.strategy.LoadModel;
import org.confocal.strategy.Region;
import org.confocal.strategy.cascade.BestCascade;
import org.confocal.strategy.cascade.CascadePlanner;
import org.confocal.strategy.cascade.FullMesh;
import org.confocal.strategy.cascade.VisitorTopology;
import org.confocal.strategy.choice.RegionGroups;
import org.confocal.strategy.choice.StrategyConfig;
import org.confocal.strategy.choice.StrategyConfig.ParticipantLimits;
import org.confocal.xmpp.client.ClientConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsLoaderTest {
    static final String CLIENT = """
            jicofo.xmpp.client { domain = "auth.example.org", password = "very secret" }
            jicofo.bridge.brewery-jid = "jvbbrewery@internal.auth.example.org"
            """;

    private static LoadedSettings load(String hocon) throws SettingsException {
        return new SettingsLoader(new Properties()).parse(hocon);
    }

    @Test
    void defaultsAreThoseOfTheCore() throws SettingsException {
        LoadedSettings loaded = load(CLIENT);

        assertThat(loaded.warnings()).isEmpty();
        assertThat(loaded.settings().conference()).isEqualTo(ConferenceConfig.DEFAULTS);
        assertThat(loaded.settings().fleet()).isEqualTo(FleetConfig.DEFAULTS);
        assertThat(loaded.settings().bridgeCare()).isEqualTo(BridgeCareConfig.DEFAULTS);
        assertThat(loaded.settings().http())
                .isEqualTo(new FocusSettings.Http(
                        true,
                        "127.0.0.1",
                        8888,
                        true,
                        true,
                        true,
                        true,
                        true,
                        true,
                        true,
                        true,
                        1_000,
                        Access.SHARED,
                        0.6,
                        Optional.empty()));
        assertThat(loaded.settings().decisions()).isEqualTo(1_000);
    }

    @Test
    void loadIsExpectedWhereBridgesAreChosenByCostAndWhereItIsAskedFor() throws SettingsException {
        String byCost = "jicofo.bridge.selection-strategy = EgressAwareBridgeSelectionStrategy\n";

        assertThat(load(CLIENT).settings().fleet().load()).isEqualTo(LoadConfig.CONSTANT);
        assertThat(load(CLIENT + "jicofo.bridge.load-model = expected")
                        .settings()
                        .fleet()
                        .load())
                .isEqualTo(LoadConfig.EXPECTED);
        assertThat(load(CLIENT + byCost).settings().fleet().load()).isEqualTo(LoadConfig.EXPECTED);
        assertThat(load(CLIENT + byCost + "jicofo.bridge.load-model = constant")
                        .settings()
                        .fleet()
                        .load())
                .isEqualTo(LoadConfig.CONSTANT);
    }

    @Test
    void theLoadModelIsConfigured() throws SettingsException {
        LoadConfig load = load(CLIENT + """
                        jicofo.bridge.load-model = expected
                        jicofo.bridge.load {
                          learn = false, stage-packet-rate = 1, thumbnail-packet-rate = 2, video-packet-rate = 3, audio-packet-rate = 4
                          speakers = 5, last-n = 6, relayed-share = 7, video-share = 0.8, audio-share = 0.9
                        }
                        """).settings().fleet().load();

        assertThat(load)
                .isEqualTo(new LoadConfig(
                        LoadConfig.Reserve.EXPECTED,
                        new LoadModel(1, 2, 3, 4, 5, 6, 7, 0.8, 0.9),
                        LoadConfig.Learn.OFF));
        assertThatThrownBy(() -> load(CLIENT + "jicofo.bridge.load.video-share = 1.5"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("jicofo.bridge.load.video-share");
    }

    @Test
    void dockerJitsiMeetsFileStartsTheFocus() throws SettingsException, URISyntaxException {
        Path file = Path.of(Objects.requireNonNull(SettingsLoaderTest.class.getResource("docker-jitsi-meet.conf"))
                .toURI());

        LoadedSettings loaded = new SettingsLoader(new Properties()).load(file);

        assertThat(loaded.warnings())
                .containsExactly(
                        "jicofo.rest.host is 0.0.0.0: calls that change something (/move-endpoints, /pin, /drain) are"
                                + " answered on 127.0.0.1:8889 only, unless jicofo.rest.control.token or another"
                                + " credential is set.",
                        "Unknown key jicofo.conference.some-key-of-next-year is ignored; the nearest known one is"
                                + " jicofo.conference.enable-ice-restart.");
        ClientConfig client = ((Main.Client) loaded.settings().xmpp().main()).config();
        assertThat((Object) client.self()).hasToString("focus@auth.meet.jitsi/focus");
        assertThat(client.host()).isEqualTo("xmpp.meet.jitsi");
        assertThat(client.certificates()).isEqualTo(ClientConfig.CertificateCheck.OFF);
        assertThat((Object) loaded.settings().xmpp().clientProxy().orElseThrow())
                .hasToString("focus.meet.jitsi");
        assertThat((Object) loaded.settings().brewery().orElseThrow())
                .hasToString("jvbbrewery@internal-muc.meet.jitsi");
        ConferenceConfig conference = loaded.settings().conference();
        assertThat(conference.trustedDomains()).containsExactly("hidden.meet.jitsi");
        assertThat(conference.codecs().extensions().mid().enabled()).isFalse();
        assertThat(conference.sourceSignalingDelays())
                .isEqualTo(new TreeMap<>(Map.of(50, Duration.ofSeconds(1), 100, Duration.ofSeconds(2))));
        assertThat(loaded.effective()).doesNotContain("secret-of-the-focus").contains("(hidden)");
    }

    @Test
    void anIncludedFileCounts(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("custom-jicofo.conf"), "jicofo.conference.min-participants = 1\n");
        Path file = folder.resolve("jicofo.conf");
        Files.writeString(file, CLIENT + "include \"custom-jicofo.conf\"\n");

        assertThat(new SettingsLoader(new Properties())
                        .load(file)
                        .settings()
                        .conference()
                        .minParticipants())
                .isEqualTo(1);
    }

    @Test
    void aSystemPropertyWinsOverTheFile() throws SettingsException {
        Properties properties = new Properties();
        properties.setProperty("jicofo.xmpp.client.port", "5333");

        LoadedSettings loaded = new SettingsLoader(properties).parse(CLIENT + "jicofo.xmpp.client.port = 5444");

        assertThat(((Main.Client) loaded.settings().xmpp().main()).config().port())
                .isEqualTo(5333);
    }

    @Test
    void anOldPropertyCountsWhereTheFileIsSilentAndIsNamedInAWarning() throws SettingsException {
        Properties properties = new Properties();
        properties.setProperty("org.jitsi.jicofo.BRIDGE_MUC", "oldbrewery@internal.example.org");
        properties.setProperty("org.jitsi.jicofo.DISABLE_AUTO_OWNER", "true");

        LoadedSettings loaded = new SettingsLoader(properties).parse("jicofo.xmpp.client.domain = auth.example.org");

        assertThat((Object) loaded.settings().brewery().orElseThrow()).hasToString("oldbrewery@internal.example.org");
        assertThat(loaded.settings().conference().owners()).isEqualTo(OwnerRule.NOBODY);
        assertThat(loaded.warnings())
                .anySatisfy(warning -> assertThat(warning).contains("BRIDGE_MUC", "jicofo.bridge.brewery-jid"))
                .anySatisfy(warning -> assertThat(warning).contains("enable-auto-owner"));
    }

    @Test
    void aComponentIsUsedWhereItIsEnabled() throws SettingsException {
        LoadedSettings loaded = load("""
                jicofo.xmpp.component {
                  enabled = true, hostname = prosody, domain = focus.example.org, secret = s3cret, xmpp-domain = example.org
                }
                """);

        Main.Component component = (Main.Component) loaded.settings().xmpp().main();
        assertThat((Object) component.config().self()).hasToString("focus@focus.example.org/focus");
        assertThat((Object) component.config().pingTarget()).hasToString("example.org");
        assertThat(loaded.warnings())
                .containsExactly("jicofo.bridge.brewery-jid is not set: no bridge will ever be found.");
        assertThat(loaded.effective()).doesNotContain("s3cret");
    }

    @Test
    void everythingWrongIsSaidAtOnceWithKeyValueLineAndWhatWouldBeValid() {
        assertThatThrownBy(() -> load("""
                        jicofo.bridge.stress-threshold = much
                        jicofo.conference.min-participants = 0
                        jicofo.xmpp.client.domain = "a@b@c"
                        jicofo.xmpp.client.password = ["hunter2"]
                        """))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(
                        "jicofo.bridge.stress-threshold = \"much\" (String: 1): must be a number above 0, at most 100.0")
                .hasMessageContaining(
                        "jicofo.conference.min-participants = 0 (String: 2): must be a whole number from 1 to")
                .hasMessageContaining("jicofo.xmpp.client.domain = \"a@b@c\" (String: 3): must be a domain")
                .hasMessageContaining("jicofo.xmpp.client.password = (hidden)")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aFileThatIsNotHoconIsRefusedWithItsLine() {
        assertThatThrownBy(() -> load("jicofo {\n  bridge = [\n}"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("The configuration cannot be read")
                .hasMessageContaining("3");
    }

    @Test
    void aMissingFileIsRefused() {
        assertThatThrownBy(() -> new SettingsLoader(new Properties()).load(Path.of("no", "such.conf")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("no/such.conf");
    }

    @Test
    void aFeatureThatIsNotThereIsNamedOnce() throws SettingsException {
        LoadedSettings loaded = load(CLIENT + """
                jicofo.visitors.enabled = true
                jicofo.bridge.selection-strategy = RegionBasedBridgeSelectionStrategy
                jicofo.jibri.brewery-jid = "jibribrewery@internal.auth.example.org"
                """);

        assertThat(loaded.warnings()).hasSize(2);
        assertThat(loaded.settings().selection().strategy()).isEqualTo("RegionBasedBridgeSelectionStrategy");
    }

    @Test
    void conferencesAreSpreadWhereOctoIsOn() throws SettingsException {
        assertThat(load(CLIENT).settings().conference().octo()).isEqualTo(new Octo(false, true));
        LoadedSettings loaded = load(CLIENT + "jicofo.octo { enabled = true, sctp-datachannels = false }\n");
        assertThat(loaded.settings().conference().octo()).isEqualTo(new Octo(true, false));
        assertThat(loaded.warnings()).isEmpty();
        assertThat(load(CLIENT + "jicofo.sctp.enabled = false")
                        .settings()
                        .conference()
                        .octo()
                        .sctpDataChannels())
                .isFalse();
    }

    @Test
    void bridgesAreLinkedAsIsConfigured() throws SettingsException {
        assertThat(planner("")).isInstanceOf(FullMesh.class);
        assertThat(planner("jicofo.bridge.selection-strategy = EgressAware")).isInstanceOf(BestCascade.class);
        assertThat(
                        planner(
                                "jicofo.bridge { selection-strategy = EgressAware, topology-strategy = SingleMeshTopologyStrategy }"))
                .isInstanceOf(FullMesh.class);
        assertThat(planner("jicofo.bridge.topology-strategy = org.jitsi.jicofo.bridge.VisitorTopologyStrategy"))
                .isInstanceOf(VisitorTopology.class);
        assertThat(planner("jicofo.bridge.topology-strategy = EgressAwareTopologyStrategy"))
                .isInstanceOf(BestCascade.class);
        assertThatThrownBy(() -> load(CLIENT + "jicofo.bridge.topology-strategy = Ring"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("SingleMeshTopologyStrategy");
    }

    private static CascadePlanner planner(String hocon) throws SettingsException {
        return load(CLIENT + hocon + "\n").settings().cascades().planner();
    }

    @Test
    void whatStrategiesAreToldIsRead() throws SettingsException {
        FocusSettings.Selection selection = load(CLIENT + """
                        jicofo {
                          local-region = eu-west
                          bridge {
                            selection-strategy = VisitorSelectionStrategy
                            participant-selection-strategy = RegionBasedBridgeSelectionStrategy
                            visitor-selection-strategy = IntraRegionBridgeSelectionStrategy
                            region-groups = [ [ eu-west, eu-north ], [ "us-east" ] ]
                            max-bridge-participants = "40"
                            max-bridge-participants-per-interval = 30
                            max-bridge-participants-interval = 2 minutes
                          }
                        }
                        """).settings().selection();

        assertThat(selection.strategy()).isEqualTo("VisitorSelectionStrategy");
        assertThat(selection.told())
                .isEqualTo(new StrategyConfig(
                        RegionGroups.of(List.of(
                                List.of(new Region("eu-west"), new Region("eu-north")),
                                List.of(new Region("us-east")))),
                        Optional.of(new Region("eu-west")),
                        new ParticipantLimits(OptionalInt.of(40), OptionalInt.of(30), Duration.ofMinutes(2)),
                        Optional.of("RegionBasedBridgeSelectionStrategy"),
                        Optional.of("IntraRegionBridgeSelectionStrategy"),
                        StrategyConfig.DEFAULTS.egress()));
    }

    @Test
    void strategiesAreToldJicofosDefaults() throws SettingsException {
        assertThat(load(CLIENT).settings().selection().told()).isEqualTo(StrategyConfig.DEFAULTS);
        assertThat(load(CLIENT + "jicofo.bridge.max-bridge-participants = -1")
                        .settings()
                        .selection()
                        .told()
                        .limits()
                        .people())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "max-bridge-participants = 0",
                "max-bridge-participants = -2",
                "max-bridge-participants-per-interval = 0",
                "max-bridge-participants-interval = 500 ms",
                "max-bridge-participants-interval = 11 minutes",
                "region-groups = [ eu ]",
                "region-groups = [ [ eu, us ], [ us ] ]",
                "region-groups = [ [ \"\" ] ]",
            })
    void limitsAndGroupsThatCannotBeMeantAreRefused(String line) {
        assertThatThrownBy(() -> load(CLIENT + "jicofo.bridge." + line))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("jicofo.bridge." + line.substring(0, line.indexOf(' ')));
    }

    @Test
    void classesOfBridgesAreRead() throws SettingsException {
        FleetConfig fleet = load(CLIENT + """
                        jicofo.bridge.stress {
                          source = packet-rate
                          classes = [ { name = big, region = eu, pattern = ".*/big-.*", max-packet-rate = 200000 } ]
                        }
                        """).settings().fleet();

        assertThat(fleet.stressSource()).isEqualTo(FleetConfig.StressSource.PACKET_RATE);
        assertThat(fleet.classes()).singleElement().satisfies(big -> {
            assertThat(big.region()).contains(new Region("eu"));
            assertThat(big.maxPacketRate()).hasValue(200_000);
        });
    }

    @Test
    void noHttpServerWhereThePortIsZeroOrLess() throws SettingsException {
        assertThat(load(CLIENT + "jicofo.rest.port = 0").settings().http().enabled())
                .isFalse();
    }
}
