package org.confocal.tests.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.tests.integration.Site.PATIENCE;
import static org.confocal.tests.integration.Site.patiently;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.confocal.tests.Cell;
import org.confocal.tests.client.ClientConfig;
import org.confocal.tests.client.ClientKind;
import org.confocal.tests.xmpp.Element;
import org.confocal.tests.xmpp.Ns;
import org.confocal.tests.xmpp.Stanzas;
import org.confocal.tests.xmpp.XmppClient;
import org.confocal.tests.xmpp.XmppClient.Login;

/** Somebody who takes the invitation and then sends what a test wants, as text, and counts the answers. */
final class RudeGuest implements AutoCloseable {
    private final ClientConfig config;
    private final XmppClient stream;
    private final AtomicLong ids = new AtomicLong();
    private final Inbox inbox;

    /** What has come. Written on the reading thread. */
    private static final class Inbox implements XmppClient.Handler {
        private final ConcurrentLinkedQueue<Element> answers = new ConcurrentLinkedQueue<>();
        private final Cell<Optional<String>> session = new Cell<>(Optional.empty());
        private final Cell<Optional<String>> ended = new Cell<>(Optional.empty());

        @Override
        public void received(XmppClient client, Element stanza) {
            if (Stanzas.isAnswer(stanza)) {
                answers.add(stanza);
            } else if (Stanzas.isRequest(stanza) && !stanza.children().isEmpty()) {
                Element payload = stanza.children().getFirst();
                if (payload.is("jingle", Ns.JINGLE) && payload.value("action").equals("session-initiate")) {
                    session.set(payload.attribute("sid"));
                }
                client.send(
                        payload.is("query", Ns.DISCO_INFO)
                                ? Stanzas.result(stanza, features(payload))
                                : Stanzas.result(stanza));
            }
        }

        private static Element features(Element query) {
            List<Element> features = ClientKind.JSON.features().stream()
                    .map(name -> Element.of("feature").with("var", name))
                    .toList();
            return Element.of("query", Ns.DISCO_INFO)
                    .with("node", query.attribute("node"))
                    .add(features);
        }

        @Override
        public void ended(XmppClient client, String reason) {
            ended.set(Optional.of(reason));
        }
    }

    private RudeGuest(ClientConfig config, XmppClient stream, Inbox inbox) {
        this.config = config;
        this.stream = stream;
        this.inbox = inbox;
    }

    /** Connects, and no more. */
    static RudeGuest connect(ClientConfig config) throws IOException {
        Inbox inbox = new Inbox();
        XmppClient stream = XmppClient.connect(
                config.host(),
                config.port(),
                config.domains().main(),
                new Login.Anonymous(),
                Optional.empty(),
                inbox,
                PATIENCE);
        return new RudeGuest(config, stream, inbox);
    }

    /** Connects and enters the room, in which there are people, and waits for the invitation. */
    static RudeGuest join(ClientConfig config, String nick) throws IOException {
        RudeGuest guest = connect(config);
        guest.enter(nick);
        patiently().until(() -> guest.inbox.session.get().isPresent());
        return guest;
    }

    /** Sends the presence that joins the room. */
    void enter(String nick) {
        stream.send(Stanzas.presence(config.domains().room(config.room()) + "/" + nick)
                .add(Element.of("x", Ns.MUC)));
    }

    /** The session that it was invited to. */
    String session() {
        return inbox.session.get().orElseThrow();
    }

    /** Where the focus is in the room. */
    String focus() {
        return config.domains().room(config.room()) + "/focus";
    }

    boolean isOpen() {
        return stream.isOpen();
    }

    /** Sends {@code payload} in an IQ and waits for the answer. */
    Element ask(String to, String payload) {
        String id = "rude" + ids.incrementAndGet();
        stream.sendRaw("<iq type='set' id='" + id + "' to='" + to + "'>" + payload + "</iq>");
        patiently().until(() -> !answersTo(id).isEmpty());
        return answersTo(id).getFirst();
    }

    /** Asserts that every IQ so far was answered once: a second answer would come before those to these two. */
    void assertOneAnswerEach() {
        ask(focus(), "<jingle xmlns='urn:xmpp:jingle:1' action='session-info' sid='fence'/>");
        ask(config.domains().focus(), "<conference xmlns='http://jitsi.org/protocol/focus'/>");
        for (long i = 1; i <= ids.get(); i++) {
            assertThat(answersTo("rude" + i)).as("answers to IQ %d", i).hasSize(1);
        }
    }

    private List<Element> answersTo(String id) {
        return inbox.answers.stream()
                .filter(answer -> answer.value("id").equals(id))
                .toList();
    }

    @Override
    public void close() {
        stream.close();
    }
}
