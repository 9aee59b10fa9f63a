package org.confocal.tests.prosody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import org.confocal.tests.bridge.BridgeConfig;
import org.confocal.tests.bridge.BridgeEmulator;
import org.confocal.tests.bridge.BridgeFault;
import org.confocal.tests.bridge.BridgeFault.Nonsense.Kind;
import org.confocal.tests.bridge.BridgeFlag;
import org.confocal.tests.client.ClientBooks;
import org.confocal.tests.client.ClientConfig;
import org.confocal.tests.client.ClientEmulator;
import org.confocal.tests.client.ClientKind;
import org.confocal.tests.client.Media;
import org.confocal.tests.xmpp.Element;
import org.confocal.tests.xmpp.Ns;
import org.confocal.tests.xmpp.Stanzas;
import org.confocal.tests.xmpp.Stanzas.IqType;
import org.confocal.tests.xmpp.XmlText;
import org.confocal.tests.xmpp.XmppClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Emulated bridge and clients through a real Prosody, with a scripted focus in the middle. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmulatorsMeetTest {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private final ProsodyProcess prosody;

    EmulatorsMeetTest() throws IOException {
        prosody = ProsodyProcess.start(FocusLogin.CLIENT);
    }

    @BeforeAll
    void listens() {
        assertThat(prosody.log()).doesNotContain("error");
    }

    @AfterAll
    void end() {
        prosody.close();
    }

    @Test
    void twoClientsAndABridgeHoldAConference() throws IOException, ExecutionException, InterruptedException {
        try (BridgeEmulator bridge = bridge("jvb1");
                XmppClient focus = ScriptedFocus.login(prosody.config(), "meeting");
                ClientEmulator first = client("meeting", 1);
                ClientEmulator second = client("meeting", 2)) {
            assertThat(first.await(
                            books -> books.accepted() == 1 && books.knownSsrcs().size() == 1, PATIENCE))
                    .as("%s", first.books())
                    .isTrue();
            assertThat(second.await(
                            books -> books.accepted() == 1 && books.knownSsrcs().size() == 1, PATIENCE))
                    .as("%s", second.books())
                    .isTrue();
            assertThat(bridge.books().endpoints()).isEqualTo(2);
            assertThat(first.books().members()).containsExactly(second.endpoint());
            assertThat(first.books().session()).map(ClientBooks.Offer::sid).hasValue("sid-" + first.endpoint());

            Element answer = first.shareScreen().get();
            assertThat(answer.value("type")).isEqualTo("result");
            assertThat(second.await(books -> books.knownSsrcs().size() == 2, PATIENCE))
                    .isTrue();
            second.mute(Media.AUDIO);

            assertThat(first.books().errors()).isEmpty();
            assertThat(second.books().errors()).isEmpty();
            second.leave();
            assertThat(first.await(
                            books -> books.members().isEmpty()
                                    && books.knownSsrcs().isEmpty(),
                            PATIENCE))
                    .isTrue();
            assertThat(focus.isOpen()).isTrue();
        }
    }

    @Test
    void aBridgeHangsRefusesComesLateAndDrainsOnDemand() throws IOException {
        try (BridgeEmulator bridge = bridge("jvb2");
                XmppClient other = account()) {
            Element create = Stanzas.iq(
                    IqType.GET,
                    bridge.jid(),
                    XmlText.parse("<conference-modify xmlns='jitsi:colibri2' meeting-id='x' create='true'/>"));
            Element health = Stanzas.iq(IqType.GET, bridge.jid(), Element.of("healthcheck", Ns.HEALTH_CHECK));

            bridge.misbehave(new BridgeFault.Hang());
            assertThat(other.request(create, Duration.ofMillis(300)))
                    .failsWithin(PATIENCE)
                    .withThrowableOfType(ExecutionException.class);
            bridge.misbehave(new BridgeFault.Refuse("conflict", Optional.of("unspecified")));
            assertThat(Stanzas.condition(other.ask(create, PATIENCE))).hasValue("conflict");
            assertThat(bridge.books().conferences()).isEmpty();
            bridge.misbehave(new BridgeFault.Late(Duration.ofMillis(50)));
            assertThat(other.ask(create, PATIENCE).value("type")).isEqualTo("result");
            bridge.misbehave(new BridgeFault.None());

            assertThat(other.ask(health, PATIENCE).value("type")).isEqualTo("result");
            bridge.set(BridgeFlag.UNHEALTHY);
            assertThat(Stanzas.condition(other.ask(health, PATIENCE))).hasValue("internal-server-error");
            assertThat(bridge.requests()).isEqualTo(3);
        }
    }

    @Test
    void aBridgeAnswersNonsenseOrFallsSilentOnDemand() throws IOException {
        try (BridgeEmulator bridge = bridge("jvb4");
                XmppClient other = account()) {
            Element create = Stanzas.iq(
                    IqType.GET,
                    bridge.jid(),
                    XmlText.parse("<conference-modify xmlns='jitsi:colibri2' meeting-id='x' create='true'/>"));
            Element endpoint = Stanzas.iq(
                    IqType.GET,
                    bridge.jid(),
                    XmlText.parse("<conference-modify xmlns='jitsi:colibri2' meeting-id='x'>"
                            + "<endpoint id='e' create='true'><transport/><capability name='source-names'/></endpoint>"
                            + "</conference-modify>"));
            Element health = Stanzas.iq(IqType.GET, bridge.jid(), Element.of("healthcheck", Ns.HEALTH_CHECK));

            bridge.misbehave(new BridgeFault.Nonsense(Kind.EMPTY));
            assertThat(other.ask(create, PATIENCE).children()).isEmpty();
            assertThat(bridge.books().conferences()).hasSize(1);
            bridge.misbehave(new BridgeFault.Nonsense(Kind.NO_TRANSPORT));
            Element without = other.ask(endpoint, PATIENCE);
            assertThat(without.deep("endpoint", Ns.COLIBRI2)).hasSize(1);
            assertThat(without.deep("transport", Ns.COLIBRI2)).isEmpty();
            bridge.misbehave(new BridgeFault.Nonsense(Kind.OTHER_NAMESPACE));
            assertThat(other.ask(create, PATIENCE).child("weather", "urn:example:weather"))
                    .isPresent();

            bridge.misbehave(new BridgeFault.Silence());
            assertThat(other.request(health, Duration.ofMillis(300)))
                    .failsWithin(PATIENCE)
                    .withThrowableOfType(ExecutionException.class);
            bridge.misbehave(new BridgeFault.None());
            assertThat(other.ask(health, PATIENCE).value("type")).isEqualTo("result");
        }
    }

    @Test
    void aBridgeComesBackAfterACrashWithEmptyBooks() throws IOException {
        try (BridgeEmulator bridge = bridge("jvb3");
                XmppClient other = account()) {
            Element create = Stanzas.iq(
                    IqType.GET,
                    bridge.jid(),
                    XmlText.parse("<conference-modify xmlns='jitsi:colibri2' meeting-id='x' create='true'/>"));
            assertThat(other.ask(create, PATIENCE).value("type")).isEqualTo("result");

            bridge.crash();

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(other.ask(create, PATIENCE).value("type"))
                            .isEqualTo("result"));
            assertThat(bridge.books().conferencesCreated()).isEqualTo(1);
        }
    }

    private BridgeEmulator bridge(String name) throws IOException {
        return BridgeEmulator.start(
                BridgeConfig.of(prosody.config(), name, "us-east"), new SplittableRandom(name.hashCode()));
    }

    private ClientEmulator client(String room, long seed) throws IOException {
        ClientConfig config = ClientConfig.of(prosody.config(), room, ClientKind.JSON)
                .in("us-east")
                .with(PATIENCE, Duration.ofMillis(50));
        return ClientEmulator.join(config, new SplittableRandom(seed));
    }

    /** Somebody in the brewery who may ask bridges. */
    private XmppClient account() throws IOException {
        XmppClient.Handler nobody = new XmppClient.Handler() {
            @Override
            public void received(XmppClient client, Element stanza) {}

            @Override
            public void ended(XmppClient client, String reason) {}
        };
        XmppClient account = XmppClient.connect(
                "127.0.0.1",
                prosody.config().clientPort(),
                prosody.config().domains().auth(),
                new XmppClient.Login.Plain(ProsodyConfig.BRIDGE_USER, ProsodyConfig.SECRET),
                Optional.empty(),
                nobody,
                PATIENCE);
        account.send(
                Stanzas.presence(prosody.config().domains().brewery() + "/asker-" + Stanzas.resource(account.jid()))
                        .add(Element.of("x", Ns.MUC)));
        return account;
    }
}
