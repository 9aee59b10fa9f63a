package org.confocal.tests.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.tests.integration.Site.patiently;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.confocal.tests.bridge.BridgeEmulator;
import org.confocal.tests.bridge.BridgeFault;
import org.confocal.tests.client.ClientEmulator;
import org.confocal.tests.prosody.FocusLogin;
import org.junit.jupiter.api.Test;

/** A bridge answers every request with an error, and recovers. */
class BreakerTest {
    private static final int MOST_ROOMS = 12;

    @Test
    void aBridgeThatFailsSeveralConferencesIsOutForAllThenProbedAndBack() throws IOException {
        try (Site site = Site.start(
                FocusLogin.COMPONENT,
                "jicofo.bridge.circuit-breaker.first-pause = 1 second",
                List.of("jvb1", "jvb2"))) {
            List<ClientEmulator> everybody = new ArrayList<>();
            BridgeEmulator broken = site.bridges().getFirst();
            BridgeEmulator sound = site.bridges().getLast();
            broken.misbehave(new BridgeFault.Refuse("internal-server-error", Optional.empty()));

            for (int room = 0; room < MOST_ROOMS && site.metric("confocal_bridge_breakers_opened_total") == 0; room++) {
                List<ClientEmulator> people = site.joinAll("room" + room);
                everybody.addAll(people);
                site.awaitConference(people);
                assertThat(site.bridgeOf(people.getFirst())).isSameAs(sound);
            }
            assertThat(site.metric("confocal_bridge_breakers_opened_total")).isEqualTo(1);
            assertThat(site.metric("confocal_bridge_allocations_failed_total")).isEqualTo(3);

            broken.misbehave(new BridgeFault.None());
            site.awaitUsable(2);
            List<ClientEmulator> probing = site.joinAll("probe");
            everybody.addAll(probing);
            site.awaitConference(probing);
            assertThat(site.bridgeOf(probing.getFirst()))
                    .as("the one that carries less")
                    .isSameAs(broken);
            patiently()
                    .untilAsserted(() -> assertThat(site.metric("confocal_bridge_breakers_closed_total"))
                            .isEqualTo(1));
            assertThat(site.metric("confocal_bridge_breakers_probed_total")).isEqualTo(1);
            assertThat(everybody)
                    .as("whom the broken bridge refused never heard of it")
                    .allSatisfy(client -> assertThat(client.books().offers()).hasSize(1));

            Site.leave(everybody);
            site.awaitNothingLeft();
            Site.assertNoErrors(everybody);
        }
    }
}
