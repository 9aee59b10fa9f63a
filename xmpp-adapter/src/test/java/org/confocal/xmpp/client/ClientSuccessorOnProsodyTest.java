package org.confocal.xmpp.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.confocal.xmpp.BackoffConfig;
import org.confocal.xmpp.FakeJournal;
import org.confocal.xmpp.FocusIdentity;
import org.confocal.xmpp.IqReply;
import org.confocal.xmpp.Recorder;
import org.confocal.xmpp.Relay;
import org.confocal.xmpp.SmackSettings;
import org.confocal.xmpp.StanzaListener;
import org.confocal.xmpp.StateListener.ConnectionState;
import org.confocal.xmpp.TestProsody;
import org.confocal.xmpp.client.ClientConfig.CertificateCheck;
import org.confocal.xmpp.client.ClientConfig.Tls;
import org.confocal.xmpp.gateway.RawGuest;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jivesoftware.smackx.muc.packet.MUCInitialPresence;
import org.jivesoftware.smackx.ping.packet.Ping;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jxmpp.jid.impl.JidCreate;

/** A process goes on with the stream of another, and an occupant of a room looks on. */
class ClientSuccessorOnProsodyTest {

    private static final String ROOM = "standup@muc.localhost";
    private static final String LEFT =
            "<presence[^>]*unavailable[^>]*" + ROOM + "/focus|<presence[^>]*" + ROOM + "/focus[^>]*unavailable";

    private final List<AutoCloseable> open = new ArrayList<>();

    /** Whether Prosody has our module. */
    private enum Module {
        LOADED,
        ABSENT
    }

    /** One process: its connection, what it was told, and the bodies of messages that it took. */
    private static final class Focus implements AutoCloseable {
        final ClientConnection connection;
        final Recorder recorder;
        final List<String> bodies = new CopyOnWriteArrayList<>();

        Focus(int port, Tls tls, FakeJournal journal) {
            connection = new ClientConnection(
                    ClientConfig.of(
                                    "127.0.0.1",
                                    port,
                                    JidCreate.domainBareFromOrThrowUnchecked("auth.localhost"),
                                    Optional.of(TestProsody.PASSWORD))
                            .withTls(tls, CertificateCheck.OFF)
                            .withBackoff(new BackoffConfig(
                                    Duration.ofMillis(50), Duration.ofMillis(400), Duration.ofMinutes(1))),
                    FocusIdentity.of("1.2.3"),
                    new Random(1),
                    journal);
            recorder = new Recorder(connection);
            connection.listen(stanza -> {
                if (stanza instanceof Message message && message.getBody() != null) {
                    bodies.add(message.getBody());
                }
                return StanzaListener.Verdict.NOT_MINE;
            });
        }

        void join() {
            connection.send(StanzaBuilder.buildPresence()
                    .to(JidCreate.fromOrThrowUnchecked(ROOM + "/focus"))
                    .addExtension(new MUCInitialPresence(null, -1, -1, -1, null))
                    .build());
        }

        void say(String body) {
            connection.send(StanzaBuilder.buildMessage()
                    .ofType(Message.Type.groupchat)
                    .to(JidCreate.fromOrThrowUnchecked(ROOM))
                    .setBody(body)
                    .build());
        }

        @Override
        public void close() {
            connection.close();
        }
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    private <C extends AutoCloseable> C closing(C resource) {
        open.add(resource);
        return resource;
    }

    private TestProsody prosody(Module module, int hibernationSeconds) {
        SmackSettings.apply();
        TestProsody prosody = closing(TestProsody.prepare());
        String resume = module == Module.LOADED ? "modules_enabled = { \"confocal_resume\" }" : "";
        prosody.reconfigure(text -> text.replace(
                        "smacks_hibernation_time = 30",
                        "smacks_hibernation_time = " + hibernationSeconds + "\nsmacks_max_queue_size = 10000"
                                + "\nplugin_paths = { \""
                                + Path.of("../docker/prosody/plugins").toAbsolutePath() + "\" }")
                .replace("VirtualHost \"auth.localhost\"", "VirtualHost \"auth.localhost\"\n" + resume)
                .replace(
                        "Component \"muc.localhost\" \"muc\"",
                        "Component \"muc.localhost\" \"muc\"\nmuc_room_locking = false"));
        prosody.start();
        return prosody;
    }

