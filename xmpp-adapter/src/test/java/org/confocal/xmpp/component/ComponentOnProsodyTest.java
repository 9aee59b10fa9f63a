package org.confocal.xmpp.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.awaitility.Awaitility;
import org.confocal.xmpp.BackoffConfig;
import org.confocal.xmpp.ComponentDiscovery;
import org.confocal.xmpp.DiscoveredComponents;
import org.confocal.xmpp.FocusIdentity;
import org.confocal.xmpp.IqReply;
import org.confocal.xmpp.LogCapture;
import org.confocal.xmpp.Recorder;
import org.confocal.xmpp.SmackSettings;
import org.confocal.xmpp.StanzaIds;
import org.confocal.xmpp.StateListener.ConnectionState;
import org.confocal.xmpp.TestProsody;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jivesoftware.smack.packet.StanzaError;
import org.jivesoftware.smackx.caps.packet.CapsExtension;
import org.jivesoftware.smackx.disco.packet.DiscoverInfo;
import org.jivesoftware.smackx.iqversion.packet.Version;
import org.jivesoftware.smackx.muc.packet.MUCInitialPresence;
import org.jivesoftware.smackx.muc.packet.MUCUser;
import org.jivesoftware.smackx.ping.packet.Ping;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jxmpp.jid.DomainBareJid;
import org.jxmpp.jid.Jid;
import org.jxmpp.jid.impl.JidCreate;

class ComponentOnProsodyTest {

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

    static ComponentConfig config(TestProsody server, String secret) {
        return ComponentConfig.of(
                        "127.0.0.1", server.componentPort(), domain("focus.localhost"), secret, domain("localhost"))
                .withBackoff(new BackoffConfig(Duration.ofMillis(50), Duration.ofMillis(400), Duration.ofMinutes(1)));
    }

    private static ComponentConnection connection(ComponentConfig config) {
        return new ComponentConnection(config, FocusIdentity.of("1.2.3"), new Random(1));
    }

    private static DomainBareJid domain(String name) {
        return JidCreate.domainBareFromOrThrowUnchecked(name);
    }

    private static Jid jid(String text) {
        return JidCreate.fromOrThrowUnchecked(text);
    }

    private static DiscoverInfo discover(String to, String node) {
        return DiscoverInfo.builder(StanzaBuilder.buildIqData(StanzaIds.next()))
                .ofType(IQ.Type.get)
                .to(jid(to))
                .setNode(node)
                .build();
    }

    @Test
    void connectsPingsAndClosesWithoutLeavingAThread() {
        ComponentConnection connection = connection(config(prosody, TestProsody.COMPONENT_SECRET));
        Recorder recorder = new Recorder(connection);
        connection.start();
        assertThat(recorder.nextState()).isEqualTo(ConnectionState.CONNECTED);
        assertThat(connection.isConnected()).isTrue();
        assertThat((Object) connection.self()).hasToString("focus@focus.localhost/focus");
        assertThat(recorder.ask(new Ping(jid("localhost")))).isInstanceOf(IqReply.Result.class);
        assertThat(connection.snapshot().pendingRequests()).isZero();

        connection.close();
        assertThat(recorder.nextState()).isEqualTo(ConnectionState.DISCONNECTED);
        assertThat(connection.snapshot().disconnects()).isZero();
        Awaitility.await().untilAsserted(() -> assertThat(recorder.threads()).allMatch(thread -> !thread.isAlive()));
        assertThat(recorder.ask(new Ping(jid("localhost")))).isInstanceOf(IqReply.NotSent.class);
    }

    @Test
    void sendsWithoutNaglesDelay() {
        try (ComponentConnection connection = connection(config(prosody, TestProsody.COMPONENT_SECRET))) {
            Recorder recorder = new Recorder(connection);
            connection.start();
            recorder.nextState();
            assertThat(connection.sendsWithoutDelay()).isTrue();
        }
    }

    @Test
    void joinsARoomAsOwnerAndIsRecognisedByItsCaps() {
        try (ComponentConnection connection = connection(config(prosody, TestProsody.COMPONENT_SECRET))) {
            Recorder recorder = new Recorder(connection);
            connection.start();
            recorder.nextState();
            connection.send(StanzaBuilder.buildPresence()
                    .to(jid("room1@muc.localhost/focus"))
                    .addExtension(new MUCInitialPresence(null, -1, -1, -1, null))
                    .build());
            Presence own = recorder.next(Presence.class);
            MUCUser user = own.getExtension(MUCUser.class);
            assertThat(user.getItem().getAffiliation()).hasToString("owner");
            assertThat(user.getStatus()).contains(MUCUser.Status.PRESENCE_TO_SELF_110);
            CapsExtension caps = CapsExtension.from(own);

            // The room passes a request to an occupant on to the real JID: here the focus asks itself.
            DiscoverInfo request = discover("room1@muc.localhost/focus", caps.getNode() + "#" + caps.getVer());
            IqReply.Result result = (IqReply.Result) recorder.ask(request);
            DiscoverInfo info = (DiscoverInfo) result.iq();
            assertThat(info.containsFeature("https://jitsi.org/meet/jicofo/terminate-restart"))
                    .isTrue();
            assertThat(info.getIdentities()).singleElement().satisfies(identity -> {
                assertThat(identity.getCategory()).isEqualTo("client");
                assertThat(identity.getName()).isEqualTo("Confocal");
            });

            Version version = new Version(jid("room1@muc.localhost/focus"));
            Version answer = (Version) ((IqReply.Result) recorder.ask(version)).iq();
            assertThat(answer.getVersion()).isEqualTo("1.2.3");

            DiscoverInfo unknownNode = discover("room1@muc.localhost/focus", "nonsense");
            assertThat(((IqReply.Failed) recorder.ask(unknownNode)).error().getCondition())
                    .isEqualTo(StanzaError.Condition.item_not_found);
        }
    }

