package org.confocal.tests.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.tests.integration.Site.PATIENCE;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.confocal.tests.bridge.BridgeEmulator;
import org.confocal.tests.client.ClientEmulator;
import org.confocal.tests.client.ClientKind;
import org.confocal.tests.client.Replacing;
import org.confocal.tests.prosody.FocusLogin;
import org.junit.jupiter.api.Test;

/** A bridge dies where {@code jicofo.conference.reinvite-method} is {@code ReplaceTransport}. */
class ReplaceTransportTest {
    private static final String REPLACE = "jicofo.conference.reinvite-method = ReplaceTransport";

    @Test
    void sessionsSurviveTheirBridge() throws IOException {
        try (Site site = Site.start(FocusLogin.COMPONENT, REPLACE, List.of("jvb1", "jvb2"))) {
            List<ClientEmulator> people = site.joinAll("meeting");
            site.awaitConference(people);
            BridgeEmulator lost = site.bridgeOf(people.getFirst());

            lost.kill();

            people.forEach(client -> assertThat(
                            client.await(books -> books.offers().size() == 2 && books.accepted() == 2, PATIENCE))
                    .as("%s has another transport", client.books())
                    .isTrue());
            site.forget(lost);
            site.awaitConference(people);
            assertThat(people).allSatisfy(client -> {
                assertThat(client.books().terminated()).isZero();
                assertThat(client.books().replaced()).isEqualTo(1);
                assertThat(client.books().offers().getFirst().sid())
                        .isEqualTo(client.books().offers().getLast().sid());
                assertThat(client.books().offers().getFirst().bridgeSession())
                        .isNotEqualTo(client.books().offers().getLast().bridgeSession());
            });

            Site.leave(people);
            site.awaitNothingLeft();
            Site.assertNoErrors(people);
        }
    }

    @Test
    void whoDoesNotFollowGetsANewSession() throws IOException {
        try (Site site = Site.start(FocusLogin.COMPONENT, REPLACE, List.of("jvb1", "jvb2"))) {
            List<ClientEmulator> people = new ArrayList<>();
            for (Replacing replacing : Replacing.values()) {
                people.add(site.join(site.client("meeting", ClientKind.JSON).with(replacing)));
            }
            site.awaitConference(people);
            BridgeEmulator lost = site.bridgeOf(people.getFirst());

            lost.kill();

            people.forEach(client -> assertThat(
                            client.await(books -> books.offers().size() == 2 && books.accepted() == 2, PATIENCE))
                    .as("%s has media again", client.books())
                    .isTrue());
            site.forget(lost);
            site.awaitConference(people);
            assertThat(people).allSatisfy(client -> {
                boolean follows = client.config().replacing() == Replacing.ACCEPTS;
                assertThat(client.books().replaced()).isEqualTo(1);
                assertThat(client.books().terminated()).isEqualTo(follows ? 0 : 1);
            });

            Site.leave(people);
            site.awaitNothingLeft();
            Site.assertNoErrors(people);
        }
    }
}
