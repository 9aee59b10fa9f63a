package org.confocal.xmpp.gateway;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.confocal.focus.conference.ConferenceInput.RoomLoss;
import org.confocal.focus.model.RoomForm;
import org.confocal.focus.port.FocusInbox;
import org.confocal.focus.port.RoomGateway;
import org.confocal.focus.serial.Receipt;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.BridgeReportParser;
import org.confocal.strategy.RoomId;
import org.confocal.xmpp.XmppConnection;
import org.confocal.xmpp.codec.StatsCodec;
import org.jivesoftware.smack.packet.Presence;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The focus in the bridges' brewery (spec/05, section 1): enters whenever the stream is up, tries again for ever with growing
 * pauses, and tells the inbox which bridges are there and what they report. Who shows no statistics is not a bridge.
 *
 * <p>A successor goes on inside only where the core had dealt with all that was there on entering; otherwise it enters anew.
 * What happens inside holds its receipt until the core is done with it.
 */
final class BreweryListener {
    private static final Logger LOG = LoggerFactory.getLogger(BreweryListener.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** More than this many occupants are no fleet; further ones are ignored. */
    private static final int MAX_BRIDGES = 10_000;

    private final RoomId brewery;
    private final FocusInbox inbox;
    private final Consumer<BridgeId> seen;
    private final AdapterRecords records;
    private final Timers timers;
    private final RepeatedWarning warning;
    private final MucSession session;
    private final SerialTasks tasks = new SerialTasks();

    // All below is only touched in the queue.
    private boolean up;
    private boolean joined;
    private long entry;
    private Duration pause = FIRST_PAUSE;
    private Timers.Timer retry = () -> {};
    private final Set<BridgeId> bridges = new HashSet<>();

    /** @param seen told of every presence of a bridge, before the inbox is */
    BreweryListener(
            XmppConnection connection,
            RoomId brewery,
            String nick,
            Duration timeout,
            FocusInbox inbox,
            Consumer<BridgeId> seen,
            AdapterRecords records,
            Timers timers,
            InstantSource clock) {
        this.brewery = brewery;
        this.inbox = inbox;
        this.seen = seen;
        this.records = records;
        this.timers = timers;
        this.warning = new RepeatedWarning(LOG, clock);
        this.session = new MucSession(
                connection, brewery, nick, MucSession.Role.OCCUPANT, timers, timeout, new BreweryEvents());
    }

    RoomId room() {
        return brewery;
    }

    /**
     * Goes on where the process before this one stopped. First of all; sends nothing.
     *
     * @param there the bridges that the core knows
     */
    void restore(List<BridgeId> there) {
        tasks.execute(() -> {
            up = true;
            there.stream().limit(MAX_BRIDGES).forEach(bridges::add);
            joined = records.wasIn(brewery);
            if (joined) {
                session.restore(List.of(), RoomGateway.Stage.INSIDE);
                inbox.breweryJoined(true);
            } else {
                session.restore(List.of(), RoomGateway.Stage.ENTERING);
            }
        });
    }

    /** A fresh stream: enter. */
    void connected() {
        tasks.execute(() -> {
            up = true;
            pause = FIRST_PAUSE;
            retry.cancel();
            session.join();
        });
    }

    /** The stream is gone, and every bridge with it. */
    void disconnected() {
        tasks.execute(() -> {
            up = false;
            retry.cancel();
            session.disconnected();
            outside();
        });
    }

    void resumed() {
        session.resumed();
    }

    void onPresence(Presence presence) {
        session.onPresence(presence);
    }

    /** Leaves for good. */
    void close() {
        tasks.execute(() -> {
            up = false;
            retry.cancel();
            session.leave();
            outside();
        });
    }

    private void outside() {
        // After a restart there may be bridges without a brewery that they are in.
        boolean known = joined || !bridges.isEmpty();
        bridges.clear();
        entry++;
        joined = false;
        if (known) {
            records.leftBrewery();
            inbox.breweryJoined(false);
        }
    }

    private void inside(List<Presence> occupants) {
        LOG.info("In the bridges' brewery {}", brewery);
        pause = FIRST_PAUSE;
        joined = true;
        long now = ++entry;
        Set<BridgeId> gone = new HashSet<>(bridges);
        occupants.forEach(occupant -> gone.remove(bridge(occupant)));
        Receipt cause = Receipt.current().retain();
        Receipt.handle(
                cause.number(),
                () -> {
                    inbox.breweryJoined(true);
                    gone.forEach(this::left);
                    occupants.forEach(this::report);
                },
                () -> {
                    tasks.execute(() -> keep(now));
                    cause.release();
                });
    }

    /** The core has dealt with everything that was there. */
    private void keep(long now) {
        if (joined && entry == now) {
            records.entered(brewery);
        }
    }

    private void left(BridgeId bridge) {
        if (bridges.remove(bridge)) {
            inbox.bridgeLeft(bridge);
        }
    }

    private static BridgeId bridge(Presence presence) {
        return new BridgeId(presence.getFrom().toString());
    }

    private void tryAgain(String problem) {
        outside();
        if (!up) {
            return;
        }
        warning.warn("Not in the bridges' brewery " + brewery + ": " + problem + "; trying again");
        retry = timers.start(
                pause,
                () -> tasks.execute(() -> {
                    if (up) {
                        session.join();
                    }
                }));
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }

    private void report(Presence presence) {
        Optional<Function<String, Optional<String>>> stats = StatsCodec.decode(presence);
        if (stats.isEmpty()) {
            return;
        }
        BridgeId bridge = bridge(presence);
        if (!bridges.contains(bridge) && bridges.size() >= MAX_BRIDGES) {
            warning.warn("The brewery " + brewery + " holds more than " + MAX_BRIDGES + " bridges");
            return;
        }
        bridges.add(bridge);
        BridgeReportParser.Parsed parsed = BridgeReportParser.parse(stats.get());
        seen.accept(bridge);
        inbox.bridgeReported(bridge, parsed.report(), parsed.malformed());
    }

    /** What happens in the brewery, moved into this listener's queue. */
    private final class BreweryEvents implements MucSession.Events {
        @Override
        public void joined(RoomForm form, List<Presence> occupants) {
            tasks.execute(() -> inside(occupants));
        }

        @Override
        public void joinFailed(String reason) {
            tasks.execute(() -> tryAgain(reason));
        }

        @Override
        public void present(Presence presence) {
            tasks.execute(() -> {
                if (joined) {
                    report(presence);
                }
            });
        }

        @Override
        public void left(Presence presence) {
            tasks.execute(() -> BreweryListener.this.left(bridge(presence)));
        }

        @Override
        public void lost(RoomLoss loss) {
            tasks.execute(() -> tryAgain("it was left: " + loss));
        }
    }
}
