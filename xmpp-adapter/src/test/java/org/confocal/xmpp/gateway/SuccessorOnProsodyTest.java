package org.confocal.xmpp.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.awaitility.Awaitility;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.model.FocusPresence;
import org.confocal.focus.port.FocusInbox.ConnectionState;
import org.confocal.focus.port.RoomGateway;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.RoomId;
import org.confocal.xmpp.FakeJournal;
import org.confocal.xmpp.FocusIdentity;
import org.confocal.xmpp.SmackSettings;
import org.confocal.xmpp.TestProsody;
import org.confocal.xmpp.client.ClientConfig;
import org.confocal.xmpp.client.ClientConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jxmpp.jid.impl.JidCreate;

/** One adapter goes on where another stopped in the middle of everything, as clients of a real Prosody. */
class SuccessorOnProsodyTest {
    private static final RoomId ROOM = new RoomId("standup@muc.localhost");
    private static final RoomId BREWERY = new RoomId("jvbbrewery@muc.localhost");
    private static final BridgeId BRIDGE = new BridgeId(BREWERY + "/jvb1");

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    private final List<XmppFocusAdapter> adapters = new ArrayList<>();
    private TestProsody prosody;

    @BeforeEach
    void startServer() {
        SmackSettings.apply();
        prosody = TestProsody.started();
    }

    @AfterEach
    void stop() {
        adapters.forEach(XmppFocusAdapter::close);
        executor.shutdownNow();
        prosody.close();
    }

    private XmppFocusAdapter adapter(FakeJournal journal, FakeInbox inbox) {
        ClientConfig config = ClientConfig.of(
                        "127.0.0.1",
                        prosody.clientPort(),
                        JidCreate.domainBareFromOrThrowUnchecked("auth.localhost"),
                        Optional.of(TestProsody.PASSWORD))
                .withTls(ClientConfig.Tls.REQUIRED, ClientConfig.CertificateCheck.OFF);
        XmppFocusAdapter adapter = new XmppFocusAdapter(
                AdapterConfig.defaults("1.2.3").withBrewery(BREWERY).withResumeGrace(Duration.ofSeconds(30)),
                new ClientConnection(config, FocusIdentity.of("1.2.3"), new Random(1), journal),
                Optional.empty(),
                Timers.over(executor),
                InstantSource.system(),
                journal);
        adapters.add(adapter);
        adapter.attach(inbox);
        inbox.conferences.add(ROOM);
        return adapter;
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what).atMost(Duration.ofSeconds(30)).until(condition);
    }

    private static boolean isSeen(FakeInbox inbox, String nick) {
        return inbox.inputs(ConferenceInput.MemberPresent.class).stream()
                .anyMatch(each -> each.presence().id().value().equals(nick));
    }

    private static void enter(RawGuest guest, RoomId room, String nick, String more) throws IOException {
        guest.say("<presence to='" + room + "/" + nick + "'><x xmlns='http://jabber.org/protocol/muc'/>" + more
                + "</presence>");
    }

    private static FocusPresence shown(String bridgeCount) {
        return new FocusPresence(Optional.empty(), Map.of("bridge-count", bridgeCount), false);
    }

    @Test
    void nobodySeesTheFocusLeaveAndNothingOfTheGapIsMissed() throws IOException {
        FakeJournal journal = new FakeJournal();
        FakeInbox first = new FakeInbox();
        XmppFocusAdapter before = adapter(journal, first);
        before.start();
        await("the brewery is joined", () -> first.bridges.contains("brewery joined"));
        before.rooms().join(ROOM);
        await(
                "the room is joined",
                () -> !first.inputs(ConferenceInput.RoomJoined.class).isEmpty());
        before.rooms().publish(ROOM, shown("1"));
        RawGuest alice = new RawGuest(prosody.clientPort());
        enter(alice, ROOM, "alice", "");
        RawGuest bridge = new RawGuest(prosody.clientPort());
        enter(bridge, BREWERY, "jvb1", "<stats xmlns='http://jitsi.org/protocol/colibri'/>");
        await("alice is seen", () -> isSeen(first, "alice"));
        await("the bridge is seen", () -> first.bridges.size() == 2);

        FakeJournal next = journal.successor();
        RawGuest bob = new RawGuest(prosody.clientPort());
        enter(bob, ROOM, "bob", "");
        bridge.say("<presence type='unavailable' to='" + BRIDGE + "'/>");
        bridge.find("(type='unavailable')");

        FakeInbox second = new FakeInbox();
        XmppFocusAdapter after = adapter(next, second);
        after.rooms().restore(ROOM, Optional.of(shown("1")), RoomGateway.Stage.INSIDE);
        after.restore(List.of(BRIDGE));
        after.start();
        await("bob is seen", () -> isSeen(second, "bob"));
        await("the bridge's leaving is seen", () -> second.bridges.contains("left jvb1"));
        after.rooms().publish(ROOM, shown("4242424242"));

        assertThat(alice.hear("4242424242")).doesNotContain("unavailable");
        assertThat(second.connection).containsExactly(ConnectionState.RESUMED);
        assertThat(second.inputs(ConferenceInput.RoomJoined.class)).isEmpty();
        assertThat(second.inputs(ConferenceInput.RoomLost.class)).isEmpty();
        assertThat(second.bridges)
                .startsWith("brewery joined")
                .endsWith("left jvb1")
                .doesNotContain("brewery lost");
        alice.close();
        bob.close();
        bridge.close();
    }
}
