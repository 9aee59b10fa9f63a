package org.confocal.xmpp.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.confocal.xmpp.TestProsody;
import org.confocal.xmpp.gateway.RawGuest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code mod_confocal_hold} in each Prosody that is there, by what is on the wire. */
@ParameterizedClass
@MethodSource("org.confocal.xmpp.TestProsody#binaries")
class HoldModuleTest {
    private static final String ROOM = "room@muc.localhost";
    private static final int MANY = 40;

    @Parameter
    private String binary = "";

    private Optional<TestProsody> running = Optional.empty();

    @AfterEach
    void stop() {
        running.ifPresent(TestProsody::close);
    }

    private TestProsody holdsFor(int seconds) {
        TestProsody prosody = TestProsody.prepare(
                binary,
                "modules_enabled = { \"confocal_hold\" } confocal_hold_stanzas = " + MANY + " confocal_hold_seconds = "
                        + seconds);
        running = Optional.of(prosody);
        prosody.start();
        return prosody;
    }

    private static void enter(RawGuest guest) throws IOException {
        guest.say("<presence to='" + ROOM + "/guest'><x xmlns='http://jabber.org/protocol/muc'/></presence>");
        guest.hear("<subject");
    }

    private static void say(RawGuest guest, int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            guest.say("<message to='" + RawComponent.SELF + "' id='m" + i + "'><body>" + i + "</body></message>");
        }
        // Answered by the guest's own server, in the order of what it reads.
        guest.say("<iq type='get' id='sync" + to + "' to='localhost'><ping xmlns='urn:xmpp:ping'/></iq>");
        guest.hear("sync" + to);
    }

    private static void awaitLog(TestProsody prosody, String line) {
        Awaitility.await().until(() -> prosody.log().contains(line));
    }

    /** Says something after everything else, and hears all that came before. */
    private static String heardBy(RawGuest guest) throws IOException {
        guest.say("<iq type='get' id='all' to='localhost'><ping xmlns='urn:xmpp:ping'/></iq>");
        return guest.hear("'all'");
    }

    @Test
    void whoComesBackHasMissedNothingAndNobodyHasNoticed() throws IOException {
        TestProsody prosody = holdsFor(30);
        try (RawComponent first = RawComponent.plain(prosody);
                RawGuest guest = new RawGuest(prosody.clientPort())) {
            String id = first.enable();
            first.enter(ROOM);
            enter(guest);
            say(guest, 0, 5);
            assertThat(first.body()).isEqualTo("0");
            first.peer().say("<message from='" + RawComponent.SELF + "' to='" + ROOM); // half a stanza
            first.drop();
            awaitLog(prosody, "The component is away");
            say(guest, 5, 10);
            try (RawComponent second = RawComponent.opened(prosody)) {
                assertThat(second.resume(id, 0)).isEqualTo(2);
                for (int i = 0; i < 10; i++) {
                    assertThat(second.body()).isEqualTo(Integer.toString(i));
                }
                second.peer()
                        .say("<message type='groupchat' from='" + RawComponent.SELF + "' to='" + ROOM
                                + "'><body>here I am</body></message>");
                assertThat(guest.hear("here I am")).doesNotContain("unavailable");
                assertThat(second.count()).isEqualTo(3);
            }
        }
    }

    @Test
    void whatIsAcknowledgedIsNotSentAgain() throws IOException {
        TestProsody prosody = holdsFor(30);
        try (RawComponent first = RawComponent.plain(prosody);
                RawGuest guest = new RawGuest(prosody.clientPort())) {
            String id = first.enable();
            say(guest, 0, 3);
            first.body();
            first.peer().say("<a xmlns='" + Hold.NAMESPACE + "' h='1'/>");
            assertThat(first.count()).isZero();
            first.drop();
            awaitLog(prosody, "The component is away");
            try (RawComponent second = RawComponent.opened(prosody)) {
                second.resume(id, 2);
                assertThat(second.body()).isEqualTo("2");
            }
        }
    }

    @Test
    void whoStaysAwayIsGivenUpAsProsodyAlwaysDoes() throws IOException {
        TestProsody prosody = holdsFor(1);
        try (RawComponent first = RawComponent.plain(prosody);
                RawGuest guest = new RawGuest(prosody.clientPort())) {
            String id = first.enable();
            first.enter(ROOM);
            enter(guest);
            first.drop();
            guest.say(
                    "<iq type='get' id='late' to='" + RawComponent.SELF + "'><query xmlns='jabber:iq:version'/></iq>");
            guest.say("<message type='groupchat' to='" + ROOM + "'><body>anybody?</body></message>");
            assertThat(guest.hear("remote-server-timeout")).contains("late");
            assertThat(guest.hear("unavailable")).isNotEmpty();
            try (RawComponent second = RawComponent.opened(prosody)) {
                second.askToResume(id, 0, TestProsody.COMPONENT_SECRET);
                second.peer().hear("<item-not-found");
                assertThat(second.enable()).isNotEqualTo(id);
            }
        }
    }

    @Test
    void tooMuchForOneWhoIsAwayIsBounced() throws IOException {
        TestProsody prosody = holdsFor(30);
        try (RawComponent first = RawComponent.plain(prosody);
                RawGuest guest = new RawGuest(prosody.clientPort())) {
            first.enable();
            first.drop();
            awaitLog(prosody, "The component is away");
            say(guest, 0, MANY);
            assertThat(prosody.log()).doesNotContain("too much waits for it");
            guest.say("<message to='" + RawComponent.SELF + "' id='last'><body>drop</body></message>");
            for (int i = 0; i < MANY; i++) {
                guest.hear("m" + i);
            }
            assertThat(guest.hear("last")).contains("remote-server-timeout");
        }
    }

    @Test
    void tooMuchForOneWhoDoesNotAcknowledgeIsSentAndForgotten() throws IOException {
        TestProsody prosody = holdsFor(30);
        try (RawComponent first = RawComponent.plain(prosody);
                RawGuest guest = new RawGuest(prosody.clientPort())) {
            String id = first.enable();
            say(guest, 0, MANY + 2);
            for (int i = 0; i < MANY + 2; i++) {
                assertThat(first.body()).isEqualTo(Integer.toString(i));
            }
            first.drop();
            awaitLog(prosody, "The component is away");
            try (RawComponent second = RawComponent.opened(prosody)) {
                second.askToResume(id, 1, TestProsody.COMPONENT_SECRET);
                second.peer().hear("<item-not-found");
                assertThat(guest.hear("remote-server-timeout")).contains("m" + (MANY + 1));
            }
        }
    }

    @Test
    void whoAcknowledgesLateIsHeldAgain() throws IOException {
        TestProsody prosody = holdsFor(30);
        try (RawComponent first = RawComponent.plain(prosody);
                RawGuest guest = new RawGuest(prosody.clientPort())) {
            String id = first.enable();
            say(guest, 0, 2 * MANY + 3);
            for (int i = 0; i < 2 * MANY + 3; i++) {
                first.body();
            }
            first.peer().say("<a xmlns='" + Hold.NAMESPACE + "' h='" + (MANY + 1) + "'/>");
            assertThat(first.count()).isZero();
            first.drop();
            awaitLog(prosody, "The component is away");
            try (RawComponent second = RawComponent.opened(prosody)) {
                second.resume(id, 2 * MANY + 2);
                assertThat(second.body()).isEqualTo(Integer.toString(2 * MANY + 2));
            }
        }
    }

    @Test
    void theOldConnectionMakesWayForTheOneThatNamesItsStream() throws IOException {
        TestProsody prosody = holdsFor(30);
        try (RawComponent stopped = RawComponent.plain(prosody);
                RawComponent next = RawComponent.opened(prosody);
                RawGuest guest = new RawGuest(prosody.clientPort())) {
            String id = stopped.enable();
            say(guest, 0, 5); // it never reads
            next.resume(id, 0);
            for (int i = 0; i < 5; i++) {
                assertThat(next.body()).isEqualTo(Integer.toString(i));
            }
            say(guest, 5, 6);
            assertThat(next.body()).isEqualTo("5");
            stopped.peer().hear("<conflict");
            stopped.peer().hearTheEnd();
            assertThat(next.count()).isZero();
        }
    }

    @Test
    void nobodyElseGetsTheStream() throws IOException {
        TestProsody prosody = holdsFor(30);
        try (RawComponent first = RawComponent.plain(prosody);
                RawComponent withoutSecret = RawComponent.opened(prosody);
                RawComponent withoutId = RawComponent.opened(prosody);
                RawComponent other = RawComponent.opened(prosody);
                RawGuest guest = new RawGuest(prosody.clientPort())) {
            String id = first.enable();
            withoutSecret.askToResume(id, 0, "guessed");
            withoutSecret.peer().hear("<not-authorized");
            withoutId.askToResume("guessed", 0, TestProsody.COMPONENT_SECRET);
            withoutId.peer().hear("<conflict");
            other.prove("", TestProsody.COMPONENT_SECRET);
            other.peer().hear("<conflict");
            guest.say("<iq type='set' id='g' to='focus.localhost'><resume xmlns='" + Hold.NAMESPACE + "' id='" + id
                    + "' h='0'/></iq>");
            first.peer().hear("<resume [^>]*"); // a stanza like any other
            assertThat(first.count()).isZero();
        }
    }

    @Test
    void acknowledgingWhatWasNeverSentEndsTheStream() throws IOException {
        TestProsody prosody = holdsFor(30);
        try (RawComponent first = RawComponent.plain(prosody);
                RawGuest guest = new RawGuest(prosody.clientPort())) {
            first.enable();
            say(guest, 0, 1);
            first.peer().say("<a xmlns='" + Hold.NAMESPACE + "' h='2'/>");
            first.peer().hear("<undefined-condition");
            assertThat(guest.hear("remote-server-timeout")).contains("m0");
        }
    }

    @Test
    void whoClosesItsStreamIsGone() throws IOException {
        TestProsody prosody = holdsFor(30);
        try (RawComponent first = RawComponent.plain(prosody);
                RawGuest guest = new RawGuest(prosody.clientPort())) {
            first.enable();
            first.enter(ROOM);
            enter(guest);
            first.peer().say("</stream:stream>");
            first.peer().hearTheEnd();
            guest.say("<iq type='get' id='q' to='" + RawComponent.SELF + "'><query xmlns='jabber:iq:version'/></iq>");
            assertThat(guest.hear("remote-server-timeout")).isNotEmpty();
        }
    }

    @Test
    void aComponentThatDoesNotAskIsServedAsBefore() throws IOException {
        TestProsody prosody = holdsFor(30);
        try (RawComponent first = RawComponent.plain(prosody);
                RawGuest guest = new RawGuest(prosody.clientPort())) {
            say(guest, 0, 2);
            assertThat(List.of(first.body(), first.body())).containsExactly("0", "1");
            first.drop();
            awaitLog(prosody, "component disconnected");
            guest.say("<iq type='get' id='q' to='" + RawComponent.SELF + "'><query xmlns='jabber:iq:version'/></iq>");
            guest.hear("remote-server-timeout");
            try (RawComponent second = RawComponent.plain(prosody)) {
                say(guest, 2, 3);
                assertThat(second.body()).isEqualTo("2");
                assertThat(heardBy(guest)).doesNotContain("error");
            }
        }
    }
}
