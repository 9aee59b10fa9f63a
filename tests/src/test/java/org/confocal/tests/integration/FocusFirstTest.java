package org.confocal.tests.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.tests.integration.Site.patiently;

import java.io.IOException;
import java.util.List;
import org.confocal.tests.client.ClientEmulator;
import org.confocal.tests.prosody.Domains;
import org.confocal.tests.prosody.FocusLogin;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The focus is there before Prosody. */
class FocusFirstTest {
    @ParameterizedTest
    @EnumSource(FocusLogin.class)
    void theFocusSaysThatItWaitsAndComesUpByItself(FocusLogin login) throws IOException {
        try (Site site = Site.prepared(login, Domains.forTests())) {
            site.startFocus("");
            assertThat(site.health()).isEqualTo(503);
            assertThat(site.get("/about/health").body()).contains("XMPP is not connected");
            assertThat(site.get("/about/version").statusCode()).isEqualTo(200);
            assertThat(site.stat("/bridge_selector/bridge_count")).isZero();

            site.prosody().restart();
            // In the brewery, which is empty: that is another answer than waiting for Prosody.
            patiently().untilAsserted(() -> assertThat(site.health()).isEqualTo(500));
            site.startBridge("jvb1");
            site.awaitUsable(1);

            List<ClientEmulator> people = site.joinAll("meeting");
            site.awaitConference(people);
            Site.leave(people);
            site.awaitNothingLeft();
            Site.assertNoErrors(people);
        }
    }
}
