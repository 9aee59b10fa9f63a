package org.confocal.xmpp.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.confocal.xmpp.BackoffConfig;
import org.confocal.xmpp.FocusIdentity;
import org.confocal.xmpp.IqReply;
import org.confocal.xmpp.LogCapture;
import org.confocal.xmpp.Recorder;
import org.confocal.xmpp.ScriptedServer;
import org.confocal.xmpp.SmackSettings;
import org.confocal.xmpp.StanzaLimits;
import org.confocal.xmpp.StateListener.ConnectionState;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jivesoftware.smackx.ping.packet.Ping;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jxmpp.jid.impl.JidCreate;

class ComponentAgainstHostileServerTest {

    static {
        SmackSettings.apply();
    }

    private static final String HEADER = "<?xml version='1.0'?><stream:stream xmlns='jabber:component:accept'"
            + " xmlns:stream='http://etherx.jabber.org/streams' id='3BF96D32' from='focus.example'>";

    private final ScriptedServer server = new ScriptedServer();
    private ComponentConnection connection = connection(config());
    private Recorder recorder = new Recorder(connection);

    @AfterEach
    void stop() {
        server.close();
        connection.close();
    }

    private ComponentConfig config() {
        return ComponentConfig.of(
                        "127.0.0.1",
                        server.port(),
                        JidCreate.domainBareFromOrThrowUnchecked("focus.example"),
                        "hidden",
                        JidCreate.domainBareFromOrThrowUnchecked("example"))
                .withBackoff(new BackoffConfig(Duration.ofMillis(10), Duration.ofMillis(50), Duration.ofMinutes(1)));
    }

    private static ComponentConnection connection(ComponentConfig config) {
        return new ComponentConnection(config, FocusIdentity.of("1"), new Random(1));
    }

    private void with(ComponentConfig config) {
        connection.close();
        connection = connection(config);
        recorder = new Recorder(connection);
    }

    /** Takes the next connection through the handshake. */
    private ScriptedServer.Peer establish() {
        ScriptedServer.Peer peer = server.accept();
        peer.hear("<stream:stream xmlns='jabber:component:accept' xmlns:stream='[^']*' to='focus.example'>");
        peer.say(HEADER);
        peer.hear("</handshake>");
        peer.say("<handshake/>");
        // A server that holds no streams brings the request for it back.
        peer.say(peer.hear("<iq .*?<enable .*?</iq>").group());
        assertThat(recorder.nextState()).isEqualTo(ConnectionState.CONNECTED);
        return peer;
    }

    private static Ping ping() {
        return new Ping(JidCreate.fromOrThrowUnchecked("bridge@example/x"));
    }

