package org.confocal.tests.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.tests.integration.Site.PATIENCE;
import static org.confocal.tests.integration.Site.patiently;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import org.confocal.tests.bridge.BridgeEmulator;
import org.confocal.tests.bridge.BridgeFlag;
import org.confocal.tests.client.ClientEmulator;
import org.confocal.tests.prosody.FocusLogin;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An operator empties a bridge over HTTP. */
class OperatorMovesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "move-endpoints?bridge=%1$s&numEndpoints=3",
                "move-endpoints?bridge=%1$s&conference=meeting@muc.meet.test&numEndpoints=3",
                "move-fraction?bridge=%1$s&fraction=1"
            })
    void everybodyIsOnTheOtherBridgeWithOneMoreInvitation(String call) throws IOException {
        try (Site site = Site.start(FocusLogin.COMPONENT, "jvb1", "jvb2")) {
            List<ClientEmulator> people = site.joinAll("meeting");
            site.awaitConference(people);
            BridgeEmulator left = site.bridgeOf(people.getFirst());
            BridgeEmulator other = site.bridgesOtherThan(left).getFirst();
            // Nobody comes back to a bridge that drains while there is another.
            left.set(BridgeFlag.DRAIN);
            left.publish();

            HttpResponse<String> answer =
                    site.get("/move-endpoints/" + call.formatted(left.config().name()));

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("{\"movedEndpoints\":3,\"conferences\":1}");
            people.forEach(client -> assertThat(
                            client.await(books -> books.offers().size() == 2 && books.accepted() == 2, PATIENCE))
                    .as("%s is invited again", client.books())
                    .isTrue());
            patiently()
                    .untilAsserted(() -> assertThat(left.books().conferences()).isEmpty());
            site.awaitConference(people);
            assertThat(people).allSatisfy(client -> {
                assertThat(site.bridgeOf(client)).isSameAs(other);
                assertThat(client.books().offers()).hasSize(2);
                assertThat(client.books().terminated()).isEqualTo(1);
            });
            assertThat(site.stat("/bridge_failures/participants_moved")).isEqualTo(3);
            assertThat(site.stat("/bridge_failures/bridges_removed")).isZero();

            Site.leave(people);
            site.awaitNothingLeft();
            Site.assertNoErrors(people);
        }
    }
}
