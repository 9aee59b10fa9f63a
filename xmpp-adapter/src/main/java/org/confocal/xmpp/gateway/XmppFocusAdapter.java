package org.confocal.xmpp.gateway;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.confocal.focus.journal.Journal;
import org.confocal.focus.port.AnswerGateway;
import org.confocal.focus.port.BridgeGateway;
import org.confocal.focus.port.FocusInbox;
import org.confocal.focus.port.ParticipantGateway;
import org.confocal.focus.port.RoomGateway;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.RoomId;
import org.confocal.xmpp.ClientProxyAddress;
import org.confocal.xmpp.ComponentDiscovery;
import org.confocal.xmpp.DiscoveredComponents;
import org.confocal.xmpp.StanzaListener;
import org.confocal.xmpp.XmppConnection;
import org.confocal.xmpp.codec.Addresses;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.Stanza;
import org.jxmpp.jid.DomainBareJid;

/**
 * The focus on XMPP: one connection for rooms, participants and requests, and the same or a second one for the brewery and
 * the bridges. The core takes the four gateways; the adapter takes the core's inbox, then starts.
 */
public final class XmppFocusAdapter implements AutoCloseable {
    private final AdapterConfig config;
    private final XmppConnection main;
    private final Optional<HeldConnection> service;
    private final Timers timers;
    private final LateInbox inbox = new LateInbox();
    private final AtomicReference<DiscoveredComponents> components = new AtomicReference<>(DiscoveredComponents.NONE);
    private final XmppRoomGateway rooms;
    private final XmppParticipantGateway participants;
    private final XmppBridgeGateway bridges;
    private final XmppAnswerGateway answers;
    private final Optional<BreweryListener> brewery;
    private final AdapterRecords records;
    private final Journal journal;
    private final AtomicBoolean goesOn = new AtomicBoolean();

    /** Keeps nothing for the next process. */
    public XmppFocusAdapter(
            AdapterConfig config,
            XmppConnection main,
            Optional<XmppConnection> service,
            Timers timers,
            InstantSource clock) {
        this(config, main, service, timers, clock, Journal.NONE);
    }

    /**
     * @param main carries rooms and participants; neither connection may be started yet, the adapter closes both
     * @param service carries the brewery and the bridges; without one {@code main} does
     * @param journal where what the next process needs is kept, below {@code adapter}, {@code brewery} and {@code owed};
     *     not used before something is restored, awaited or started
     */
    public XmppFocusAdapter(
            AdapterConfig config,
            XmppConnection main,
            Optional<XmppConnection> service,
            Timers timers,
            InstantSource clock,
            Journal journal) {
        this.config = config;
        this.main = new HeldConnection(main);
        this.service = service.map(HeldConnection::new);
        this.timers = timers;
        this.journal = journal;
        this.records = new AdapterRecords(journal);
        XmppConnection bridging = this.service.<XmppConnection>map(each -> each).orElse(this.main);
        rooms = new XmppRoomGateway(
                this.main, inbox, timers, config.nick(), config.focusVersion(), config.replyTimeout());
        participants = new XmppParticipantGateway(this.main, inbox);
        bridges = new XmppBridgeGateway(bridging, inbox, records::ids, journal, clock);
        answers = new XmppAnswerGateway(this.main);
        brewery = config.brewery()
                .map(room -> new BreweryListener(
                        bridging,
                        room,
                        config.nick(),
                        config.replyTimeout(),
                        inbox,
                        bridges::seen,
                        records,
                        timers,
                        clock));
    }

    public RoomGateway rooms() {
        return rooms;
    }

    public ParticipantGateway participants() {
        return participants;
    }

    public BridgeGateway bridges() {
        return bridges;
    }

    public AnswerGateway answers() {
        return answers;
    }

    /** What the server said it has, when it was asked last. */
    public DiscoveredComponents components() {
        return Objects.requireNonNullElse(components.get(), DiscoveredComponents.NONE);
    }

    /** How many rooms the focus is in or on its way to; for checks that nothing is left behind. */
    public int roomCount() {
        return rooms.count();
    }

    /** Where everything that happens goes. Once, before {@link #start}. */
    public void attach(FocusInbox target) {
        inbox.attach(target);
    }

    /**
     * Goes on with the streams of the process before this one. They are going to be resumed within the configured grace,
     * and everything is as it was; or they are not, and everything is told to be lost and begins anew. Once, between {@link
     * #attach} and {@link #start}, as are {@link RoomGateway#restore}, {@link BridgeGateway#await} and {@link
     * ParticipantGateway#awaitOffer}.
     *
     * @param there the bridges in the brewery, as the core knows them
     */
    public void restore(List<BridgeId> there) {
        goesOn.set(true);
        DiscoveredComponents known = records.components();
        if (!known.equals(DiscoveredComponents.NONE)) {
            discovered(known);
        }
        brewery.ifPresent(listener -> listener.restore(there));
    }

