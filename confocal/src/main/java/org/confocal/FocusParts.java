package org.confocal;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.confocal.config.FocusSettings;
import org.confocal.focus.journal.Journal;
import org.confocal.focus.port.FocusPorts;
import org.confocal.focus.runtime.ConferenceMachineModel;
import org.confocal.focus.runtime.Focus;
import org.confocal.focus.runtime.FocusEnvironment;
import org.confocal.focus.runtime.FocusThreads;
import org.confocal.strategy.BridgeSelectionStrategy;
import org.confocal.xmpp.Handover;
import org.confocal.xmpp.gateway.Timers;
import org.confocal.xmpp.gateway.XmppFocusAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The focus between its streams and its threads. Built, restored where there is something to go on with, then connected. */
final class FocusParts {
    private static final Logger log = LoggerFactory.getLogger(Confocal.class);

    private final Connections connections;
    private final BridgeSelectionStrategy strategy;
    private final FocusThreads threads;
    private final XmppFocusAdapter adapter;
    private final Focus focus;

    /** @throws IllegalArgumentException where a strategy or policy does not exist, or lacks what it needs */
    FocusParts(FocusSettings settings, Connections connections, Journal journal) {
        this(settings, connections, journal, "focus");
    }

    /** @param name in front of the threads' names */
    FocusParts(FocusSettings settings, Connections connections, Journal journal, String name) {
        this.connections = connections;
        strategy = settings.selection().create();
        threads = FocusThreads.forThisMachine(name);
        FocusEnvironment environment = new FocusEnvironment(
                InstantSource.system(), threads.workers(), threads.scheduler(), new SecureRandom(), journal);
        adapter = new XmppFocusAdapter(
                Wiring.adapterConfig(settings, Version.current()),
                connections.main(),
                connections.service(),
                Timers.over(threads.scheduler()),
                InstantSource.system(),
                journal);
        focus = new Focus(
                Wiring.focusConfig(settings, strategy),
                new ConferenceMachineModel(settings.conference(), settings.cascades()),
                new FocusPorts(adapter.rooms(), adapter.participants(), adapter.bridges(), adapter.answers()),
                environment);
        adapter.attach(focus);
    }

    Focus focus() {
        return focus;
    }

    BridgeSelectionStrategy strategy() {
        return strategy;
    }

    /** The address that rooms know the focus by. */
    String address() {
        return connections.main().self().toString();
    }

    /** Goes on with what the journal inherited. Before {@link #connect}. */
    void restore() {
        Focus.Restored restored = focus.restore();
        if (restored.conferences() + restored.lost() == 0 && restored.bridges().isEmpty()) {
            return;
        }
        adapter.restore(restored.bridges());
        log.info(
                "Going on with {} conferences and {} bridges of the process before this one; {} conferences start over",
                restored.conferences(),
                restored.bridges().size(),
                restored.lost());
    }

    /** Connects, or takes the streams over where they wait for it. */
    void connect() {
        adapter.start();
    }

    /** Asks again what the process before this one had asked. After {@link #connect}. */
    void goOn(Focus.Farewell farewell) {
        focus.goOn(farewell);
    }

    /** Takes in and sends nothing more; completes when all that came in is settled and kept. */
    CompletableFuture<Void> letGo() {
        return connections.letGo();
    }

    /** Ends all conferences: bridges expire them, rooms are left. */
    void stop(Duration patience) {
        try {
            int left = focus.stop(patience);
            if (left > 0) {
                log.warn("{} conferences did not end within {} s.", left, patience.toSeconds());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** As {@link #letGo}, for nobody who waits. */
    void fallSilent() {
        var unused = letGo();
    }

    /** Acts again after {@link #letGo}. */
    void takeBack() {
        connections.streams().forEach(Handover::takeBack);
    }

    /** After {@link #letGo}: ends without a word to anybody, and without acting on the end of its own streams. */
    void vanish() {
        threads.halt();
        close();
    }

    /** Closes the streams and ends all threads. */
    void close() {
        adapter.close();
        threads.close();
    }
}
