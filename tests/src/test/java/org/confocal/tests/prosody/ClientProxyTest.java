package org.confocal.tests.prosody;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.confocal.tests.xmpp.Element;
import org.confocal.tests.xmpp.Ns;
import org.confocal.tests.xmpp.Stanzas;
import org.confocal.tests.xmpp.Stanzas.IqType;
import org.confocal.tests.xmpp.XmppClient;
import org.confocal.tests.xmpp.XmppClient.Login;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Our client_proxy in a real Prosody (spec/01, 6). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientProxyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Element REQUEST = Element.of("conference", Ns.FOCUS).with("room", "r@muc.meet.test");

    private final ProsodyProcess prosody;

    ClientProxyTest() throws IOException {
        prosody = ProsodyProcess.start(FocusLogin.CLIENT);
    }

    @AfterAll
    void end() {
        prosody.close();
    }

    /** Somebody whose stanzas can be taken one by one. */
    private record Peer(XmppClient client, BlockingQueue<Element> received) implements AutoCloseable {
        Element take() throws InterruptedException {
            Element stanza = received.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            assertThat(stanza).as("nothing was received").isNotNull();
            return stanza;
        }

        @Override
        public void close() {
            client.close();
        }
    }

    private Peer connect(String domain, Login login) throws IOException {
        BlockingQueue<Element> received = new LinkedBlockingQueue<>(1000);
        XmppClient.Handler handler = new XmppClient.Handler() {
            @Override
            public void received(XmppClient client, Element stanza) {
                if (!stanza.name().equals("presence") || stanza.value("type").equals("error")) {
                    received.add(stanza);
                }
            }

            @Override
            public void ended(XmppClient client, String reason) {}
        };
        XmppClient client = XmppClient.connect(
                "127.0.0.1", prosody.config().clientPort(), domain, login, Optional.empty(), handler, PATIENCE);
        return new Peer(client, received);
    }

    private Peer guest() throws IOException {
        return connect("meet.test", new Login.Anonymous());
    }

    private Peer focus() throws IOException {
        return connect("auth.meet.test", new Login.Plain(ProsodyConfig.FOCUS_USER, ProsodyConfig.SECRET));
    }

    @Test
    void requestsAndAnswersPassWithTheSendersAddressInTheResource() throws IOException, InterruptedException {
        try (Peer guest = guest();
                Peer focus = focus()) {
            available(focus);
            CompletableFuture<Element> answer =
                    guest.client().request(Stanzas.iq(IqType.SET, "focus.meet.test", REQUEST), PATIENCE);

            Element forwarded = focus.take();
            assertThat(forwarded.value("from"))
                    .isEqualTo("focus.meet.test/" + guest.client().jid());
            assertThat(forwarded.value("to")).isEqualTo(focus.client().jid());
            assertThat(forwarded.children()).containsExactly(REQUEST);

            focus.client().send(Stanzas.result(forwarded, REQUEST.with("ready", "true")));

            assertThat(answer).succeedsWithin(PATIENCE).satisfies(result -> {
                assertThat(result.value("from")).isEqualTo("focus.meet.test");
                assertThat(result.value("to")).isEqualTo(guest.client().jid());
                assertThat(result.children().getFirst().value("ready")).isEqualTo("true");
            });
        }
    }

    @Test
    void requestsOfTheFocusReachTheClientUnderTheProxysName() throws IOException, InterruptedException {
        try (Peer guest = guest();
                Peer focus = focus()) {
            available(focus);
            focus.client()
                    .send(Stanzas.iq(
                                    IqType.SET,
                                    "focus.meet.test/" + guest.client().jid(),
                                    REQUEST)
                            .with("id", "17"));

            Element received = guest.take();
            assertThat(received.value("from")).isEqualTo("focus.meet.test");
            assertThat(received.value("id")).isEqualTo("17");
        }
    }

    @Test
    void withoutAnAvailableFocusTheServiceIsUnavailable() throws IOException {
        try (Peer guest = guest();
                Peer silent = focus()) {
            Element answer = guest.client().ask(Stanzas.iq(IqType.SET, "focus.meet.test", REQUEST), PATIENCE);

            assertThat(Stanzas.condition(answer)).hasValue("service-unavailable");
            assertThat(silent.received()).isEmpty();
        }
    }

    @Test
    void othersCannotSpeakThroughTheProxy() throws IOException {
        try (Peer guest = guest();
                Peer victim = guest();
                Peer focus = focus()) {
            available(focus);
            Element answer = guest.client()
                    .ask(
                            Stanzas.iq(
                                    IqType.SET,
                                    "focus.meet.test/" + victim.client().jid(),
                                    REQUEST),
                            PATIENCE);

            assertThat(Stanzas.condition(answer)).hasValue("service-unavailable");
            assertThat(victim.received()).isEmpty();
        }
    }

    @Test
    void messagesAndPresenceAreRefused() throws IOException, InterruptedException {
        try (Peer guest = guest();
                Peer focus = focus()) {
            available(focus);
            guest.client()
                    .send(Element.of("message", Ns.CLIENT)
                            .with("to", "focus.meet.test")
                            .with("id", "m")
                            .add(Element.of("body").text("hello")));
            assertThat(Stanzas.condition(guest.take())).hasValue("feature-not-implemented");

            guest.client().send(Stanzas.presence("focus.meet.test").with("id", "p"));
            assertThat(Stanzas.condition(guest.take())).hasValue("feature-not-implemented");
            assertThat(focus.received()).isEmpty();
        }
    }

    /** Presence, and an answered ping behind it, so that Prosody has seen the presence. */
    private static void available(Peer focus) throws IOException {
        focus.client().send(Element.of("presence", Ns.CLIENT));
        focus.client().ask(Stanzas.iq(IqType.GET, "auth.meet.test", Element.of("ping", Ns.PING)), PATIENCE);
    }
}
