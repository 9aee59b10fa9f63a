package org.confocal.xmpp.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.journal.Journal;
import org.confocal.focus.model.Jid;
import org.confocal.focus.model.RequestId;
import org.confocal.focus.port.FocusInbox.ConnectionState;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.RoomId;
import org.confocal.xmpp.FakeJournal;
import org.confocal.xmpp.IqReply;
import org.confocal.xmpp.StanzaListener.Verdict;
import org.confocal.xmpp.StateListener;
import org.confocal.xmpp.codec.Recorded;
import org.jivesoftware.smack.packet.EmptyResultIQ;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smackx.disco.packet.DiscoverInfo;
import org.jivesoftware.smackx.muc.packet.MUCOwner;
import org.junit.jupiter.api.Test;

class XmppFocusAdapterTest {
    private static final String BREWERY = "jvbbrewery@internal-muc.meet.jitsi";
    private static final Duration GRACE = Duration.ofSeconds(15);

    private final FakeConnection main = new FakeConnection();
    private final FakeConnection service = new FakeConnection();
    private final FakeTimers timers = new FakeTimers();
    private final FakeInbox inbox = new FakeInbox();

    private static AdapterConfig config() {
        return AdapterConfig.defaults("1.0")
                .withBrewery(new RoomId(BREWERY))
                .withClientProxy(new Jid("focus.meet.jitsi"))
                .withResumeGrace(GRACE);
    }

    private XmppFocusAdapter started(AdapterConfig config, Optional<FakeConnection> second) {
        XmppFocusAdapter adapter = new XmppFocusAdapter(config, main, second.map(each -> each), timers, timers);
        adapter.attach(inbox);
        adapter.start();
        return adapter;
    }

    private void enterBrewery(FakeConnection connection) {
        connection.receive(Presences.self(BREWERY, "none"));
        connection.reply(MUCOwner.class, new IqReply.TimedOut());
    }

