package org.confocal.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.confocal.focus.view.FocusSnapshot;
import org.confocal.strategy.BridgeReport;
import org.junit.jupiter.api.Test;

class SiteWarningsTest {
    private final FocusViewFake focus = FocusViewFake.healthy();

    @Test
    void aSiteInOrderHasNone() {
        assertThat(warnings(HttpFixture.SITE)).isEmpty();
    }

    @Test
    void withoutProsodyAndBreweryThatIsSaidFirst() {
        focus.connected = false;
        focus.breweryJoined = false;
        focus.bridges = List.of();
        assertThat(warnings(HttpFixture.SITE))
                .hasSize(3)
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("Prosody is not connected"),
                        second -> assertThat(second).startsWith("The bridges' brewery is not joined"),
                        third -> assertThat(third).isEqualTo("No bridge is in the brewery."));
    }

    @Test
    void octoOnTheFocusOnly() {
        focus.bridges = List.of(bridge("jvb1", "2.3", Optional.empty()), bridge("jvb2", "2.3", Optional.of("r2")));
        assertThat(warnings(HttpFixture.SITE))
                .singleElement()
                .asString()
                .startsWith("jicofo.octo.enabled is on, but no relay id is reported by jvb1:");
    }

    @Test
    void octoOnTheBridgesOnly() {
        focus.bridges = List.of(bridge("jvb1", "2.3", Optional.of("r1")), bridge("jvb2", "2.3", Optional.of("r2")));
        assertThat(warnings(site(false, false))).singleElement().asString().contains("jicofo.octo.enabled is off");
    }

    @Test
    void aStrategyForOneBridgeMakesOctoUseless() {
        SiteFacts site = new SiteFacts(true, false, false, HttpFixture.SITE.egress());
        assertThat(warnings(site)).singleElement().asString().contains("keeps each conference on one bridge");
    }

    @Test
    void versionsThatExcludeEachOther() {
        focus.bridges = List.of(
                bridge("jvb1", "2.3", Optional.of("r1")),
                bridge("jvb2", "2.4", Optional.of("r2")),
                bridge("jvb3", "2.4", Optional.of("r3")));
        assertThat(warnings(HttpFixture.SITE))
                .containsExactly("Bridges run 2 versions (2.3 on 1, 2.4 on 2), which exclude each other: a conference"
                        + " stays on those of its first bridge.");
        assertThat(warnings(site(true, true))).as("where versions may be mixed").isEmpty();
    }

    @Test
    void twoBridgesWithOneRelayId() {
        focus.bridges = List.of(bridge("jvb1", "2.3", Optional.of("r")), bridge("jvb2", "2.3", Optional.of("r")));
        assertThat(warnings(HttpFixture.SITE))
                .containsExactly("Bridges with the same relay id r cannot be linked: jvb1, jvb2.");
    }

    @Test
    void fewOfManyAreNamed() {
        focus.bridges = List.of(
                bridge("jvb1", "2.3", Optional.empty()),
                bridge("jvb2", "2.3", Optional.empty()),
                bridge("jvb3", "2.3", Optional.empty()),
                bridge("jvb4", "2.3", Optional.empty()),
                bridge("jvb5", "2.3", Optional.empty()));
        assertThat(warnings(HttpFixture.SITE)).singleElement().asString().contains("jvb1, jvb2, jvb3 and 2 more");
    }

    @Test
    void noUsableBridge() {
        focus.bridges = List.of(FocusViewFake.bridge("jvb1", FocusViewFake.leaving(FocusViewFake.REPORT)));
        assertThat(warnings(HttpFixture.SITE)).containsExactly("No bridge can be used: whoever joins has no media.");
    }

    private List<String> warnings(SiteFacts site) {
        return SiteWarnings.of(focus.snapshot(), site);
    }

    private static SiteFacts site(boolean octo, boolean mixedVersions) {
        return new SiteFacts(octo, true, mixedVersions, HttpFixture.SITE.egress());
    }

    private static FocusSnapshot.Bridge bridge(String nick, String version, Optional<String> relayId) {
        BridgeReport report = FocusViewFake.REPORT;
        return FocusViewFake.bridge(
                nick,
                new BridgeReport(
                        report.stressLevel(),
                        report.packetRateDownload(),
                        report.packetRateUpload(),
                        report.averageParticipantStress(),
                        report.drain(),
                        report.gracefulShutdown(),
                        report.shuttingDown(),
                        report.healthy(),
                        Optional.of(version),
                        report.release(),
                        report.region(),
                        relayId));
    }
}
