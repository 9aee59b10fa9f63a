package org.confocal.tests.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.tests.integration.Site.patiently;

import java.io.IOException;
import java.util.List;
import org.confocal.tests.bridge.BridgeEmulator;
import org.confocal.tests.client.ClientBooks.FocusState;
import org.confocal.tests.client.ClientEmulator;
import org.confocal.tests.client.ClientKind;
import org.confocal.tests.client.Media;
import org.confocal.tests.prosody.Domains;
import org.confocal.tests.prosody.FocusLogin;
import org.confocal.tests.prosody.ProsodyConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The focus loses its connection while Prosody, bridges and people stay: media goes on, and so does the conference. */
class StreamLossTest {
    @ParameterizedTest
    @EnumSource(FocusLogin.class)
    void peopleKeepTheirSessionsWhileTheFocusIsAway(FocusLogin login) throws IOException {
        try (Site site = Site.prepared(login, Domains.forTests());
                Relay relay = Relay.to(port(site.prosody().config()))) {
            Site.start(site, redirected(login, relay.port()), List.of("jvb1"));
            List<ClientEmulator> people = site.joinAll("meeting");
            site.awaitConference(people);

            int before = relay.accepted();
            relay.cut();

            patiently().until(() -> relay.accepted() > before);
            site.awaitUsable(1);
            ClientEmulator late = site.join("meeting", ClientKind.JSON);
            List<ClientEmulator> all = List.of(people.get(0), people.get(1), people.get(2), late);
            site.awaitConference(all);
            assertThat(people)
                    .allSatisfy(client -> assertThat(client.books().offers())
                            .as("sessions of %s", client.books())
                            .hasSize(1));
            assertThat(site.stat("/conferences")).isEqualTo(1);

            Site.leave(all);
            site.awaitNothingLeft();
            Site.assertNoErrors(all);
        }
    }

    @ParameterizedTest
    @EnumSource(FocusLogin.class)
    void aStreamThatIsNotResumedInTimeIsReplacedAndNobodyIsInvitedTwice(FocusLogin login) throws IOException {
        try (Site site = Site.prepared(login, Domains.forTests(), 1);
                Relay relay = Relay.to(port(site.prosody().config()))) {
            Site.start(site, redirected(login, relay.port()), List.of("jvb1"));
            List<ClientEmulator> people = site.joinAll("meeting");
            site.awaitConference(people);

            relay.block();
            // A component is only missed by a room when something for it comes back.
            patiently().untilAsserted(() -> {
                people.getFirst().mute(Media.AUDIO);
                assertThat(people)
                        .allSatisfy(client -> assertThat(client.books().focus()).isEqualTo(FocusState.LEFT));
            });
            relay.unblock();

            people.forEach(client -> assertThat(
                            client.await(books -> books.focus() == FocusState.PRESENT, Site.PATIENCE))
                    .as("%s sees the focus return", client.books())
                    .isTrue());
            BridgeEmulator bridge = site.bridges().getFirst();
            assertThat(people).allSatisfy(client -> {
                assertThat(bridge.books().endpoint(client.endpoint())).isPresent();
                assertThat(client.books().offers()).hasSize(1);
            });
            assertThat(bridge.books().endpointsCreated()).isEqualTo(people.size());
            assertThat(site.stat("/conferences")).isEqualTo(1);

            Site.leave(people);
            site.awaitNothingLeft();
            Site.assertNoErrors(people);
        }
    }

    private static int port(ProsodyConfig prosody) {
        return switch (prosody.focusLogin()) {
            case COMPONENT -> prosody.componentPort();
            case CLIENT -> prosody.clientPort();
        };
    }

    private static String redirected(FocusLogin login, int port) {
        return switch (login) {
            case COMPONENT -> "jicofo.xmpp.component.port = " + port;
            case CLIENT -> "jicofo.xmpp.client.port = " + port;
        };
    }
}
