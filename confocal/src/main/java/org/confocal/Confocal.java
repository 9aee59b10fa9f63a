package org.confocal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.confocal.config.FocusSettings;
import org.confocal.config.JournalSettings;
import org.confocal.focus.journal.Journal;
import org.confocal.focus.view.FocusView;
import org.confocal.journal.Candidate;
import org.confocal.journal.Succession;
import org.confocal.journal.SuccessionRefused;
import org.confocal.journal.Superseded;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running focus, to be embedded. Several may run in one process. All methods may be called from any thread.
 *
 * <p>It starts whether Prosody is there or not, and connects when it comes. With a journal it goes on where the process before
 * it stopped, and can be gone on with by the next one: docs/operations.md, "Restarting the focus".
 */
public final class Confocal implements AutoCloseable {
    /** As long as Jicofo's users wait for its container to stop. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(Confocal.class);

    private final FocusParts parts;
    private final WebSide web;
    private final Optional<Succession> succession;
    private final Optional<Standby> standby;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean lostToMachine;

    /** @param standby where other machines could act too */
    Confocal(FocusParts parts, WebSide web, Optional<Succession> succession, Optional<Standby> standby) {
        this.parts = parts;
        this.web = web;
        this.succession = succession;
        this.standby = standby;
    }

    /**
     * Starts a focus. Returns as soon as HTTP is served; Prosody is connected to in the background, for as long as it takes.
     * Where another process has the journal, it is asked to hand over first. Where other machines share it, returns when it
     * is this one's turn, which may be weeks later; an interrupt ends that.
     *
     * @throws IOException where an HTTP address cannot be listened on, a TLS file or the journal's directory cannot be used, or
     *     the process that has the journal does not give it away
     * @throws IllegalArgumentException where a bridge selection strategy or the placement policy does not exist, or one that needs others lacks them
     */
    public static Confocal start(FocusSettings settings) throws IOException {
        return started(
                settings.journal().isPresent()
                        ? takeOver(settings, settings.journal().get(), Candidate.Manner.ASKS)
                        : begin(settings));
    }

    /**
     * Starts a focus that waits until the process that has the journal has ended, however it ends, and then goes on in its
     * place; at once where there is none. Returns then, which may be weeks later; an interrupt ends that.
     *
     * @throws IOException as {@link #start}, and where the journal cannot be used or its process writes what this version cannot
     *     read
     * @throws IllegalArgumentException as {@link #start}, and where the settings have no journal
     */
    public static Confocal startAsSpare(FocusSettings settings) throws IOException {
        JournalSettings journal = settings.journal()
                .orElseThrow(
                        () -> new IllegalArgumentException("A spare waits beside a journal: set jicofo.journal.path."));
        return started(takeOver(settings, journal, Candidate.Manner.WAITS));
    }

    private static Confocal started(Confocal confocal) {
        log.info("Confocal {} started.", Version.current());
        return confocal;
    }

    /** A journal that cannot be used is no reason for people to do without conferences. */
    private static Confocal takeOver(FocusSettings settings, JournalSettings where, Candidate.Manner manner)
            throws IOException {
        Takeover takeover = new Takeover(settings, where, manner);
        Succession mine;
        try {
            mine = takeover.succeed();
        } catch (SuccessionRefused | Superseded | InterruptedIOException refused) {
            throw refused;
        } catch (IOException unusable) {
            if (where.redis().isPresent() || manner == Candidate.Manner.WAITS) {
                // Another one can act instead; this one would do so without having asked.
                throw new IOException(
                        "The journal in %s cannot be used: %s".formatted(where.directory(), unusable), unusable);
            }
            log.error(
                    "The journal in {} cannot be used, so that everybody will notice a restart: {}",
                    where.directory(),
                    unusable.toString());
            return begin(settings);
        }
        return takeover.begin(mine);
    }

    private static Confocal begin(FocusSettings settings) throws IOException {
        Connections connections = Connections.of(settings.xmpp(), Version.current(), Journal.NONE);
        FocusParts parts = new FocusParts(settings, connections, Journal.NONE);
        WebSide web = new WebSide(settings, parts, List.of());
        Confocal confocal = new Confocal(parts, web, Optional.empty(), Optional.empty());
        try {
            web.start();
        } catch (IOException cannotListen) {
            confocal.close();
            throw cannotListen;
        }
        parts.connect();
        return confocal;
    }

    /** Where HTTP is served; empty where it is switched off. */
    public OptionalInt httpPort() {
        return web.port();
    }

    /** What is going on. */
    public FocusView view() {
        return parts.focus();
    }

    /** Waits until the focus has been closed, or another process has taken over. */
    public void awaitStop() throws InterruptedException {
        ended.await();
    }

    /** Whether it has ended because another machine goes on: who starts it again has a standby. */
    public boolean isLostToAnotherMachine() {
        return lostToMachine;
    }

    /**
     * Expires all conferences on their bridges, leaves the rooms, closes the connections and the HTTP server, and ends all
     * threads. Takes five seconds at most for the conferences. A second call does nothing.
     */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        web.down();
        parts.stop(PATIENCE);
        web.close();
        parts.close();
        succession.ifPresent(Succession::leave);
        standby.ifPresent(Standby::close);
        log.info("Confocal stopped.");
        ended.countDown();
    }

    /**
     * Ends without a word to anybody, so that another process can go on with the conferences as long as the server holds the
     * streams. Takes five seconds at most. Without a journal this is {@link #close}. A second call of either does nothing.
     */
    public void leave() {
        if (succession.isEmpty()) {
            close();
            return;
        }
        if (closed.getAndSet(true)) {
            return;
        }
        web.down();
        try {
            parts.letGo().get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException notSettled) {
            log.warn(
                    "Not all that came in could be settled: the next process is told of the rest again: {}",
                    notSettled.toString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        succession.get().leave();
        vanish();
        standby.ifPresent(Standby::close);
        log.info("Confocal left its conferences to the next process.");
        ended.countDown();
    }

    /** Another process acts: nothing is said any more, not even to the journal. */
    void replaced() {
        if (closed.getAndSet(true)) {
            return;
        }
        lostToMachine = succession.map(Succession::isMachines).orElse(false);
        web.down();
        parts.fallSilent();
        vanish();
        succession.ifPresent(Succession::close);
        standby.ifPresent(Standby::close);
        ended.countDown();
    }

    private void vanish() {
        web.close();
        parts.vanish();
    }

    FocusParts parts() {
        return parts;
    }
}