    @Test
    void comesUpByItselfWhenTheServerDoesAndAgainAfterARestart() {
        try (TestProsody late = TestProsody.prepare();
                ComponentConnection connection = connection(config(late, TestProsody.COMPONENT_SECRET))) {
            Recorder recorder = new Recorder(connection);
            connection.start();
            assertThat(recorder.ask(new Ping(jid("localhost")))).isInstanceOf(IqReply.NotSent.class);
            late.start();
            assertThat(recorder.nextState()).isEqualTo(ConnectionState.CONNECTED);
            late.kill();
            assertThat(recorder.nextState()).isEqualTo(ConnectionState.DISCONNECTED);
            late.start();
            assertThat(recorder.nextState()).isEqualTo(ConnectionState.CONNECTED);
            late.stop();
            assertThat(recorder.nextState()).isEqualTo(ConnectionState.DISCONNECTED);
            late.start();
            assertThat(recorder.nextState()).isEqualTo(ConnectionState.CONNECTED);
            assertThat(recorder.ask(new Ping(jid("localhost")))).isInstanceOf(IqReply.Result.class);
            assertThat(connection.snapshot().disconnects()).isEqualTo(2);
        }
    }

    @Test
    void aWrongSecretIsRefusedSaidOnceAndTriedAgain() {
        try (var log = new LogCapture(ComponentConnection.class);
                ComponentConnection connection = connection(config(prosody, "wrong"))) {
            connection.start();
            // Tried again: the server has refused at least three times.
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> prosody.log()
                                    .split("Disconnecting component|not-authorized|authentication failed", -1)
                                    .length
                            > 3);
            assertThat(connection.isConnected()).isFalse();
            assertThat(log.warnings()).singleElement().asString().contains("jicofo.xmpp.component.secret");
            assertThat(log.warnings()).noneMatch(line -> line.contains("wrong\""));
        }
    }

    @Test
    void aSecondComponentOfTheSameNameIsTold() {
        try (ComponentConnection first = connection(config(prosody, TestProsody.COMPONENT_SECRET));
                var log = new LogCapture(ComponentConnection.class);
                ComponentConnection second = connection(config(prosody, TestProsody.COMPONENT_SECRET))) {
            Recorder recorder = new Recorder(first);
            first.start();
            recorder.nextState();
            second.start();
            Awaitility.await()
                    .untilAsserted(() -> assertThat(log.warnings())
                            .anyMatch(line -> line.contains("another component is connected as focus.localhost")));
            assertThat(first.isConnected()).isTrue();
        }
    }

    @Test
    void aPlainProsodyHasNoJitsiComponents() {
        try (ComponentConnection connection = connection(config(prosody, TestProsody.COMPONENT_SECRET))) {
            Recorder recorder = new Recorder(connection);
            connection.start();
            recorder.nextState();
            var found = new java.util.concurrent.CompletableFuture<DiscoveredComponents>();
            ComponentDiscovery.discover(connection, domain("localhost"), found::complete);
            assertThat(found.orTimeout(20, java.util.concurrent.TimeUnit.SECONDS)
                            .join())
                    .isEqualTo(DiscoveredComponents.NONE);
            assertThat(found.join().avModeration()).isEqualTo(Optional.empty());
        }
    }

    @Test
    void noTextOfAParticipantEndsTheStream() {
        try (ComponentConnection connection = connection(config(prosody, TestProsody.COMPONENT_SECRET))) {
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
    void listenersAndAnswersShareOneThread() {
        try (ComponentConnection connection = connection(config(prosody, TestProsody.COMPONENT_SECRET))) {
            Recorder recorder = new Recorder(connection);
            connection.start();
            recorder.nextState();
            List<Thread> answered = new java.util.concurrent.CopyOnWriteArrayList<>();
            for (int i = 0; i < 50; i++) {
                connection.request(new Ping(jid("localhost")), reply -> answered.add(Thread.currentThread()));
            }
            Awaitility.await().until(() -> answered.size() == 50);
            assertThat(answered).containsOnly(recorder.threads().getFirst());
        }
    }
}
