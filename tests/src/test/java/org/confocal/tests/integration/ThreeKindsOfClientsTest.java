package org.confocal.tests.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.tests.integration.Site.PATIENCE;
import static org.confocal.tests.integration.Site.patiently;

import java.io.IOException;
import java.util.List;
import org.confocal.tests.client.ClientBooks.Role;
import org.confocal.tests.client.ClientEmulator;
import org.confocal.tests.client.Media;
import org.confocal.tests.prosody.FocusLogin;
import org.confocal.tests.xmpp.Stanzas;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Old and new clients in one room, by both ways into Prosody. */
class ThreeKindsOfClientsTest {
    @ParameterizedTest
    @EnumSource(FocusLogin.class)
    void everybodyIsHeardByEverybodyWhoShouldHearAndNothingIsLeft(FocusLogin login) throws IOException {
        try (Site site = Site.start(login, "jvb1")) {
            List<ClientEmulator> people = site.joinAll("meeting");
            site.awaitConference(people);
            assertThat(site.holdings().endpoints()).isEqualTo(3);
            assertThat(site.stat("/participants")).isEqualTo(3);

            ClientEmulator presenter = people.get(1);
            assertThat(presenter.shareScreen().join().value("type")).isEqualTo("result");
            site.awaitConference(people);
            assertThat(presenter.removeScreen().join().value("type")).isEqualTo("result");
            site.awaitConference(people);

            aModeratorMutesAndNobodyElseCan(people);

            people.getFirst().leave();
            List<ClientEmulator> remaining = people.subList(1, 3);
            site.awaitConference(remaining);
            assertThat(site.bridgeOf(people.get(1)).books().endpoints()).isEqualTo(2);
            assertThat(remaining)
                    .allSatisfy(client -> assertThat(client.books().offers()).hasSize(1));
            remaining.getFirst().drop();
            remaining.getLast().leave();

            site.awaitNothingLeft();
            Site.assertNoErrors(people);
            assertThat(site.bridges())
                    .allSatisfy(bridge -> assertThat(bridge.refusals()).isZero());
            assertThat(site.stat("/total_conferences_created")).isEqualTo(1);
            assertThat(site.stat("/total_participants")).isEqualTo(3);
        }
    }

    private static void aModeratorMutesAndNobodyElseCan(List<ClientEmulator> people) {
        // The first in the room becomes owner (enable-auto-owner).
        ClientEmulator moderator = people.getFirst();
        patiently().untilAsserted(() -> assertThat(moderator.books().role()).isEqualTo(Role.MODERATOR));
        for (ClientEmulator target : people.subList(1, 3)) {
            assertThat(moderator
                            .muteOther(target.endpoint(), Media.AUDIO)
                            .join()
                            .value("type"))
                    .isEqualTo("result");
            assertThat(target.await(books -> books.muted().contains(Media.AUDIO), PATIENCE))
                    .isTrue();
        }
        ClientEmulator other = people.getLast();
        assertThat(other.books().role()).isEqualTo(Role.PARTICIPANT);
        assertThat(Stanzas.condition(
                        other.muteOther(moderator.endpoint(), Media.AUDIO).join()))
                .hasValue("not-allowed");
        assertThat(moderator.books().muted()).isEmpty();
    }
}
