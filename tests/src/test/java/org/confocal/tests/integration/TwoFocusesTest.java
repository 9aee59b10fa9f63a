package org.confocal.tests.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.confocal.tests.client.ClientEmulator;
import org.confocal.tests.client.ClientKind;
import org.confocal.tests.client.LocalSource;
import org.confocal.tests.prosody.Domains;
import org.confocal.tests.prosody.FocusLogin;
import org.junit.jupiter.api.Test;

/** Nothing in the process belongs to one focus: two of them, with other logins, domains and settings, share it. */
class TwoFocusesTest {
    private static final String ALL_LAYERS = "jicofo.conference.strip-simulcast = false";

    @Test
    void twoFocusesInOneProcessDoNotDisturbEachOther() throws IOException {
        try (Site component = Site.start(FocusLogin.COMPONENT, "jvb1", "jvb2");
                Site client = Site.start(
                        Site.prepared(FocusLogin.CLIENT, new Domains("other.test")), ALL_LAYERS, List.of("jvb1"))) {
            assertThat(component.stat("/bridge_selector/bridge_count")).isEqualTo(2);
            assertThat(client.stat("/bridge_selector/bridge_count")).isEqualTo(1);

            List<ClientEmulator> here = component.joinAll("meeting");
            List<ClientEmulator> there =
                    List.of(client.join("meeting", ClientKind.JSON), client.join("meeting", ClientKind.XML));
            component.awaitConference(here);
            Site.patiently().untilAsserted(() -> {
                assertThat(there.getFirst().books().knownSsrcs()).isEqualTo(sentBy(there.getLast()));
                assertThat(there.getLast().books().knownSsrcs()).isEqualTo(sentBy(there.getFirst()));
            });
            assertThat(component.stat("/participants")).isEqualTo(3);
            assertThat(client.stat("/participants")).isEqualTo(2);

            client.focus().close();
            assertThat(client.bridges().getFirst().books().conferences()).isEmpty();
            assertThat(component.health()).isEqualTo(200);
            assertThat(here.getFirst().shareScreen().join().value("type")).isEqualTo("result");
            component.awaitConference(here);

            Site.leave(here);
            component.awaitNothingLeft();
            Site.assertNoErrors(here);
            Site.assertNoErrors(there);
        }
    }

    private static Set<Long> sentBy(ClientEmulator client) {
        Set<Long> ssrcs = new HashSet<>();
        client.books().localSources().stream().map(LocalSource::ssrcs).forEach(ssrcs::addAll);
        return ssrcs;
    }
}
