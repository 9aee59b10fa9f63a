package org.confocal.xmpp.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.confocal.focus.serial.Cell;
import org.confocal.focus.serial.Receipt;
import org.confocal.xmpp.BackoffConfig;
import org.confocal.xmpp.FakeJournal;
import org.confocal.xmpp.FocusIdentity;
import org.confocal.xmpp.Recorder;
import org.confocal.xmpp.ScriptedServer;
import org.confocal.xmpp.SmackSettings;
import org.confocal.xmpp.StanzaListener;
import org.confocal.xmpp.StateListener.ConnectionState;
import org.confocal.xmpp.exchange.StreamLedger;
import org.confocal.xmpp.exchange.StreamLedger.Terms;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.jxmpp.jid.impl.JidCreate;

/** What the client says of what it has got, to a server that is told what to say. */
class ClientResumptionTest {

    static {
        SmackSettings.apply();
    }

    private static final String HEADER = "<?xml version='1.0'?><stream:stream xmlns='jabber:client'"
            + " xmlns:stream='http://etherx.jabber.org/streams' id='1' from='auth.example' version='1.0'>";
    private static final String FEATURES = "<stream:features><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/>"
            + "<sm xmlns='urn:xmpp:sm:3'/></stream:features>";
    private static final String MESSAGE = "<message from='a@b/c'><body>hello</body></message>";

    private final ScriptedServer server = new ScriptedServer();
    private final FakeJournal journal = new FakeJournal();
    private final ClientConnection connection = connection(journal);
    private final Recorder recorder = new Recorder(connection);

    private ClientConnection connection(FakeJournal of) {
        return new ClientConnection(
                ClientConfig.of(
                                "127.0.0.1",
                                server.port(),
                                JidCreate.domainBareFromOrThrowUnchecked("auth.example"),
                                Optional.of("pencil"))
                        .withBackoff(
                                new BackoffConfig(Duration.ofMillis(10), Duration.ofMillis(50), Duration.ofMinutes(1))),
                FocusIdentity.of("1"),
                new Random(1),
                of);
    }

    @AfterEach
    void stop() {
        server.close();
        connection.close();
    }

    private ScriptedServer.Peer authenticated() {
        ScriptedServer.Peer peer = server.accept();
        peer.hear("<stream:stream [^>]*>");
        peer.say(HEADER + "<stream:features><mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>"
                + "<mechanism>SCRAM-SHA-1</mechanism></mechanisms></stream:features>");
        ScramServer scram = new ScramServer("pencil");
        String first = peer.hear("<auth [^>]*>([^<]*)</auth>").group(1);
        peer.say("<challenge xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>" + scram.challenge(first) + "</challenge>");
        String last = peer.hear("<response [^>]*>([^<]*)</response>").group(1);
        peer.say("<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>" + scram.proof(last) + "</success>");
        peer.hear("<stream:stream [^>]*>");
        peer.say(HEADER + FEATURES);
        return peer;
    }

    private ScriptedServer.Peer established() {
        connection.start();
        ScriptedServer.Peer peer = authenticated();
        peer.hear("<iq [^>]*id='bind'.*</iq>");
        peer.say("<iq type='result' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>"
                + "<jid>focus@auth.example/focus</jid></bind></iq>");
        peer.hear("<enable xmlns='urn:xmpp:sm:3' resume='true'/>");
        peer.say("<enabled xmlns='urn:xmpp:sm:3' id='s1' resume='true' max='30'/>");
        assertThat(recorder.nextState()).isEqualTo(ConnectionState.CONNECTED);
        peer.hear("<presence.*?</presence>");
        return peer;
    }

    private static void send(ClientConnection from, String body) {
        from.send(StanzaBuilder.buildMessage()
                .to(JidCreate.fromOrThrowUnchecked("a@b/c"))
                .setBody(body)
                .build());
    }

    @Test
    void whatIsNotKeptIsNotAcknowledged() {
        ScriptedServer.Peer peer = established();
        journal.pause();
        peer.say(MESSAGE + "<r xmlns='urn:xmpp:sm:3'/>");
        assertThat(peer.hear("<a xmlns='urn:xmpp:sm:3' h='([0-9]+)'/>").group(1))
                .isEqualTo("0");
        recorder.next(Message.class);
        journal.resume();
        assertThat(peer.hear("<a xmlns='urn:xmpp:sm:3' h='([0-9]+)'/>").group(1))
                .isEqualTo("1");
    }

