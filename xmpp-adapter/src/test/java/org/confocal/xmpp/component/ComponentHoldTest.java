package org.confocal.xmpp.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.confocal.focus.journal.Journal;
import org.confocal.xmpp.BackoffConfig;
import org.confocal.xmpp.FakeJournal;
import org.confocal.xmpp.FocusIdentity;
import org.confocal.xmpp.IqReply;
import org.confocal.xmpp.LogCapture;
import org.confocal.xmpp.Recorder;
import org.confocal.xmpp.Relay;
import org.confocal.xmpp.SmackSettings;
import org.confocal.xmpp.StanzaListener;
import org.confocal.xmpp.StateListener.ConnectionState;
import org.confocal.xmpp.TestProsody;
import org.confocal.xmpp.gateway.RawGuest;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jivesoftware.smackx.iqversion.packet.Version;
import org.jivesoftware.smackx.muc.packet.MUCInitialPresence;
import org.jivesoftware.smackx.muc.packet.MUCOwner;
import org.jivesoftware.smackx.ping.packet.Ping;
import org.jivesoftware.smackx.xdata.packet.DataForm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.jxmpp.jid.Jid;
import org.jxmpp.jid.impl.JidCreate;

/** A component's stream that a real Prosody holds, over lost connections and from one process to the next. */
class ComponentHoldTest {
    static {
        SmackSettings.apply();
    }

    private static final String ROOM = "room@muc.localhost";
    private static final Jid SERVER = JidCreate.fromOrThrowUnchecked("localhost");

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    private <C extends AutoCloseable> C closing(C each) {
        open.add(each);
        return each;
    }

    private TestProsody prosody(String componentLines) {
        TestProsody prosody = closing(TestProsody.prepare("prosody", componentLines));
        prosody.start();
        return prosody;
    }

    private TestProsody holding() {
        return prosody("modules_enabled = { \"confocal_hold\" }");
    }

    private Relay relay(TestProsody prosody) {
        return closing(new Relay(prosody.componentPort()));
    }

    private ComponentConnection connection(int port, Journal journal) {
        ComponentConfig config = ComponentConfig.of(
                        "127.0.0.1",
                        port,
                        JidCreate.domainBareFromOrThrowUnchecked("focus.localhost"),
                        TestProsody.COMPONENT_SECRET,
                        JidCreate.domainBareFromOrThrowUnchecked("localhost"))
                .withBackoff(new BackoffConfig(Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofMinutes(1)));
        return closing(new ComponentConnection(config, FocusIdentity.of("1"), new Random(1), journal));
    }

    private static Recorder started(ComponentConnection connection, ConnectionState expected) {
        Recorder recorder = new Recorder(connection);
        connection.start();
        assertThat(recorder.nextState()).isEqualTo(expected);
        return recorder;
    }

    private static void enter(ComponentConnection connection, Recorder recorder) {
        connection.send(StanzaBuilder.buildPresence()
                .to(JidCreate.fromOrThrowUnchecked(ROOM + "/focus"))
                .addExtension(new MUCInitialPresence(null, -1, -1, -1, null))
                .build());
        recorder.next(Presence.class);
        MUCOwner unlock = new MUCOwner();
        unlock.setType(IQ.Type.set);
        unlock.setTo(JidCreate.fromOrThrowUnchecked(ROOM));
        unlock.addExtension(DataForm.builder(DataForm.Type.submit).build());
        assertThat(recorder.ask(unlock)).isInstanceOf(IqReply.Result.class);
    }

    private RawGuest guest(TestProsody prosody) throws IOException {
        return closing(new RawGuest(prosody.clientPort()));
    }

    private static void enter(RawGuest guest) throws IOException {
        guest.say("<presence to='" + ROOM + "/guest'><x xmlns='http://jabber.org/protocol/muc'/></presence>");
        guest.hear("<subject");
    }

    private static void say(RawGuest guest, int number) throws IOException {
        guest.say("<message to='" + RawComponent.SELF + "'><body>" + number + "</body></message>");
    }

    private static Message message(RawGuest to, String body) {
        return StanzaBuilder.buildMessage()
                .to(JidCreate.fromOrThrowUnchecked(to.jid()))
                .setBody(body)
                .build();
    }

