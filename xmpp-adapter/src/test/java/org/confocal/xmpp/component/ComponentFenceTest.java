package org.confocal.xmpp.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.confocal.xmpp.BackoffConfig;
import org.confocal.xmpp.FakeJournal;
import org.confocal.xmpp.FocusIdentity;
import org.confocal.xmpp.Recorder;
import org.confocal.xmpp.ScriptedServer;
import org.confocal.xmpp.SmackSettings;
import org.confocal.xmpp.StateListener.ConnectionState;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jxmpp.jid.impl.JidCreate;

/** What a process says that no longer acts, or lets go: nothing, by what is on the wire of a server that holds its stream. */
class ComponentFenceTest {
    static {
        SmackSettings.apply();
    }

    private final ScriptedServer server = new ScriptedServer();
    private final FakeJournal journal = new FakeJournal();
    private final ComponentConnection connection = new ComponentConnection(
            ComponentConfig.of(
                            "127.0.0.1",
                            server.port(),
                            JidCreate.domainBareFromOrThrowUnchecked("focus.example"),
                            "hidden",
                            JidCreate.domainBareFromOrThrowUnchecked("example"))
                    .withBackoff(
                            new BackoffConfig(Duration.ofMillis(10), Duration.ofMillis(50), Duration.ofMinutes(1))),
            FocusIdentity.of("1"),
            new Random(1),
            journal);
    private final Recorder recorder = new Recorder(connection);
    private ScriptedServer.Peer peer;

    @BeforeEach
    void establish() {
        connection.start();
        peer = asked("enable");
        peer.say("<enabled xmlns='urn:confocal:hold:1' id='held' max='60'/></iq>");
        assertThat(recorder.nextState()).isEqualTo(ConnectionState.CONNECTED);
        send("in time");
        peer.hear("in time");
    }

    @AfterEach
    void stop() {
        server.close();
        connection.close();
    }

    /** The next connection, up to the beginning of the answer to what it asks for. */
    private ScriptedServer.Peer asked(String what) {
        ScriptedServer.Peer next = server.accept();
        next.hear("<stream:stream ");
        next.say("<?xml version='1.0'?><stream:stream xmlns='jabber:component:accept'"
                + " xmlns:stream='http://etherx.jabber.org/streams' id='1' from='focus.example'>");
        next.hear("</handshake>");
        next.say("<handshake/>");
        String id = next.hear("<iq type='set' id='([^']+)'[^>]*><" + what + " [^>]*/></iq>")
                .group(1);
        next.say("<iq type='result' id='" + id + "' from='focus.example' to='focus.example'>");
        return next;
    }

    private void send(String body) {
        connection.send(StanzaBuilder.buildMessage()
                .to(JidCreate.fromOrThrowUnchecked("guest@example/1"))
                .setBody(body)
                .build());
    }

    @Test
    void whoseJournalIsAnothersHangsUpWithoutAWord() {
        assertThat(journal.successor().inherited()).containsKey("stream/component/id");
        send("too late");
        assertThat(peer.hearTheEnd()).doesNotContain("too late", "stream:stream", "urn:confocal");
        assertThat(connection.snapshot().disconnects()).as("nobody is told").isZero();
    }

    @Test
    void closingAfterLettingGoSaysNothing() {
        connection.letGo().toCompletableFuture().join();
        send("for the successor");
        connection.close();
        assertThat(peer.hearTheEnd()).doesNotContain("successor", "stream:stream");
        assertThat(journal.kept()).containsKey("stream/component/out/0000000000000002");
    }

    @Test
    void takenBackTheStreamGoesOnWithAnotherConnection() {
        connection.letGo().toCompletableFuture().join();
        send("said meanwhile");
        connection.takeBack();
        assertThat(peer.hearTheEnd()).doesNotContain("meanwhile", "stream:stream");
        ScriptedServer.Peer next = asked("resume");
        next.say("<resumed xmlns='urn:confocal:hold:1' h='1'/></iq>");
        next.hear("said meanwhile");
    }
}
