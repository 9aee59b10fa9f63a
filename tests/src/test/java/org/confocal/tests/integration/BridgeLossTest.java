package org.confocal.tests.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.tests.integration.Site.PATIENCE;
import static org.confocal.tests.integration.Site.patiently;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.confocal.tests.bridge.BridgeEmulator;
import org.confocal.tests.client.ClientBooks.BridgeState;
import org.confocal.tests.client.ClientEmulator;
import org.confocal.tests.prosody.FocusLogin;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A bridge goes away under a conference. */
class BridgeLossTest {
    /** Ways in which a bridge goes. */
    enum Loss {
        SOCKET {
            @Override
            void happensTo(BridgeEmulator bridge) {
                bridge.kill();
            }
        },
        LEAVES_THE_BREWERY {
            @Override
            void happensTo(BridgeEmulator bridge) {
                bridge.leave();
            }
        };

        abstract void happensTo(BridgeEmulator bridge);
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void everybodyIsInvitedAgainOnTheOtherBridge(Loss loss) throws IOException {
        try (Site site = Site.start(FocusLogin.COMPONENT, "jvb1", "jvb2")) {
            List<ClientEmulator> people = site.joinAll("meeting");
            site.awaitConference(people);
            BridgeEmulator lost = site.bridgeOf(people.getFirst());
            BridgeEmulator other = site.bridgesOtherThan(lost).getFirst();
            assertThat(other.books().conferences()).isEmpty();

            loss.happensTo(lost);

            people.forEach(client -> assertThat(
                            client.await(books -> books.offers().size() == 2 && books.accepted() == 2, PATIENCE))
                    .as("%s is invited again", client.books())
                    .isTrue());
            patiently()
                    .untilAsserted(() -> assertThat(other.books().endpoints()).isEqualTo(3));
            // What the lost bridge had in its books it had when it went.
            site.forget(lost);
            site.awaitConference(people);
            assertThat(people).allSatisfy(client -> {
                assertThat(client.books().terminated()).isEqualTo(1);
                assertThat(client.books().offers().getFirst().bridgeSession())
                        .isNotEqualTo(client.books().offers().getLast().bridgeSession());
            });
            assertThat(site.stat("/bridge_failures/participants_moved")).isEqualTo(3);
            assertThat(site.stat("/bridge_failures/bridges_removed")).isEqualTo(1);
            assertThat(site.stat("/bridge_selector/lost_bridges")).isEqualTo(1);
            assertThat(site.stat("/bridge_selector/bridge_count")).isEqualTo(1);
            assertThat(site.health()).isEqualTo(200);

            Site.leave(people);
            site.awaitNothingLeft();
            Site.assertNoErrors(people);
            assertThat(other.refusals()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(FocusLogin.class)
    void withoutAnyBridgePeopleWaitAndAreInvitedWhenOneComes(FocusLogin login) throws IOException {
        try (Site site = Site.start(login, "jvb1")) {
            List<ClientEmulator> people = site.joinAll("meeting");
            site.awaitConference(people);
            BridgeEmulator first = site.bridgeOf(people.getFirst());

            first.kill();
            site.forget(first);

            patiently()
                    .atMost(Duration.ofSeconds(15))
                    .untilAsserted(() -> assertThat(site.health()).isEqualTo(500));
            assertThat(site.get("/about/health").body()).contains("No operational bridges available");
            people.forEach(client -> assertThat(
                            client.await(books -> books.bridges() == BridgeState.NOT_AVAILABLE, PATIENCE))
                    .as("%s is told that there is no bridge", client.books())
                    .isTrue());

            site.startBridge("jvb2");
            site.awaitUsable(1);
            people.forEach(client -> assertThat(client.await(
                            books -> books.session().isPresent() && books.bridges() == BridgeState.AVAILABLE, PATIENCE))
                    .as("%s is invited again", client.books())
                    .isTrue());
            site.awaitConference(people);

            Site.leave(people);
            site.awaitNothingLeft();
            Site.assertNoErrors(people);
        }
    }
}