    @Test
    void aLostConnectionIsGoneOnWith() throws IOException {
        TestProsody prosody = holding();
        Relay relay = relay(prosody);
        ComponentConnection connection = connection(relay.port(), Journal.NONE);
        Recorder recorder = started(connection, ConnectionState.CONNECTED);
        RawGuest guest = guest(prosody);
        enter(connection, recorder);
        enter(guest);
        relay.freeze();
        say(guest, 1);
        Version lost = new Version(JidCreate.fromOrThrowUnchecked(guest.jid()));
        List<IqReply> replies = new CopyOnWriteArrayList<>();
        connection.request(lost, replies::add);
        relay.cut();
        assertThat(recorder.nextState()).isEqualTo(ConnectionState.DISCONNECTED);
        connection.send(message(guest, "said meanwhile"));
        relay.thaw();
        assertThat(recorder.nextState()).isEqualTo(ConnectionState.RESUMED);
        assertThat(recorder.next(Message.class).getSubject()).isNotNull(); // the room's, after the guest came in
        assertThat(recorder.next(Message.class).getBody()).isEqualTo("1");
        assertThat(guest.hear("said meanwhile"))
                .doesNotContain("unavailable")
                .contains("jabber:iq:version")
                .doesNotContain("error");
        guest.say("<iq type='result' id='" + lost.getStanzaId() + "' to='" + RawComponent.SELF
                + "'><query xmlns='jabber:iq:version'><name>guest</name><version>1</version></query></iq>");
        Awaitility.await().until(() -> !replies.isEmpty());
        assertThat(replies).singleElement().isInstanceOf(IqReply.Result.class);
        assertThat(connection.snapshot().dropped()).isZero();
    }

    /** Settles what it hears at once, and answers each number with the same. */
    private static StanzaListener echo(ComponentConnection connection, List<Integer> heard) {
        return stanza -> {
            if (stanza instanceof Message message && message.getBody() != null) {
                heard.add(Integer.parseInt(message.getBody()));
                Message answer = StanzaBuilder.buildMessage()
                        .to(message.getFrom())
                        .setBody("answer " + message.getBody())
                        .build();
                connection.send(answer);
            }
            return StanzaListener.Verdict.NOT_MINE;
        };
    }