    @Test
    void theHandshakeProvesTheSecretWithoutSayingIt() throws Exception {
        connection.start();
        ScriptedServer.Peer peer = server.accept();
        peer.say(HEADER);
        String said = peer.hear("<handshake>([0-9a-f]{40})</handshake>").group(1);
        byte[] expected =
                MessageDigest.getInstance("SHA-1").digest("3BF96D32hidden".getBytes(StandardCharsets.US_ASCII));
        assertThat(said).isEqualTo(HexFormat.of().formatHex(expected));
        assertThat(config().toString()).doesNotContain("hidden");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "<iq></presence>|not-well-formed",
                "<message><body>&lol;</body></message>|restricted-xml",
                "<!-- hello -->|restricted-xml",
                "<?php evil ?>|restricted-xml",
                "now what|bad-format"
            })
    void aBrokenStreamIsToldWhyAndBegunAnew(String evil, String condition) {
        connection.start();
        ScriptedServer.Peer peer = establish();
        List<IqReply> replies = new CopyOnWriteArrayList<>();
        connection.request(ping(), replies::add);
        peer.hear("urn:xmpp:ping");
        peer.say(evil);
        peer.hear("<stream:error><" + condition + " xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>");
        peer.hearTheEnd();
        assertThat(recorder.nextState()).isEqualTo(ConnectionState.DISCONNECTED);
        assertThat(replies).singleElement().isInstanceOf(IqReply.ConnectionLost.class);
        establish();
    }

    @Test
    void aStanzaOfTenMegabytesIsNotTaken() {
        connection.start();
        ScriptedServer.Peer peer = establish();
        peer.say("<message><body>");
        byte[] megabyte = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 10; i++) {
            peer.say(megabyte);
        }
        assertThat(recorder.nextState()).isEqualTo(ConnectionState.DISCONNECTED);
        establish();
    }

    @Test
    void aStanzaThatMeansNothingIsAnsweredAndTheStreamLives() {
        connection.start();
        ScriptedServer.Peer peer = establish();
        peer.say("<iq type='set' id='1' from='a@b/c' to='focus@focus.example/focus'>"
                + "<conference xmlns='http://jitsi.org/protocol/focus' room='@@'/></iq>");
        assertThat(peer.hear("<iq [^>]*type='error'.*?</iq>").group())
                .contains("id='1'", "to='a@b/c'", "<bad-request", "from='focus@focus.example/focus'");
        peer.say("<iq type='set' id='2' from='a@b/c' to='focus.example'><x xmlns='urn:unknown'/></iq>");
        assertThat(peer.hear("<iq [^>]*type='error'.*?</iq>").group()).contains("id='2'", "<service-unavailable");
        peer.say("<presence from='room@muc.example/" + "n".repeat(65_536) + "' to='focus@focus.example/focus'/>");
        peer.say("<presence xmlns='urn:other' from='a@b/c'/>");
        peer.say("<message from='a@b/c'><body>still here</body></message>");
        assertThat(recorder.next(Message.class).getBody()).isEqualTo("still here");
        assertThat(connection.snapshot().unparsable()).isEqualTo(3);
        assertThat(connection.isConnected()).isTrue();
    }

    @Test
    void everythingArrivesHoweverItIsCut() {
        connection.start();
        ScriptedServer.Peer peer = establish();
        byte[] bytes = "<message from='a@b/c'><body>Grüße 😀</body></message>".getBytes(StandardCharsets.UTF_8);
        for (byte one : bytes) {
            peer.say(new byte[] {one});
        }
        assertThat(recorder.next(Message.class).getBody()).isEqualTo("Grüße 😀");
    }

    @Test
    void anAnswerCountsOnceAndFromTheRightSenderOnly() {
        connection.start();
        ScriptedServer.Peer peer = establish();
        List<IqReply> replies = new CopyOnWriteArrayList<>();
        connection.request(ping(), replies::add);
        String id = peer.hear("<iq [^>]*id='([^']*)'").group(1);
        peer.say("<iq type='result' id='" + id + "' from='mallory@example/x' to='focus@focus.example/focus'/>");
        peer.say("<iq type='error' id='" + id + "' from='bridge@example/x' to='focus@focus.example/focus'/>");
        peer.say("<iq type='result' id='" + id + "' from='bridge@example/x' to='focus@focus.example/focus'/>");
        peer.say("<message from='a@b/c'/>");
        recorder.next(Message.class);
        assertThat(replies).singleElement().isInstanceOf(IqReply.Failed.class);
    }

    @Test
    void aServerThatFallsSilentIsLeft() {
        with(config().withPing(Duration.ofMillis(30)).withReplyTimeout(Duration.ofMillis(200)));
        try (LogCapture log = new LogCapture(ComponentConnection.class)) {
            connection.start();
            ScriptedServer.Peer peer = establish();
            peer.hear("urn:xmpp:ping");
            peer.hearTheEnd();
            assertThat(recorder.nextState()).isEqualTo(ConnectionState.DISCONNECTED);
            assertThat(log.warnings()).anyMatch(line -> line.contains("a ping was not answered"));
        }
    }

    @Test
    void anAnsweredPingKeepsTheStream() {
        with(config().withPing(Duration.ofMillis(10)).withReplyTimeout(Duration.ofSeconds(10)));
        connection.start();
        ScriptedServer.Peer peer = establish();
        for (int i = 0; i < 5; i++) {
            String id = peer.hear("<iq [^>]*id='([^']*)'[^>]*><ping").group(1);
            peer.say(
                    "<iq type='error' id='" + id + "' from='example' to='focus@focus.example/focus'>"
                            + "<error type='cancel'><service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
        }
        assertThat(connection.isConnected()).isTrue();
    }

    @Test
    void whitespaceKeepsAQuietStreamAlive() {
        with(config().withPing(Duration.ofMillis(100)));
        connection.start();
        ScriptedServer.Peer peer = establish();
        peer.hear("^ ");
    }

    @Test
    void aServerThatDoesNotReadIsLeftBeforeMemoryIsFull() {
        with(config().withLimits(new StanzaLimits(10_000, 16, 16, 1 << 20, 10)));
        connection.start();
        establish();
        Message message = StanzaBuilder.buildMessage()
                .to(JidCreate.fromOrThrowUnchecked("a@b/c"))
                .setBody("x".repeat(100_000))
                .build();
        Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> {
            connection.send(message);
            return connection.snapshot().disconnects() == 1;
        });
        assertThat(recorder.nextState()).isEqualTo(ConnectionState.DISCONNECTED);
        assertThat(connection.snapshot().dropped()).isPositive();
        establish();
    }

    @Test
    void aHandshakeThatNeverEndsIsGivenUp() {
        ComponentConfig config = config();
        with(new ComponentConfig(
                config.host(),
                config.port(),
                config.domain(),
                config.secret(),
                config.user(),
                config.resource(),
                config.pingTarget(),
                config.pingInterval(),
                config.replyTimeout(),
                Duration.ofMillis(50),
                config.backoff(),
                config.limits()));
        connection.start();
        server.accept().hearTheEnd();
        ScriptedServer.Peer second = server.accept();
        second.say(HEADER);
        second.hearTheEnd();
        assertThat(connection.isConnected()).isFalse();
    }

    @Test
    void closingSendsWhatIsQueuedAndEndsTheStream() {
        connection.start();
        ScriptedServer.Peer peer = establish();
        for (int i = 0; i < 100; i++) {
            connection.send(StanzaBuilder.buildMessage()
                    .to(JidCreate.fromOrThrowUnchecked("a@b/c"))
                    .setBody("last words " + i)
                    .build());
        }
        Thread closer = Thread.ofPlatform().start(connection::close);
        for (int i = 0; i < 100; i++) {
            peer.hear("last words " + i + "<");
        }
        peer.hear("</stream:stream>");
        peer.say("</stream:stream>");
        peer.hearTheEnd();
        Awaitility.await().until(() -> !closer.isAlive());
    }

    @Test
    void noCharacterOfOursBreaksTheStream() {
        connection.start();
        ScriptedServer.Peer peer = establish();
        connection.send(StanzaBuilder.buildMessage()
                .to(JidCreate.fromOrThrowUnchecked("a@b/c"))
                .setBody("a\u0000b<&>]]>")
                .build());
        peer.hear("<body>a\uFFFDb&lt;&amp;>]]&gt;</body>");
    }
}