    private RawGuest guest(TestProsody prosody) throws IOException {
        RawGuest guest = closing(new RawGuest(prosody.clientPort()));
        guest.say("<presence to='" + ROOM + "/guest'><x xmlns='http://jabber.org/protocol/muc'/></presence>");
        guest.hear("status code='110'");
        return guest;
    }

    private static void say(RawGuest guest, int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            guest.say("<message type='groupchat' to='" + ROOM + "'><body>m" + i + "</body></message>");
        }
    }

    private Focus started(int port, Tls tls, FakeJournal journal) {
        Focus focus = closing(new Focus(port, tls, journal));
        focus.connection.start();
        assertThat(focus.recorder.nextState()).isEqualTo(ConnectionState.CONNECTED);
        focus.join();
        focus.say("joined");
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> focus.bodies.contains("joined"));
        return focus;
    }

    private static Set<String> numbered(int count) {
        return IntStream.range(0, count).mapToObj(i -> "m" + i).collect(LinkedHashSet::new, Set::add, Set::addAll);
    }

    private static void awaitAll(Focus first, Focus second, int count) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            Set<String> taken = new LinkedHashSet<>(first.bodies);
            taken.addAll(second.bodies);
            assertThat(taken).containsAll(numbered(count));
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Tls.class,
            names = {"DISABLED", "REQUIRED"})
    void afterAKillTheSuccessorGoesOnAndNobodyNotices(Tls tls) throws Exception {
        TestProsody prosody = prosody(Module.LOADED, 30);
        Relay relay = closing(new Relay(prosody.clientPort()));
        FakeJournal journal = new FakeJournal();
        Focus first = started(relay.port(), tls, journal);
        RawGuest guest = guest(prosody);
        say(guest, 0, 300);
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> first.bodies.size() > 100);
        first.say("kept");
        assertThat(guest.hear("<body>kept</body>")).doesNotContainPattern(LEFT);
        journal.pause();
        first.say("not kept");
        FakeJournal inherited = journal.successor();
        relay.cut();
        say(guest, 300, 600);

        Focus second = closing(new Focus(relay.port(), tls, inherited));
        second.connection.start();
        second.say("goes on");
        assertThat(second.recorder.nextState()).isEqualTo(ConnectionState.RESUMED);
        assertThat(second.connection.self().toString()).isEqualTo("focus@auth.localhost/focus");
        awaitAll(first, second, 600);
        assertThat(guest.hear("<body>goes on</body>"))
                .doesNotContainPattern(LEFT)
                .doesNotContain("not kept", "<body>kept</body>");
        assertThat(second.recorder.ask(new Ping(JidCreate.fromOrThrowUnchecked("auth.localhost"))))
                .isInstanceOf(IqReply.Result.class);
    }

    @Test
    void aHandoverWhileBothRunIsNotNoticed() throws Exception {
        TestProsody prosody = prosody(Module.LOADED, 30);
        FakeJournal journal = new FakeJournal();
        Focus first = started(prosody.clientPort(), Tls.REQUIRED, journal);
        RawGuest guest = guest(prosody);
        FakeJournal inherited = new FakeJournal();
        Focus second = closing(new Focus(prosody.clientPort(), Tls.REQUIRED, inherited));
        second.connection.prepare().toCompletableFuture().get(20, TimeUnit.SECONDS);
        say(guest, 0, 300);
        first.connection.letGo().toCompletableFuture().get(20, TimeUnit.SECONDS);
        int settled = first.bodies.size();
        first.say("while nobody has it");
        inherited.takeOver(journal);
        say(guest, 300, 400);
        second.connection.takeOver();
        assertThat(second.recorder.nextState()).isEqualTo(ConnectionState.RESUMED);
        second.say("goes on");
        awaitAll(first, second, 400);
        assertThat(first.bodies).hasSize(settled);
        first.close();
        assertThat(guest.hear("<body>goes on</body>"))
                .doesNotContainPattern(LEFT)
                .contains("while nobody has it");
        second.say("still there");
        assertThat(guest.hear("<body>still there</body>")).doesNotContainPattern(LEFT);
    }

    @Test
    void oneThatWasStoppedAndFindsItsJournalTakenIsSilent() throws Exception {
        TestProsody prosody = prosody(Module.LOADED, 30);
        Relay relay = closing(new Relay(prosody.clientPort()));
        FakeJournal journal = new FakeJournal();
        Focus first = started(relay.port(), Tls.REQUIRED, journal);
        RawGuest guest = guest(prosody);
        Focus second = closing(new Focus(prosody.clientPort(), Tls.REQUIRED, journal.successor()));
        first.say("too late");
        second.connection.start();
        assertThat(second.recorder.nextState()).isEqualTo(ConnectionState.RESUMED);
        first.say("far too late");
        second.say("goes on");
        assertThat(guest.hear("<body>goes on</body>"))
                .doesNotContainPattern(LEFT)
                .doesNotContain("too late");
        first.close();
        second.say("still there");
        assertThat(guest.hear("<body>still there</body>")).doesNotContainPattern(LEFT);
        assertThat(second.connection.snapshot().disconnects()).isZero();
    }

    @Test
    void afterTheHoldTimeTheStreamIsAFreshOne() throws Exception {
        TestProsody prosody = prosody(Module.LOADED, 1);
        Relay relay = closing(new Relay(prosody.clientPort()));
        FakeJournal journal = new FakeJournal();
        started(relay.port(), Tls.REQUIRED, journal);
        RawGuest guest = guest(prosody);
        FakeJournal inherited = journal.successor();
        relay.cut();
        guest.find("(" + LEFT + ")");

        Focus second = closing(new Focus(relay.port(), Tls.REQUIRED, inherited));
        second.connection.start();
        assertThat(second.recorder.nextState()).isEqualTo(ConnectionState.CONNECTED);
        assertThat(second.recorder.ask(new Ping(JidCreate.fromOrThrowUnchecked("auth.localhost"))))
                .isInstanceOf(IqReply.Result.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<message to='" + ROOM + "'><body>half a ", "<message to='", "<message to='a@b'><body>&#x41;</bo"
            })
    void halfAStanzaOfTheOneBeforeIsForgottenWithTheModule(String half) throws Exception {
        assertThat(isNoticed(Module.LOADED, half)).isFalse();
    }

    @Test
    void halfAStanzaOfTheOneBeforeEndsTheStreamWithoutTheModule() throws Exception {
        assertThat(isNoticed(Module.ABSENT, "<message to='")).isTrue();
    }

    private boolean isNoticed(Module module, String half) throws IOException {
        TestProsody prosody = prosody(module, 30);
        Relay relay = closing(new Relay(prosody.clientPort()));
        FakeJournal journal = new FakeJournal();
        started(relay.port(), Tls.DISABLED, journal);
        RawGuest guest = guest(prosody);
        FakeJournal inherited = journal.successor();
        relay.say(half);
        relay.cut();

        Focus second = closing(new Focus(relay.port(), Tls.DISABLED, inherited));
        second.connection.start();
        assertThat(second.recorder.nextState()).isEqualTo(ConnectionState.RESUMED);
        second.say("goes on");
        return !guest.find("(<body>goes on</body>|" + LEFT + ")").startsWith("<body>");
    }
}
