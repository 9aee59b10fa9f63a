package org.confocal.tests.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.tests.integration.Site.PATIENCE;
import static org.confocal.tests.integration.Site.patiently;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.confocal.tests.bridge.BridgeEmulator;
import org.confocal.tests.client.ClientBooks.FocusState;
import org.confocal.tests.client.ClientEmulator;
import org.confocal.tests.client.ClientKind;
import org.confocal.tests.prosody.FocusLogin;
import org.confocal.tests.prosody.Mishaps;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The focus loses its room while its connection stays. It comes back by itself; sessions live on, and whoever reloads because
 * it saw the focus leave, as browsers do, is in media again.
 */
class RoomLossTest {
    private static final String ROOM = "meeting";

    @ParameterizedTest
    @EnumSource(FocusLogin.class)
    void aFocusThatIsKickedComesBackAndInvitesNobodyTwice(FocusLogin login) throws IOException {
        try (Site site = Site.start(login, "jvb1")) {
            List<ClientEmulator> people = site.joinAll(ROOM);
            site.awaitConference(people);

            Mishaps.kickFocus(site.prosody().config(), ROOM);

            seesTheFocusReturn(people);
            sessionsLiveOn(site, people);
            reload(site, people);
        }
    }

    @ParameterizedTest
    @EnumSource(FocusLogin.class)
    void anOwnershipThatIsBackAtOnceIsTakenUpWithoutLeaving(FocusLogin login) throws IOException {
        try (Site site = Site.start(login, "jvb1")) {
            List<ClientEmulator> people = site.joinAll(ROOM);
            site.awaitConference(people);

            Mishaps.disownFocus(site.prosody().config(), ROOM, Duration.ZERO);

            List<ClientEmulator> all = new ArrayList<>(people);
            all.add(site.join(ROOM, ClientKind.JSON));
            site.awaitConference(all);
            assertThat(all).allSatisfy(client -> {
                assertThat(client.books().focus()).isEqualTo(FocusState.PRESENT);
                assertThat(client.books().offers()).hasSize(1);
            });
            Site.leave(all);
            site.awaitNothingLeft();
            Site.assertNoErrors(all);
        }
    }

    @ParameterizedTest
    @EnumSource(FocusLogin.class)
    void anOwnershipThatIsMissedForAWhileIsWaitedFor(FocusLogin login) throws IOException {
        try (Site site = Site.start(login, "jvb1")) {
            List<ClientEmulator> people = site.joinAll(ROOM);
            site.awaitConference(people);

            Mishaps.disownFocus(site.prosody().config(), ROOM, Duration.ofSeconds(3));

            people.forEach(client -> assertThat(client.await(books -> books.focus() == FocusState.LEFT, PATIENCE))
                    .as("%s sees the focus leave", client.books())
                    .isTrue());
            seesTheFocusReturn(people);
            sessionsLiveOn(site, people);
            reload(site, people);
        }
    }

    @ParameterizedTest
    @EnumSource(FocusLogin.class)
    void aServiceThatForgotItsRoomsIsNoticed(FocusLogin login) throws IOException {
        try (Site site = Site.start(login, "jvb1")) {
            List<ClientEmulator> people = site.joinAll(ROOM);
            site.awaitConference(people);

            Mishaps.serviceDown(site.prosody().config(), Duration.ofSeconds(4));

            // Until the focus has made the room anew, nobody can enter: people try again, as browsers do.
            List<ClientEmulator> back = new ArrayList<>();
            patiently()
                    .pollInterval(Duration.ofSeconds(1))
                    .ignoreExceptions()
                    .until(() -> back.add(site.join(ROOM, ClientKind.JSON)));
            back.add(site.join(ROOM, ClientKind.XML));
            site.awaitConference(back);
            BridgeEmulator bridge = site.bridges().getFirst();
            patiently()
                    .untilAsserted(() -> assertThat(bridge.books().endpoints()).isEqualTo(2));
            assertThat(site.stat("/conferences")).isEqualTo(1);

            Site.leave(back);
            site.awaitNothingLeft();
            Site.assertNoErrors(back);
        }
    }

    private static void seesTheFocusReturn(List<ClientEmulator> people) {
        people.forEach(client -> assertThat(client.await(books -> books.focus() == FocusState.PRESENT, PATIENCE))
                .as("%s sees the focus return", client.books())
                .isTrue());
    }

    private static void sessionsLiveOn(Site site, List<ClientEmulator> people) {
        BridgeEmulator bridge = site.bridges().getFirst();
        assertThat(people).allSatisfy(client -> {
            assertThat(bridge.books().endpoint(client.endpoint())).isPresent();
            assertThat(client.books().offers()).hasSize(1);
        });
        assertThat(bridge.books().endpointsCreated()).isEqualTo(people.size());
        assertThat(site.stat("/conferences")).isEqualTo(1);
    }

    /** Everybody starts over under another nickname; those from before are gone for all, and nothing is left in the end. */
    private static void reload(Site site, List<ClientEmulator> people) throws IOException {
        List<ClientEmulator> again = site.joinAll(ROOM);
        Site.leave(people);
        site.awaitConference(again);
        BridgeEmulator bridge = site.bridges().getFirst();
        patiently().untilAsserted(() -> assertThat(bridge.books().endpoints()).isEqualTo(again.size()));
        Site.leave(again);
        site.awaitNothingLeft();
        Site.assertNoErrors(again);
    }
}
