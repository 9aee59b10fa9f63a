package org.confocal.xmpp.exchange;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.confocal.focus.journal.Journal;
import org.confocal.xmpp.exchange.StreamLedger.Terms;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of a way in, over all its connections, from when this process acts. Before that there is none: the journal may be
 * another process' and is not asked for anything. {@link #lost}, {@link #found} and {@link #isTooEarly} on one thread, the
 * rest on any.
 */
public final class StreamBooks {

    private final String name;
    private final Journal journal;
    private final StreamLedger.Listener listener;
    private final AtomicReference<@Nullable StreamLedger> ledger = new AtomicReference<>();
    private final StreamLoss loss = new StreamLoss();

    /**
     * Not open.
     *
     * @param name of the stream in the journal
     */
    public StreamBooks(String name, Journal journal, StreamLedger.Listener listener) {
        this.name = name;
        this.journal = journal;
        this.listener = listener;
    }

    /**
     * The stream is this process' own to take from now on.
     *
     * @param goesOn asked, before anybody can see the books, whether to go on with the stream that the last process left
     */
    public void open(Predicate<Terms> goesOn) {
        StreamLedger fresh = new StreamLedger(name, journal, listener);
        if (!fresh.terms().map(goesOn::test).orElse(true)) {
            fresh.end();
        }
        ledger.set(fresh);
    }

    public boolean isOpen() {
        return ledger.get() != null;
    }

    /** False for ever once another process has taken over. */
    public boolean isOwned() {
        return !isOpen() || journal.owned();
    }

    /** @throws NullPointerException unless they are open */
    public StreamLedger ledger() {
        return Objects.requireNonNull(ledger.get(), "the books are not open");
    }

    /** What the stream can be resumed with, where there is one. */
    public Optional<Terms> terms() {
        return isOpen() ? ledger().terms() : Optional.empty();
    }

    /** How long the server holds the stream; empty where it does not. */
    public Optional<Duration> held() {
        return terms().map(Terms::hold);
    }

    /** See {@link StreamLedger#send}; fails before the books are open. */
    public void send(String text, Runnable onFailure) {
        if (isOpen()) {
            ledger().send(text, onFailure);
        } else {
            onFailure.run();
        }
    }

    /** Calls back when all that was sent has been handed to the connection. */
    public void whenSent(Runnable then) {
        journal.change(() -> journal.whenKept(then));
    }

    /** Calls back when all that has come in is settled and kept. */
    public void whenSettled(Runnable then) {
        if (isOpen()) {
            ledger().whenSettled(then);
        } else {
            then.run();
        }
    }

    /** See {@link StreamLedger#resumed}; where that cannot be, the stream is lost. */
    public boolean resumed(long count, StreamLedger.Output to) {
        return ledger().resumed(count, to) || lose();
    }

    /** The server has so many; false where that cannot be, and the stream is lost with it. */
    public boolean acknowledged(long count) {
        return ledger().acknowledged(count) || lose();
    }

    private boolean lose() {
        end();
        return false;
    }

    /** The connection is gone. */
    public void interrupt() {
        if (isOpen()) {
            ledger().interrupt();
        }
    }

    /** Nobody goes on with the stream. */
    public void end() {
        if (isOpen()) {
            ledger().end();
        }
    }

    /** The stream has ended, and perhaps because another connection has taken its place. */
    public void lost(boolean replaced) {
        loss.lost(replaced);
    }

    /** There is a stream again. */
    public void found() {
        loss.over();
    }

    /** Whether the stream may be another process' by right; where it may, ask again later. */
    public boolean isTooEarly() {
        return loss.tooEarly(journal);
    }
}