    /**
     * Connects, or takes over what was prepared ({@link org.confocal.xmpp.Handover}). What was said to the gateways before
     * is sent now.
     *
     * @throws IllegalStateException where no inbox is attached
     */
    public void start() {
        if (!inbox.isAttached()) {
            throw new IllegalStateException("attach an inbox before start");
        }
        bridges.restore();
        Optional<DomainBareJid> proxy = config.clientProxy().flatMap(Addresses::domain);
        main.listen(new FocusStanzaRouter(
                main.self(),
                inbox,
                answers,
                rooms,
                from -> ClientProxyAddress.senderOf(from, proxy),
                this::components));
        main.onState(watch(main, config.resumeGrace(), new MainLink(goesOn.get())));
        XmppConnection bridging = service.<XmppConnection>map(each -> each).orElse(main);
        brewery.ifPresent(listener -> bridging.listen(breweryPresences(listener)));
        service.ifPresent(
                connection -> connection.onState(watch(connection, config.serviceResumeGrace(), new BreweryLink())));
        main.start();
        service.ifPresent(XmppConnection::start);
    }

    private LinkWatch watch(XmppConnection connection, Duration most, LinkWatch.Events events) {
        LinkWatch watch = new LinkWatch(
                () -> connection
                        .held()
                        .map(said -> said.isPositive() && said.compareTo(most) < 0 ? said : most)
                        .orElse(Duration.ZERO),
                timers,
                events);
        if (goesOn.get()) {
            watch.restore(most);
        }
        return watch;
    }

    private static StanzaListener breweryPresences(BreweryListener listener) {
        RoomId room = listener.room();
        return stanza -> {
            if (stanza instanceof Presence presence && isFrom(room, presence)) {
                listener.onPresence(presence);
            }
            return StanzaListener.Verdict.NOT_MINE;
        };
    }

    private static boolean isFrom(RoomId room, Stanza stanza) {
        return stanza.getFrom() != null
                && Addresses.room(stanza.getFrom()).filter(room::equals).isPresent();
    }

    private void discover() {
        config.xmppDomain()
                .flatMap(Addresses::domain)
                .ifPresent(domain -> ComponentDiscovery.discover(
                        main,
                        domain,
                        found -> journal.change(() -> {
                            records.keep(found);
                            discovered(found);
                        })));
    }

    private void discovered(DiscoveredComponents found) {
        components.set(found);
        inbox.breakoutRooms(found.breakoutRooms().map(DomainBareJid::toString));
    }

    /** Leaves the brewery and closes the connections; what is queued is still sent. */
    @Override
    public void close() {
        brewery.ifPresent(BreweryListener::close);
        service.ifPresent(XmppConnection::close);
        main.close();
    }

    /** The stream of the rooms, and of the brewery where there is no second one. */
    private final class MainLink implements LinkWatch.Events {
        /** Whether it is the stream of the process before this one. */
        private boolean inherited;

        MainLink(boolean inherited) {
            this.inherited = inherited;
        }

        @Override
        public void connected() {
            inherited = false;
            discover();
            inbox.connection(FocusInbox.ConnectionState.CONNECTED);
            if (service.isEmpty()) {
                brewery.ifPresent(BreweryListener::connected);
            }
        }

        @Override
        public void resumed() {
            if (inherited) {
                inherited = false;
                inbox.connection(FocusInbox.ConnectionState.RESUMED);
            }
            if (components().equals(DiscoveredComponents.NONE)) {
                discover();
            }
            rooms.resumed();
            if (service.isEmpty()) {
                brewery.ifPresent(BreweryListener::resumed);
            }
        }

        @Override
        public void lost() {
            inherited = false;
            rooms.disconnected();
            inbox.connection(FocusInbox.ConnectionState.DISCONNECTED);
            if (service.isEmpty()) {
                brewery.ifPresent(BreweryListener::disconnected);
            }
        }
    }

    /** The stream of the brewery where it has one of its own. */
    private final class BreweryLink implements LinkWatch.Events {
        @Override
        public void connected() {
            brewery.ifPresent(BreweryListener::connected);
        }

        @Override
        public void resumed() {
            brewery.ifPresent(BreweryListener::resumed);
        }

        @Override
        public void lost() {
            brewery.ifPresent(BreweryListener::disconnected);
        }
    }
}