    @Test
    void whatIsStillAtWorkIsNotAcknowledged() {
        Cell<Receipt> atWork = new Cell<>(Receipt.NONE);
        connection.listen(stanza -> {
            atWork.set(Receipt.current().retain());
            return StanzaListener.Verdict.NOT_MINE;
        });
        ScriptedServer.Peer peer = established();
        peer.say(MESSAGE + "<r xmlns='urn:xmpp:sm:3'/>");
        assertThat(peer.hear("<a xmlns='urn:xmpp:sm:3' h='([0-9]+)'/>").group(1))
                .isEqualTo("0");
        recorder.next(Message.class);
        atWork.get().release();
        assertThat(peer.hear("<a xmlns='urn:xmpp:sm:3' h='([0-9]+)'/>").group(1))
                .isEqualTo("1");
    }

    @Test
    void whatIsNotKeptDoesNotLeave() {
        ScriptedServer.Peer peer = established();
        journal.pause();
        send(connection, "later");
        peer.say("<r xmlns='urn:xmpp:sm:3'/>");
        peer.hear("^(?:(?!later).)*<a xmlns='urn:xmpp:sm:3' h='0'/>");
        journal.resume();
        peer.hear("<body>later</body>");
    }

    @Test
    void theStreamGoesOnWithWhatTheServerLacksAndWithWhatCameInMeanwhile() {
        ScriptedServer.Peer peer = established();
        send(connection, "one");
        send(connection, "two");
        peer.hear("two");
        peer.say(MESSAGE);
        recorder.next(Message.class);
        peer.hear("<a xmlns='urn:xmpp:sm:3' h='1'/>");
        peer.close();
        assertThat(recorder.nextState()).isEqualTo(ConnectionState.DISCONNECTED);
        send(connection, "three");
        ScriptedServer.Peer again = authenticated();
        again.hear("<resume xmlns='urn:xmpp:sm:3' previd='s1' h='1'/>");
        again.say("<resumed xmlns='urn:xmpp:sm:3' previd='s1' h='2'/>"); // our presence, and "one"
        assertThat(recorder.nextState()).isEqualTo(ConnectionState.RESUMED);
        assertThat(again.hear("^.*three</body>").group()).contains("two").doesNotContain("one");
    }

    @Test
    void aCountThatCannotBeEndsTheStreamForGood() {
        ScriptedServer.Peer peer = established();
        peer.say("<a xmlns='urn:xmpp:sm:3' h='7'/>");
        assertThat(recorder.nextState()).isEqualTo(ConnectionState.DISCONNECTED);
        authenticated().hear("<iq [^>]*id='bind'");
    }

    @Test
    void aServerThatDoesNotKnowTheStreamGivesAFreshOne() {
        established().close();
        assertThat(recorder.nextState()).isEqualTo(ConnectionState.DISCONNECTED);
        ScriptedServer.Peer again = authenticated();
        again.hear("<resume [^>]*previd='s1'");
        again.say(
                "<failed xmlns='urn:xmpp:sm:3'><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></failed>");
        again.hear("<iq [^>]*id='bind'");
    }

    @Test
    void aStreamOfAnotherAccountIsNotTouched() {
        StreamLedger other = new StreamLedger("client", journal, new StreamLedger.Listener() {
            @Override
            public void moreToAcknowledge() {}

            @Override
            public void givenUp(String why) {}
        });
        other.begin(new Terms("s9", "", "jicofo@auth.example/focus", Duration.ZERO), (text, onFailure) -> {});
        try (ClientConnection successor = connection(journal.successor())) {
            successor.start();
            authenticated().hear("<iq [^>]*id='bind'");
            assertThat(successor.self().toString()).isEqualTo("focus@auth.example/focus");
        }
    }

    @Test
    void aProcessWhoseJournalIsAnothersHangsUpWithoutAWord() {
        ScriptedServer.Peer peer = established();
        assertThat(journal.successor().inherited()).containsKey("stream/client/id");
        send(connection, "too late");
        assertThat(peer.hearTheEnd()).doesNotContain("too late", "stream:stream", "unavailable");
    }

    @Test
    void closingAfterLettingGoSaysNothing() {
        ScriptedServer.Peer peer = established();
        connection.letGo().toCompletableFuture().join();
        send(connection, "for the successor");
        peer.say(MESSAGE);
        connection.close();
        assertThat(peer.hearTheEnd()).doesNotContain("successor", "stream:stream", "unavailable");
        assertThat(journal.kept()).containsKey("stream/client/out/0000000000000002");
    }
}