    @Test
    void twentyProcessesKilledInARowLoseNothingAndNobodyNotices() throws Exception {
        TestProsody prosody = holding();
        Relay relay = relay(prosody);
        FakeJournal journal = new FakeJournal();
        ComponentConnection current = connection(relay.port(), journal);
        enter(current, started(current, ConnectionState.CONNECTED));
        List<Integer> heard = new CopyOnWriteArrayList<>();
        current.listen(echo(current, heard));
        RawGuest guest = guest(prosody);
        enter(guest);

        AtomicBoolean enough = new AtomicBoolean();
        List<Integer> said = new CopyOnWriteArrayList<>();
        Thread traffic = Thread.ofPlatform().start(() -> {
            try {
                while (!enough.get()) {
                    say(guest, said.size());
                    said.add(said.size());
                    TimeUnit.MILLISECONDS.sleep(2);
                }
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        Random random = new Random(7);
        for (int kill = 0; kill < 20; kill++) {
            int until = heard.size() + 1 + random.nextInt(60);
            Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> heard.size() >= until);
            relay.freeze();
            journal = journal.successor();
            relay.cut();
            relay.thaw();
            ComponentConnection successor = connection(relay.port(), journal);
            successor.listen(echo(successor, heard));
            assertThat(started(successor, ConnectionState.RESUMED)).isNotNull();
        }
        enough.set(true);
        traffic.join();
        guest.say("<message to='" + RawComponent.SELF + "'><body>999999</body></message>");
        String all = guest.hear("answer 999999");
        assertThat(all).doesNotContain("unavailable").doesNotContain("type='error'");
        assertThat(heard.stream().distinct().filter(number -> number != 999_999).toList())
                .isEqualTo(said);
        // An answer that was sent but not settled is sent again by the successor, and made again of the doubled stanza.
        List<String> answers = IntStream.range(0, said.size())
                .mapToObj(number -> "answer " + number + "<")
                .toList();
        assertThat(all).contains(answers);
    }

    @Test
    void aStoppedProcessThatWakesUpFindsThatItIsReplacedAndSaysNothing() throws Exception {
        TestProsody prosody = holding();
        FakeJournal journal = new FakeJournal();
        ComponentConnection old = connection(prosody.componentPort(), journal);
        Recorder before = started(old, ConnectionState.CONNECTED);
        RawGuest guest = guest(prosody);
        enter(old, before);
        enter(guest);
        ComponentConnection next = connection(prosody.componentPort(), journal.successor());
        Recorder recorder = started(next, ConnectionState.RESUMED);
        old.send(message(guest, "from the grave"));
        // Its listeners are told nothing either: a DISCONNECTED would make them leave rooms.
        Awaitility.await().until(() -> prosody.log().contains("The component is back"));
        next.send(message(guest, "alive"));
        assertThat(guest.hear("alive")).doesNotContain("grave").doesNotContain("unavailable");
        assertThat(recorder.ask(new Ping(SERVER))).isInstanceOf(IqReply.Result.class);
        assertThat(next.snapshot().disconnects()).isZero();
        assertThat(old.snapshot().disconnects()).isZero();
    }

    @Test
    void aPlannedHandoverLosesNothing() throws Exception {
        TestProsody prosody = holding();
        FakeJournal journal = new FakeJournal();
        ComponentConnection old = connection(prosody.componentPort(), journal);
        enter(old, started(old, ConnectionState.CONNECTED));
        List<Integer> heard = new CopyOnWriteArrayList<>();
        old.listen(echo(old, heard));
        RawGuest guest = guest(prosody);
        enter(guest);
        say(guest, 0);
        guest.hear("answer 0");

        AfterTheOld late = new AfterTheOld(journal);
        ComponentConnection next = connection(prosody.componentPort(), late);
        Recorder recorder = new Recorder(next);
        next.listen(echo(next, heard));
        next.prepare().toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertThat(next.isConnected()).isFalse();
        say(guest, 1);
        guest.hear("answer 1");
        old.letGo().toCompletableFuture().get(20, TimeUnit.SECONDS);
        say(guest, 2);
        old.send(message(guest, "left in the journal"));
        late.takeOver();
        next.takeOver();
        assertThat(recorder.nextState()).isEqualTo(ConnectionState.RESUMED);
        old.close();
        assertThat(guest.hear("answer 2")).contains("left in the journal").doesNotContain("unavailable");
        assertThat(heard).containsExactly(0, 1, 2);
        assertThat(recorder.ask(new Ping(SERVER))).isInstanceOf(IqReply.Result.class);
        assertThat(next.snapshot().disconnects()).isZero();
    }

    @Test
    void whatWasAwayTooLongBeginsAnew() {
        TestProsody prosody = prosody("modules_enabled = { \"confocal_hold\" } confocal_hold_seconds = 1");
        Relay relay = relay(prosody);
        ComponentConnection connection = connection(relay.port(), Journal.NONE);
        Recorder recorder = started(connection, ConnectionState.CONNECTED);
        relay.freeze();
        relay.cut();
        assertThat(recorder.nextState()).isEqualTo(ConnectionState.DISCONNECTED);
        Awaitility.await().until(() -> prosody.log().contains("has stayed away"));
        relay.thaw();
        relay.cut();
        assertThat(recorder.nextState()).isEqualTo(ConnectionState.CONNECTED);
        assertThat(recorder.ask(new Ping(SERVER))).isInstanceOf(IqReply.Result.class);
    }

    @Test
    void closingIsTheEndOfTheStreamForTheNextProcessToo() {
        TestProsody prosody = holding();
        FakeJournal journal = new FakeJournal();
        ComponentConnection first = connection(prosody.componentPort(), journal);
        started(first, ConnectionState.CONNECTED);
        first.close();
        assertThat(journal.kept()).isEmpty();
        assertThat(prosody.log()).contains("it was closed");
        started(connection(prosody.componentPort(), journal.successor()), ConnectionState.CONNECTED);
    }

    @Test
    void withoutTheModuleItWorksAsBeforeAndSaysOnceWhatIsMissing() throws IOException {
        TestProsody prosody = prosody("");
        Relay relay = relay(prosody);
        try (LogCapture log = new LogCapture(ComponentConnection.class)) {
            ComponentConnection connection = connection(relay.port(), new FakeJournal());
            Recorder recorder = started(connection, ConnectionState.CONNECTED);
            RawGuest guest = guest(prosody);
            List<IqReply> replies = new CopyOnWriteArrayList<>();
            connection.request(new Version(JidCreate.fromOrThrowUnchecked(guest.jid())), replies::add);
            relay.cut();
            assertThat(recorder.nextState()).isEqualTo(ConnectionState.DISCONNECTED);
            assertThat(replies).singleElement().isInstanceOf(IqReply.ConnectionLost.class);
            assertThat(recorder.nextState()).isEqualTo(ConnectionState.CONNECTED);
            say(guest, 1);
            assertThat(recorder.next(Message.class).getBody()).isEqualTo("1");
            assertThat(log.warnings().stream().filter(line -> line.contains("mod_confocal_hold")))
                    .singleElement()
                    .asString()
                    .contains("Component \"focus.localhost\" in Prosody has no confocal_hold");
        }
    }
}
