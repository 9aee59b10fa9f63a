package org.confocal.xmpp.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.confocal.xmpp.BackoffConfig;
import org.confocal.xmpp.FocusIdentity;
import org.confocal.xmpp.IqReply;
import org.confocal.xmpp.LogCapture;
import org.confocal.xmpp.Recorder;
import org.confocal.xmpp.Relay;
import org.confocal.xmpp.SmackSettings;
import org.confocal.xmpp.StanzaListener;
import org.confocal.xmpp.StateListener.ConnectionState;
import org.confocal.xmpp.TestProsody;
import org.confocal.xmpp.client.ClientConfig.CertificateCheck;
import org.confocal.xmpp.client.ClientConfig.Tls;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jivesoftware.smackx.caps.packet.CapsExtension;
import org.jivesoftware.smackx.muc.packet.MUCInitialPresence;
import org.jivesoftware.smackx.muc.packet.MUCUser;
import org.jivesoftware.smackx.ping.packet.Ping;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jxmpp.jid.Jid;
import org.jxmpp.jid.impl.JidCreate;

class ClientOnProsodyTest {

    private static TestProsody prosody;

    @BeforeAll
    static void start() {
        SmackSettings.apply();
        prosody = TestProsody.started();
    }

    @AfterAll
    static void stop() {
        prosody.close();
    }

    private static ClientConfig config(int port, String password) {
        return ClientConfig.of(
                        "127.0.0.1",
                        port,
                        JidCreate.domainBareFromOrThrowUnchecked("auth.localhost"),
                        Optional.of(password))
                .withTls(Tls.REQUIRED, CertificateCheck.OFF)
                .withBackoff(new BackoffConfig(Duration.ofMillis(50), Duration.ofMillis(400), Duration.ofMinutes(1)));
    }

    private static ClientConnection connection(ClientConfig config) {
        return new ClientConnection(config, FocusIdentity.of("1.2.3"), new Random(1));
    }

    private static Jid jid(String text) {
        return JidCreate.fromOrThrowUnchecked(text);
    }

    private static Ping ping() {
        return new Ping(jid("auth.localhost"));
    }

