package org.confocal.tests.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.confocal.tests.prosody.FocusLogin;
import org.confocal.tests.prosody.ProsodyConfig;
import org.confocal.tests.prosody.ProsodyProcess;
import org.confocal.tests.xmpp.Stanzas.IqType;
import org.confocal.tests.xmpp.XmppClient.Login;
import org.junit.jupiter.api.Test;

/** A stanza that gets lost between many is found, and so is one that is answered twice. */
class RequestsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final int LOST = 7;
    private static final int DOUBLED = 11;

    /** Answers pings, but for one that it loses and one that it answers twice. */
    private static final class Careless implements XmppClient.Handler {
        private final AtomicInteger seen = new AtomicInteger();

        @Override
        public void received(XmppClient client, Element stanza) {
            if (!Stanzas.isRequest(stanza)) {
                return;
            }
            int number = seen.incrementAndGet();
            if (number != LOST) {
                client.send(Stanzas.result(stanza));
            }
            if (number == DOUBLED) {
                client.send(Stanzas.result(stanza));
            }
        }

        @Override
        public void ended(XmppClient client, String reason) {}
    }

    private static XmppClient login(ProsodyConfig prosody, String user) throws IOException {
        return XmppClient.connect(
                "127.0.0.1",
                prosody.clientPort(),
                prosody.domains().auth(),
                new Login.Plain(user, ProsodyConfig.SECRET),
                Optional.empty(),
                new Careless(),
                PATIENCE);
    }

    private static CompletableFuture<Element> ping(XmppClient client, String to, Duration timeout) {
        return client.request(Stanzas.iq(IqType.GET, to, Element.of("ping", Ns.PING)), timeout);
    }

    @Test
    void whatIsLostBouncedOrAnsweredTwiceIsCounted() throws IOException {
        try (ProsodyProcess prosody = ProsodyProcess.start(FocusLogin.COMPONENT);
                XmppClient careless = login(prosody.config(), ProsodyConfig.BRIDGE_USER);
                XmppClient person = login(prosody.config(), ProsodyConfig.PERSON)) {
            List<CompletableFuture<Element>> answers = new ArrayList<>();
            for (int i = 1; i <= 20; i++) {
                answers.add(ping(person, careless.jid(), i == LOST ? SHORT : PATIENCE));
            }
            String nobody = "nobody@" + prosody.config().domains().auth() + "/here";
            CompletableFuture<Element> bounced = ping(person, nobody, PATIENCE);

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(person.requests()).isEqualTo(new Requests(21, 20, 1, 1, 1)));
            assertThat(person.requests().open()).isZero();
            assertThat(bounced).isCompleted();
            assertThat(answers.get(LOST - 1)).isCompletedExceptionally();
        }
    }
}
