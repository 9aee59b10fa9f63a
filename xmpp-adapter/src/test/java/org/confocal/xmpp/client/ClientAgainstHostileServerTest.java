package org.confocal.xmpp.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.confocal.xmpp.BackoffConfig;
import org.confocal.xmpp.FocusIdentity;
import org.confocal.xmpp.IqReply;
import org.confocal.xmpp.Recorder;
import org.confocal.xmpp.ScriptedServer;
import org.confocal.xmpp.SmackSettings;
import org.confocal.xmpp.StateListener.ConnectionState;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smackx.ping.packet.Ping;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jxmpp.jid.impl.JidCreate;

class ClientAgainstHostileServerTest {

    static {
        SmackSettings.apply();
    }

    private static final String HEADER = "<?xml version='1.0'?><stream:stream xmlns='jabber:client'"
            + " xmlns:stream='http://etherx.jabber.org/streams' id='1' from='auth.example' version='1.0'>";

    private final ScriptedServer server = new ScriptedServer();
    private final ClientConnection connection = new ClientConnection(
            ClientConfig.of(
                            "127.0.0.1",
                            server.port(),
                            JidCreate.domainBareFromOrThrowUnchecked("auth.example"),
                            Optional.empty())
                    .withTls(ClientConfig.Tls.IF_POSSIBLE, ClientConfig.CertificateCheck.ON)
                    .withBackoff(
                            new BackoffConfig(Duration.ofMillis(10), Duration.ofMillis(50), Duration.ofMinutes(1))),
            FocusIdentity.of("1"),
            new Random(1));
    private final Recorder recorder = new Recorder(connection);

    @AfterEach
    void stop() {
        server.close();
        connection.close();
    }

    /** Takes the next connection through an anonymous login without TLS and without stream management. */
    private ScriptedServer.Peer establish() {
        ScriptedServer.Peer peer = server.accept();
        peer.hear("<stream:stream [^>]*>");
        peer.say(HEADER + "<stream:features><mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>"
                + "<mechanism>ANONYMOUS</mechanism></mechanisms></stream:features>");
        peer.hear("<auth [^>]*ANONYMOUS");
        peer.say("<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>");
        peer.hear("<stream:stream [^>]*>");
        peer.say(HEADER + "<stream:features><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></stream:features>");
        String bind = peer.hear("<iq [^>]*id='([^']*)'[^>]*><bind").group(1);
        peer.say("<iq type='result' id='" + bind + "'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>"
                + "<jid>somebody@auth.example/there</jid></bind></iq>");
        assertThat(recorder.nextState()).isEqualTo(ConnectionState.CONNECTED);
        assertThat(peer.hear("<presence.*?</presence>").group())
                .contains("<priority>0</priority>", "http://jabber.org/protocol/caps");
        return peer;
    }

    @Test
    void anAnonymousLoginTakesTheAddressItIsGiven() {
        connection.start();
        establish();
        assertThat(connection.self().toString()).isEqualTo("somebody@auth.example/there");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<iq></presence>",
                "<message><body>&lol;</body></message>",
                "<message><!-- hello --></message>",
                "<message><?php evil ?></message>",
                "</stream:stream>"
            })
    void aBrokenStreamIsBegunAnewAndWhatWasAskedIsLost(String evil) {
        connection.start();
        ScriptedServer.Peer peer = establish();
        List<IqReply> replies = new CopyOnWriteArrayList<>();
        connection.request(new Ping(JidCreate.fromOrThrowUnchecked("bridge@example/x")), replies::add);
        peer.hear("urn:xmpp:ping");
        peer.say(evil);
        peer.say("</stream:stream>");
        assertThat(recorder.nextState()).isEqualTo(ConnectionState.DISCONNECTED);
        establish();
        assertThat(replies).singleElement().isInstanceOf(IqReply.ConnectionLost.class);
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
    void elementsWithinElementsAreRefusedAndTheStreamLives() {
        connection.start();
        ScriptedServer.Peer peer = establish();
        peer.say("<iq type='set' id='deep' from='a@b/c'>" + "<a xmlns='urn:a'>".repeat(100_000) + "</a>".repeat(100_000)
                + "</iq>");
        assertThat(peer.hear("<iq [^>]*type='error'.*?</iq>").group()).contains("id='deep'", "<bad-request");
        assertThat(connection.isConnected()).isTrue();
    }

    @Test
    void aStanzaThatMeansNothingIsAnsweredAndTheStreamLives() {
        connection.start();
        ScriptedServer.Peer peer = establish();
        peer.say("<iq type='set' id='1' from='a@b/c' to='somebody@auth.example/there'>"
                + "<conference xmlns='http://jitsi.org/protocol/focus' room='@@'/></iq>");
        assertThat(peer.hear("<iq [^>]*type='error'.*?</iq>").group()).contains("id='1'", "to='a@b/c'", "<bad-request");
        peer.say("<iq type='set' id='2' from='a@b/c'><x xmlns='urn:unknown'/></iq>");
        assertThat(peer.hear("<iq [^>]*type='error'.*?</iq>").group()).contains("id='2'", "<service-unavailable");
        peer.say("<iq type='get' id='3' from='a@b/c'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>");
        assertThat(peer.hear("<iq [^>]*type='result'.*?</iq>").group()).contains("id='3'", "name='Confocal'");
        peer.say("<presence from='room@muc.example/" + "n".repeat(65_536) + "'/>");
        peer.say("<message from='a@b/c'><body>still here</body></message>");
        assertThat(recorder.next(Message.class).getBody()).isEqualTo("still here");
        assertThat(connection.snapshot().unparsable()).isEqualTo(2);
        assertThat(connection.isConnected()).isTrue();
    }
}