    @Test
    void logsInOverTlsPingsAndClosesWithoutLeavingAThread() {
        ClientConnection connection = connection(config(prosody.clientPort(), TestProsody.PASSWORD));
        Recorder recorder = new Recorder(connection);
        connection.start();
        assertThat(recorder.nextState()).isEqualTo(ConnectionState.CONNECTED);
        assertThat(connection.self().toString()).isEqualTo("focus@auth.localhost/focus");
        assertThat(recorder.ask(ping())).isInstanceOf(IqReply.Result.class);

        // The server reflects our own initial presence to us.
        Presence own = recorder.next(Presence.class);
        assertThat(own.getPriority()).isZero();
        assertThat(CapsExtension.from(own).getNode())
                .isEqualTo(FocusIdentity.of("").node());

        connection.close();
        assertThat(recorder.nextState()).isEqualTo(ConnectionState.DISCONNECTED);
        assertThat(connection.snapshot().disconnects()).isZero();
        assertThat(connection.snapshot().pendingRequests()).isZero();
        Awaitility.await()
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .noneMatch(name -> name.startsWith("xmpp-client")
                                || name.startsWith("Smack Reader")
                                || name.startsWith("Smack Writer")));
        assertThat(recorder.ask(ping())).isInstanceOf(IqReply.NotSent.class);
    }

    @Test
    void sendsWithoutNaglesDelay() throws Exception {
        try (ClientConnection connection = connection(config(prosody.clientPort(), TestProsody.PASSWORD))) {
            Recorder recorder = new Recorder(connection);
            connection.start();
            recorder.nextState();
            assertThat(connection.sendsWithoutDelay()).isTrue();
        }
    }

    @Test
    void joinsARoomAsOwner() {
        try (ClientConnection connection = connection(config(prosody.clientPort(), TestProsody.PASSWORD))) {
            Recorder recorder = new Recorder(connection);
            connection.start();
            recorder.nextState();
            connection.send(StanzaBuilder.buildPresence()
                    .to(jid("room2@muc.localhost/focus"))
                    .addExtension(new MUCInitialPresence(null, -1, -1, -1, null))
                    .build());
            Presence own = recorder.next(Presence.class);
            while (own.getExtension(MUCUser.class) == null) {
                own = recorder.next(Presence.class);
            }
            assertThat(own.getExtension(MUCUser.class).getItem().getAffiliation())
                    .hasToString("owner");
        }
    }

    @Test
    void anUntrustedCertificateIsRefusedByDefault() {
        ClientConfig checked =
                config(prosody.clientPort(), TestProsody.PASSWORD).withTls(Tls.IF_POSSIBLE, CertificateCheck.ON);
        try (var log = new LogCapture(ClientConnection.class);
                ClientConnection connection = connection(checked)) {
            connection.start();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(log.warnings())
                            .anyMatch(line -> line.contains("jicofo.xmpp.client.disable-certificate-verification")));
            assertThat(connection.isConnected()).isFalse();
        }
    }

    @Test
    void withoutTlsItLogsInInTheClear() {
        ClientConfig clear =
                config(prosody.clientPort(), TestProsody.PASSWORD).withTls(Tls.DISABLED, CertificateCheck.ON);
        try (ClientConnection connection = connection(clear)) {
            Recorder recorder = new Recorder(connection);
            connection.start();
            assertThat(recorder.nextState()).isEqualTo(ConnectionState.CONNECTED);
        }
    }

    @Test
    void aWrongPasswordIsSaidOnce() {
        try (var log = new LogCapture(ClientConnection.class);
                ClientConnection connection = connection(config(prosody.clientPort(), "wrong"))) {
            connection.start();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> prosody.log().split("Client connected", -1).length > 0
                            && !log.warnings().isEmpty());
            assertThat(log.warnings()).singleElement().asString().contains("jicofo.xmpp.client.password");
        }
    }

    @Test
    void noTextOfAParticipantEndsTheStream() {
        try (ClientConnection connection = connection(config(prosody.clientPort(), TestProsody.PASSWORD))) {
            Recorder recorder = new Recorder(connection);
            connection.start();
            recorder.nextState();
            connection.send(StanzaBuilder.buildMessage()
                    .to(connection.self())
                    .setBody("]]> \u0001 \uD800 \uFFFF <x> &amp;")
                    .build());
            assertThat(recorder.next(Message.class).getBody()).isEqualTo("]]> \uFFFD \uFFFD \uFFFD <x> &amp;");
            assertThat(connection.snapshot().disconnects()).isZero();
        }
    }

    @Test
    void aCutWireIsResumedAndNothingIsLost() {
        try (Relay relay = new Relay(prosody.clientPort());
                ClientConnection connection = connection(config(relay.port(), TestProsody.PASSWORD))) {
            Recorder recorder = new Recorder(connection);
            connection.start();
            assertThat(recorder.nextState()).isEqualTo(ConnectionState.CONNECTED);
            List<String> received = bodies(connection);
            talk(connection, 0, 150);
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> received.size() == 150);
            relay.cut(); // between stanzas
            talk(connection, 150, 200);
            assertThat(recorder.nextState()).isEqualTo(ConnectionState.DISCONNECTED);
            talk(connection, 200, 400);
            List<IqReply> replies = new CopyOnWriteArrayList<>();
            connection.request(ping(), replies::add);
            assertThat(recorder.nextState()).isEqualTo(ConnectionState.RESUMED);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(received)
                            .containsExactlyElementsOf(IntStream.range(0, 400)
                                    .mapToObj(i -> "m" + i)
                                    .toList()));
            Awaitility.await().until(() -> !replies.isEmpty());
            assertThat(replies).singleElement().isInstanceOf(IqReply.Result.class);
        }
    }

    @Test
    void aWireCutInTheMiddleOfAStanzaIsMendedOneWayOrTheOther() {
        // Prosody 0.12 reads the resumed stream as the rest of the stanza that was cut, and ends it; then a fresh one
        // follows.
        try (Relay relay = new Relay(prosody.clientPort());
                ClientConnection connection = connection(config(relay.port(), TestProsody.PASSWORD))) {
            Recorder recorder = new Recorder(connection);
            connection.start();
            assertThat(recorder.nextState()).isEqualTo(ConnectionState.CONNECTED);
            List<String> received = bodies(connection);
            List<IqReply> replies = new CopyOnWriteArrayList<>();
            for (int i = 0; i < 300; i++) {
                talk(connection, i, i + 1);
                connection.request(ping(), replies::add);
                if (i == 150) {
                    relay.cut();
                }
            }
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> replies.size() == 300);
            assertThat(recorder.nextState()).isEqualTo(ConnectionState.DISCONNECTED);
            Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                talk(connection, 1_000, 1_001);
                assertThat(received).contains("m1000");
            });
            assertThat(replies).hasSize(300);
        }
    }

    private static List<String> bodies(ClientConnection connection) {
        List<String> received = new CopyOnWriteArrayList<>();
        connection.listen(stanza -> {
            if (stanza instanceof Message message && message.getBody() != null) {
                received.add(message.getBody());
            }
            return StanzaListener.Verdict.NOT_MINE;
        });
        return received;
    }

    /** Sends messages to itself, of the kind that a server does not keep for the next test's login. */
    private static void talk(ClientConnection connection, int from, int to) {
        IntStream.range(from, to)
                .forEach(i -> connection.send(StanzaBuilder.buildMessage()
                        .ofType(Message.Type.headline)
                        .to(connection.self())
                        .setBody("m" + i)
                        .build()));
    }

    @Test
    void aRestartedServerGivesAFreshStreamAndEndsWhatWasAsked() {
        try (TestProsody late = TestProsody.prepare();
                ClientConnection connection = connection(config(late.clientPort(), TestProsody.PASSWORD))) {
            Recorder recorder = new Recorder(connection);
            connection.start();
            late.start();
            assertThat(recorder.nextState()).isEqualTo(ConnectionState.CONNECTED);
            late.kill();
            assertThat(recorder.nextState()).isEqualTo(ConnectionState.DISCONNECTED);
            List<IqReply> replies = new CopyOnWriteArrayList<>();
            connection.request(ping(), replies::add); // kept for a resumption that does not come
            late.start();
            assertThat(recorder.nextState()).isEqualTo(ConnectionState.CONNECTED);
            assertThat(replies).singleElement().isInstanceOfAny(IqReply.NotSent.class, IqReply.ConnectionLost.class);
            assertThat(recorder.ask(ping())).isInstanceOf(IqReply.Result.class);
            late.stop();
            assertThat(recorder.nextState()).isEqualTo(ConnectionState.DISCONNECTED);
            late.start();
            assertThat(recorder.nextState()).isEqualTo(ConnectionState.CONNECTED);
            assertThat(replies).hasSize(1);
        }
    }
}
