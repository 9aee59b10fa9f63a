package org.confocal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.confocal.config.FocusSettings;
import org.confocal.config.JournalSettings;
import org.confocal.focus.runtime.Focus;
import org.confocal.health.Figure;
import org.confocal.health.HealthServer;
import org.confocal.journal.Beginning;
import org.confocal.journal.Candidate;
import org.confocal.journal.Incumbent;
import org.confocal.journal.Succession;
import org.confocal.journal.SuccessionSettings;
import org.confocal.journal.WarmUp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins where the process before this one stops. While that one still acts, this one gets ready: the connections log in, and
 * its conferences are read in rehearsal, so that everything that a young process does slowly has been done once. One for each
 * begin.
 */
final class Takeover {
    private static final Logger log = LoggerFactory.getLogger(Confocal.class);

    /** So long the process before this one may take to close its HTTP server. */
    private static final Duration ADDRESSES = Duration.ofSeconds(10);

    private static final Duration RETRY = Duration.ofMillis(50);

    /** So long a process of this machine that begins to act may take to listen before one that waits does. */
    private static final Duration BEFORE_WAITING_PAGE = Duration.ofSeconds(15);

    /** So long a login may take before the process that acts is left in peace. */
    private static final Duration LOGIN = Duration.ofSeconds(20);

    private final FocusSettings settings;
    private final SuccessionSettings succession;
    private final LateJournal journal = new LateJournal();
    private final Connections connections;
    private final Candidate.Manner manner;
    private final WaitingPage page;
    private final Optional<Standby> standby;
    private final Rehearsals rehearsals;
    private final CompletableFuture<Confocal> begun = new CompletableFuture<>();

    /** @throws IOException where other machines share the journal, and this one's name cannot be kept beside it */
    Takeover(FocusSettings settings, JournalSettings where, Candidate.Manner manner) throws IOException {
        this.settings = settings;
        this.manner = manner;
        this.succession = new SuccessionSettings(
                where.directory(), where.durability(), where.tuning(), where.patience(), Duration.ofSeconds(5));
        this.standby = where.redis().isPresent()
                ? Optional.of(new Standby(
                        where.redis().get(),
                        where.directory(),
                        new RareRehearsal(present -> Rehearsal.of(settings, present))))
                : Optional.empty();
        this.rehearsals = new Rehearsals(settings);
        this.page = new WaitingPage(
                this::waitingServer, manner == Candidate.Manner.WAITS ? BEFORE_WAITING_PAGE : Duration.ZERO);
        this.connections = Connections.of(settings.xmpp(), Version.current(), journal);
    }

    /**
     * Waits until the journal is this process'.
     *
     * @throws IOException where it cannot be used, or its process does not give it away
     */
    Succession succeed() throws IOException {
        CompletableFuture<Void> loggedIn = connections.prepare();
        WarmUp warmUp = switch (manner) {
            case ASKS -> present -> getReady(present, loggedIn);
            // It waits long enough to log in, and waits on while Prosody is not there.
            case WAITS -> rehearsals::with;
        };
        Candidate candidate = new Candidate(manner, warmUp, this::waits, this::lost);
        try {
            return standby.isPresent()
                    ? Succession.open(succession, candidate, standby.get().machines())
                    : Succession.open(succession, candidate);
        } catch (IOException | RuntimeException refused) {
            giveUp();
            throw refused;
        } catch (InterruptedException interrupted) {
            giveUp();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while another process acts");
        }
    }

    private void waits() {
        log.info("Waits as a standby: another process acts, or may act.");
        if (settings.http().enabled()) {
            page.waits();
        }
        if (manner == Candidate.Manner.ASKS) {
            // It waits for another machine's turn, and watches that itself.
            rehearsals.aside();
        }
    }

    private HealthServer waitingServer() {
        return HealthServer.standby(Wiring.httpConfig(settings.http()), InstantSource.system(), standbyFigures());
    }

    private List<Figure> standbyFigures() {
        List<Figure> all = new ArrayList<>();
        all.add(new Figure(
                "confocal.standby",
                "1 while another process or machine acts",
                Figure.Kind.GAUGE,
                () -> page.isWaiting() ? 1 : 0));
        standby.ifPresent(present -> all.addAll(present.figures()));
        return all;
    }

    private void giveUp() {
        rehearsals.close();
        page.close();
        connections.close();
        standby.ifPresent(Standby::close);
    }

    private void lost() {
        var unused = begun.thenAccept(confocal -> onAnotherThread(confocal::replaced));
    }

    /** Goes on with what the journal inherited. */
    Confocal begin(Succession mine) throws IOException {
        rehearsals.close();
        journal.open(mine.journal());
        FocusParts parts = new FocusParts(settings, connections, journal);
        parts.restore();
        parts.connect();
        parts.goOn(farewell(mine.beginning()));
        page.close();
        WebSide web = webSide(parts, mine);
        Confocal confocal = new Confocal(parts, web, Optional.of(mine), standby);
        mine.serve(new Acting(confocal));
        begun.complete(confocal);
        return confocal;
    }

    private void getReady(SortedMap<String, byte[]> present, CompletableFuture<Void> loggedIn) throws Exception {
        rehearsals.with(present);
        try {
            loggedIn.get(LOGIN.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            throw new IOException("No login to the XMPP server within " + LOGIN.toSeconds() + " s", late);
        }
    }

    private static Focus.Farewell farewell(Beginning beginning) {
        return switch (beginning) {
            case HANDED_OVER -> Focus.Farewell.HANDED_OVER;
            case FRESH, AFTER_END, FENCED -> Focus.Farewell.DIED;
        };
    }

    /** The process before this one may still be listening; it closes its server when it has let go. */
    private WebSide webSide(FocusParts parts, Succession mine) throws IOException {
        long until = System.nanoTime() + ADDRESSES.toNanos();
        while (true) {
            WebSide web = new WebSide(settings, parts, figures(mine));
            try {
                web.start();
                return web;
            } catch (IOException taken) {
                if (mine.beginning() == Beginning.FRESH || System.nanoTime() > until) {
                    new Confocal(parts, web, Optional.of(mine), standby).leave();
                    throw taken;
                }
                pause();
            }
        }
    }

    private List<Figure> figures(Succession mine) {
        List<Figure> all = new ArrayList<>(new JournalFigures(mine.journal()::meters).all());
        all.addAll(standbyFigures());
        return all;
    }

    private static void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(RETRY.toNanos());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void onAnotherThread(Runnable task) {
        Thread.ofPlatform().name("replaced").start(task);
    }

    /** This process, while it acts and another one asks for its place. */
    private record Acting(Confocal confocal) implements Incumbent {
        @Override
        public CompletionStage<Void> letGo() {
            log.info("Another process asks to go on: letting go.");
            return confocal.parts().letGo();
        }

        @Override
        public void takeBack() {
            log.warn("The process that was to go on is gone: acting again.");
            confocal.parts().takeBack();
        }

        @Override
        public void done() {
            log.info("Another process goes on: this one ends.");
            onAnotherThread(confocal::replaced);
        }
    }
}
