package org.confocal.tests.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.tests.integration.Site.PATIENCE;
import static org.confocal.tests.integration.Site.patiently;

import java.io.IOException;
import java.util.List;
import org.confocal.tests.client.ClientEmulator;
import org.confocal.tests.prosody.FocusLogin;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Prosody is restarted under a conference: with its memory go all rooms and the brewery. */
class ProsodyRestartTest {
    @ParameterizedTest
    @EnumSource(FocusLogin.class)
    void whoComesBackIsInMediaAgainAndNothingIsLeftOfTheTimeBefore(FocusLogin login) throws IOException {
        try (Site site = Site.start(login, "jvb1")) {
            List<ClientEmulator> before = site.joinAll("meeting");
            site.awaitConference(before);

            site.prosody().restart();

            assertThat(before)
                    .allSatisfy(client -> assertThat(
                                    client.await(books -> books.ended().isPresent(), PATIENCE))
                            .isTrue());
            site.awaitUsable(1);
            List<ClientEmulator> after = site.joinAll("meeting");
            site.awaitConference(after);
            patiently()
                    .untilAsserted(() -> assertThat(site.holdings().endpoints()).isEqualTo(3));
            assertThat(site.stat("/conferences")).isEqualTo(1);

            Site.leave(after);
            site.awaitNothingLeft();
            Site.assertNoErrors(before);
            Site.assertNoErrors(after);
        }
    }
}