    @Test
    void adapterDoesNotStartWithoutAnInboxAndTakesOnlyOne() {
        XmppFocusAdapter adapter = new XmppFocusAdapter(config(), main, Optional.empty(), timers, timers);
        assertThatThrownBy(adapter::start).isInstanceOf(IllegalStateException.class);
        adapter.attach(inbox);
        assertThatThrownBy(() -> adapter.attach(inbox)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void oneConnectionCarriesRoomsAndBrewery() {
        XmppFocusAdapter adapter = started(config(), Optional.empty());
        assertThat(inbox.connection).containsExactly(ConnectionState.CONNECTED);
        enterBrewery(main);
        main.receive(Presences.bridge(BREWERY, "jvb1", "<stat name='region' value='eu'/>"));
        assertThat(main.receive(Recorded.read("A001-conference-request", IQ.class)))
                .isEqualTo(Verdict.TAKEN);

        assertThat(inbox.bridges).hasSize(2);
        assertThat(inbox.requests.get(0).sender())
                .contains(new Jid("5rv_nvpvp_w1izi5lq3u1rjb@meet.jitsi/8ecvSQ9iHrB-"));
        adapter.close();
        assertThat(main.closed).isTrue();
        assertThat(timers.running()).isZero();
    }

    @Test
    void secondConnectionCarriesTheBreweryAndLosesOnlyThat() {
        XmppFocusAdapter adapter = started(config(), Optional.of(service));
        assertThat(main.presences()).isEmpty();
        enterBrewery(service);
        service.state(StateListener.ConnectionState.DISCONNECTED);

        assertThat(inbox.bridges).containsExactly("brewery joined", "brewery lost");
        assertThat(inbox.connection).containsExactly(ConnectionState.CONNECTED);
        adapter.close();
        assertThat(service.closed).isTrue();
    }

    @Test
    void theServiceOfBreakoutRoomsIsToldAndForgottenAsTheServerSays() {
        started(config().withXmppDomain(new Jid("meet.jitsi")), Optional.empty());
        main.reply(
                DiscoverInfo.class,
                new IqReply.Result(DiscoverInfo.builder("1")
                        .ofType(IQ.Type.result)
                        .addIdentity(new DiscoverInfo.Identity("component", "breakout.meet.jitsi", "breakout_rooms"))
                        .buildWithoutValidiation()));
        main.state(StateListener.ConnectionState.DISCONNECTED);
        main.state(StateListener.ConnectionState.CONNECTED);
        main.reply(DiscoverInfo.class, new IqReply.TimedOut());

        assertThat(inbox.breakoutRooms).containsExactly(Optional.of("breakout.meet.jitsi"), Optional.empty());
    }

    @Test
    void resumedStreamChangesNothing() {
        started(config(), Optional.empty());
        enterBrewery(main);
        int sent = main.sent.size();
        main.state(StateListener.ConnectionState.DISCONNECTED);
        timers.advance(GRACE.minusMillis(1));
        main.state(StateListener.ConnectionState.RESUMED);
        timers.advance(GRACE);

        assertThat(inbox.connection).containsExactly(ConnectionState.CONNECTED);
        assertThat(inbox.bridges).containsExactly("brewery joined");
        assertThat(main.sent).hasSize(sent);
    }

    @Test
    void streamThatIsNotResumedInTimeIsLost() {
        started(config(), Optional.empty());
        enterBrewery(main);
        main.state(StateListener.ConnectionState.DISCONNECTED);
        timers.advance(GRACE);
        assertThat(inbox.connection).containsExactly(ConnectionState.CONNECTED, ConnectionState.DISCONNECTED);
        assertThat(inbox.bridges).containsExactly("brewery joined", "brewery lost");

        main.state(StateListener.ConnectionState.CONNECTED);
        enterBrewery(main);
        assertThat(inbox.connection)
                .containsExactly(ConnectionState.CONNECTED, ConnectionState.DISCONNECTED, ConnectionState.CONNECTED);
        assertThat(inbox.bridges).containsExactly("brewery joined", "brewery lost", "brewery joined");
    }

    @Test
    void freshStreamWithinTheGraceIsALossFirst() {
        started(config(), Optional.empty());
        main.state(StateListener.ConnectionState.DISCONNECTED);
        main.state(StateListener.ConnectionState.CONNECTED);

        assertThat(inbox.connection)
                .containsExactly(ConnectionState.CONNECTED, ConnectionState.DISCONNECTED, ConnectionState.CONNECTED);
        assertThat(timers.running()).isOne();
    }

    @Test
    void streamThatIsResumedAfterItWasGivenUpCountsAsFresh() {
        started(config(), Optional.empty());
        main.state(StateListener.ConnectionState.DISCONNECTED);
        timers.advance(GRACE);
        main.state(StateListener.ConnectionState.RESUMED);

        assertThat(inbox.connection)
                .containsExactly(ConnectionState.CONNECTED, ConnectionState.DISCONNECTED, ConnectionState.CONNECTED);
    }

    @Test
    void roomsAreEnteredAgainAfterTheyWereLost() {
        RoomId room = new RoomId("r@muc.meet.jitsi");
        inbox.conferences.add(room);
        XmppFocusAdapter adapter = started(AdapterConfig.defaults("1.0"), Optional.empty());
        for (int i = 0; i < 2; i++) {
            adapter.rooms().join(room);
            main.receive(Presences.self(room.value(), "owner"));
            main.reply(MUCOwner.class, new IqReply.Result(Recorded.read("A006-owner-form", IQ.class)));
            main.reply(MUCOwner.class, new IqReply.Result(new EmptyResultIQ()));
            main.state(StateListener.ConnectionState.DISCONNECTED);
            main.state(StateListener.ConnectionState.CONNECTED);
        }

        assertThat(inbox.inputs(ConferenceInput.RoomJoined.class)).hasSize(2);
        assertThat(adapter.roomCount()).isOne();
        adapter.rooms().leave(room);
        assertThat(adapter.roomCount()).isZero();
    }

    @Test
    void serverIsAskedForItsComponentsBeforeTheCoreHearsOfTheStream() {
        started(AdapterConfig.defaults("1.0").withXmppDomain(new Jid("meet.jitsi")), Optional.empty());

        DiscoverInfo question = (DiscoverInfo) main.asked.get(0).iq();
        assertThat(question.getTo().toString()).isEqualTo("meet.jitsi");
        DiscoverInfo answer = Recorded.parse(
                "<iq xmlns='jabber:client' type='result' id='i' from='meet.jitsi'><query"
                        + " xmlns='http://jabber.org/protocol/disco#info'><identity category='component'"
                        + " type='room_metadata' name='metadata.meet.jitsi'/></query></iq>",
                DiscoverInfo.class);
        main.reply(DiscoverInfo.class, new IqReply.Result(answer));
        RoomId room = new RoomId("r@muc.meet.jitsi");
        inbox.conferences.add(room);
        main.receive(Recorded.parse(
                "<message xmlns='jabber:client' from='metadata.meet.jitsi'><json-message"
                        + " xmlns='http://jitsi.org/jitmeet' room='r@muc.meet.jitsi'>"
                        + "{\"type\":\"room_metadata\",\"metadata\":{}}</json-message></message>",
                org.jivesoftware.smack.packet.Message.class));

        assertThat(inbox.happened).extracting(FakeInbox.Happened::room).containsExactly(room);
    }

    private static AdapterConfig restarting() {
        return config().withXmppDomain(new Jid("meet.jitsi"));
    }

    private static IqReply components() {
        return new IqReply.Result(DiscoverInfo.builder("1")
                .ofType(IQ.Type.result)
                .addIdentity(new DiscoverInfo.Identity("component", "breakout.meet.jitsi", "breakout_rooms"))
                .buildWithoutValidiation());
    }

    /** What a process left that was in the brewery and knew the server. */
    private FakeJournal left() {
        FakeConnection before = new FakeConnection();
        FakeJournal journal = new FakeJournal();
        XmppFocusAdapter adapter =
                new XmppFocusAdapter(restarting(), before, Optional.empty(), new FakeTimers(), timers, journal);
        adapter.attach(new FakeInbox());
        adapter.start();
        before.reply(DiscoverInfo.class, components());
        enterBrewery(before);
        return journal.successor();
    }

    private XmppFocusAdapter restored(FakeJournal journal) {
        XmppFocusAdapter adapter = new XmppFocusAdapter(restarting(), main, Optional.empty(), timers, timers, journal);
        adapter.attach(inbox);
        adapter.restore(List.of(new BridgeId(BREWERY + "/jvb1")));
        main.onStart = Optional.empty();
        adapter.start();
        return adapter;
    }

    @Test
    void successorOnAResumedStreamIsWhatItsPredecessorWas() {
        XmppFocusAdapter adapter = restored(left());
        timers.advance(GRACE.minusMillis(1));
        main.state(StateListener.ConnectionState.RESUMED);
        timers.advance(GRACE);

        assertThat(inbox.connection).containsExactly(ConnectionState.RESUMED);
        assertThat(inbox.bridges).containsExactly("brewery joined");
        assertThat(inbox.breakoutRooms).containsExactly(Optional.of("breakout.meet.jitsi"));
        assertThat(adapter.components().breakoutRooms()).isPresent();
        assertThat(main.sent).isEmpty();
        assertThat(main.asked).noneMatch(asked -> asked.iq() instanceof DiscoverInfo);
    }

    @Test
    void streamThatGoesOnWithinALifeIsNotTheCoresBusiness() {
        restored(left());
        main.state(StateListener.ConnectionState.RESUMED);
        main.state(StateListener.ConnectionState.DISCONNECTED);
        main.state(StateListener.ConnectionState.RESUMED);

        assertThat(inbox.connection).containsExactly(ConnectionState.RESUMED);
    }

    @Test
    void successorOnAFreshStreamHasLostEverythingFirst() {
        restored(left());
        main.state(StateListener.ConnectionState.CONNECTED);
        enterBrewery(main);

        assertThat(inbox.connection).containsExactly(ConnectionState.DISCONNECTED, ConnectionState.CONNECTED);
        assertThat(inbox.bridges).containsExactly("brewery joined", "brewery lost", "brewery joined");
    }

    @Test
    void successorWithoutAStreamWithinTheGraceHasLostEverything() {
        restored(left());
        timers.advance(GRACE);

        assertThat(inbox.connection).containsExactly(ConnectionState.DISCONNECTED);
        assertThat(inbox.bridges).containsExactly("brewery joined", "brewery lost");
    }

    @Test
    void successorThatDoesNotKnowTheServerAsksIt() {
        FakeJournal inherited =
                new FakeJournal(new TreeMap<>(Map.of("adapter/components", "[torn".getBytes(StandardCharsets.UTF_8))));
        restored(inherited);
        main.state(StateListener.ConnectionState.RESUMED);
        main.reply(DiscoverInfo.class, components());

        assertThat(inbox.breakoutRooms).containsExactly(Optional.of("breakout.meet.jitsi"));
        assertThat(new AdapterRecords(inherited.successor()).components().breakoutRooms())
                .isPresent();
    }

    @Test
    void successorAsksByTheSameIdsAndAStrangerDoesNot() {
        FakeJournal journal = new FakeJournal();
        RequestIds ids = new AdapterRecords(journal).ids();

        assertThat(new AdapterRecords(journal.successor()).ids()).isEqualTo(ids);
        assertThat(new AdapterRecords(new FakeJournal()).ids()).isNotEqualTo(ids);
    }

    /** A successor is made while the process before it still writes. */
    @Test
    void journalIsNotTouchedBeforeTheStart() {
        Journal journal = (Journal) Proxy.newProxyInstance(
                Journal.class.getClassLoader(), new Class<?>[] {Journal.class}, (proxy, method, arguments) -> {
                    throw new IllegalStateException("too early");
                });
        XmppFocusAdapter adapter = new XmppFocusAdapter(restarting(), main, Optional.empty(), timers, timers, journal);
        adapter.attach(inbox);

        assertThatThrownBy(adapter::start).hasMessage("too early");
    }

    @Test
    void whatIsSaidBeforeTheStartLeavesWithIt() {
        XmppFocusAdapter adapter = new XmppFocusAdapter(
                AdapterConfig.defaults("1.0"), main, Optional.empty(), timers, timers, new FakeJournal());
        adapter.attach(inbox);
        RoomId room = new RoomId("r@muc.meet.jitsi");
        adapter.rooms().join(room);
        adapter.participants().discoverFeatures(room, new RequestId(1), new EndpointId("a"), Optional.empty());
        assertThat(main.sent).isEmpty();
        assertThat(main.asked).isEmpty();
        adapter.start();
        assertThat(main.presences()).hasSize(1);
        main.reply(DiscoverInfo.class, new IqReply.TimedOut());
        adapter.rooms().leave(room);

        assertThat(inbox.inputs(ConferenceInput.FeaturesDiscovered.class)).hasSize(1);
        assertThat(main.presences()).hasSize(2);
    }
}
