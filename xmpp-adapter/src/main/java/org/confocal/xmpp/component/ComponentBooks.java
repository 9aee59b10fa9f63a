package org.confocal.xmpp.component;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.confocal.focus.journal.Journal;
import org.confocal.xmpp.StateListener.ConnectionState;
import org.confocal.xmpp.exchange.StreamLedger;
import org.confocal.xmpp.exchange.StreamLoss;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * The ledger of the component's stream from one connection to the next, and what server and component tell each other of it.
 * On the connection's thread; {@link #open}, {@link #send}, {@link #isOwned} and {@link #isOpen} on any.
 */
final class ComponentBooks {

    /** Of the stream in the journal. */
    private static final String NAME = "component";

    private final ComponentConfig config;
    private final Journal journal;
    private final Logger log;
    private final Consumer<String> giveUp;
    private final Counts counts;
    private final AtomicReference<@Nullable StreamLedger> ledger = new AtomicReference<>();
    private final StreamLoss loss = new StreamLoss();
    private boolean saidThatNothingIsHeld;

    /** @param giveUp called with the reason when the present connection must end; on any thread */
    ComponentBooks(
            ComponentConfig config,
            Journal journal,
            Logger log,
            ScheduledExecutorService thread,
            Consumer<String> giveUp) {
        this.config = config;
        this.journal = journal;
        this.log = log;
        this.giveUp = giveUp;
        this.counts = new Counts(thread);
    }

    /** The stream is this process' own to take from now on. The journal is not asked for anything before. */
    void open() {
        StreamLedger books = new StreamLedger(NAME, journal, new StreamLedger.Listener() {
            @Override
            public void moreToAcknowledge() {
                counts.changed();
            }

            @Override
            public void givenUp(String why) {
                giveUp.accept(why);
            }
        });
        if (books.terms()
                .filter(terms -> !terms.address().equals(config.self().toString()))
                .isPresent()) {
            books.end(); // the focus has another address now
        }
        ledger.set(books);
    }

    boolean isOpen() {
        return ledger.get() != null;
    }

    /** False for ever once another process has taken over. */
    boolean isOwned() {
        return !isOpen() || journal.owned();
    }

    /** The stream has ended, and perhaps because another connection has taken its place. */
    void lost(boolean replaced) {
        loss.lost(replaced);
    }

    /** Whether the stream may be another process' by right. */
    boolean isTooEarly() {
        return loss.tooEarly(journal);
    }

    /** How long the server holds the stream; empty where it does not. */
    Optional<Duration> held() {
        return isOpen() ? ledger().terms().map(StreamLedger.Terms::hold) : Optional.empty();
    }

    private StreamLedger ledger() {
        return Objects.requireNonNull(ledger.get(), "the books are not open");
    }

    /** What to go on with. */
    Optional<Hold.Resumption> resumption() {
        return ledger().terms().map(terms -> new Hold.Resumption(terms.id(), ledger().resume()));
    }

    void send(String text, Runnable onFailure) {
        if (isOpen()) {
            ledger().send(text, onFailure);
        } else {
            onFailure.run();
        }
    }

    /** Calls back when all that was sent has been handed to the connection. */
    void whenSent(Runnable then) {
        journal.change(() -> journal.whenKept(then));
    }

    /** A connection stands. Returns what that is to those above; empty where it has to end at once. */
    Optional<ConnectionState> begin(ComponentSession session, Hold.Answer answer) {
        loss.over();
        StreamLedger.Output output = (text, onFailure) -> {
            session.write(text, onFailure);
            counts.changed();
        };
        return switch (answer) {
            case Hold.Answer.Resumed resumed -> {
                if (!ledger().resumed(resumed.handled(), output)) {
                    ledger().end();
                    yield Optional.empty();
                }
                counts.begin(Optional.of(new Counts.Stream(session, ledger())));
                yield Optional.of(ConnectionState.RESUMED);
            }
            case Hold.Answer.Enabled enabled -> {
                ledger().begin(
                                new StreamLedger.Terms(
                                        enabled.id(), "", config.self().toString(), enabled.hold()),
                                output);
                counts.begin(Optional.of(new Counts.Stream(session, ledger())));
                yield Optional.of(ConnectionState.CONNECTED);
            }
            case Hold.Answer.Refused refused ->
                Optional.of(uncounted(output, "Prosody refuses to hold its stream: " + refused.condition()));
            case Hold.Answer.Unknown unknown ->
                Optional.of(uncounted(output, "Component \"" + config.domain() + "\" in Prosody has no confocal_hold"));
        };
    }

    private ConnectionState uncounted(StreamLedger.Output output, String why) {
        if (!saidThatNothingIsHeld) {
            saidThatNothingIsHeld = true;
            log.warn(
                    "{}: rooms will notice when Confocal is restarted, since {}; see mod_confocal_hold in docs/install.md",
                    config,
                    why);
        }
        ledger().beginUncounted(output);
        counts.stop();
        return ConnectionState.CONNECTED;
    }

    /** Handles a stanza that counts. */
    void receive(Runnable handling) {
        ledger().receive(handling);
    }

    /** The server has so many; false where that cannot be, and the stream is lost. */
    boolean acknowledged(long count) {
        if (ledger().acknowledged(count)) {
            return true;
        }
        ledger().end();
        return false;
    }

    /** Tells the server how many have come in for good. */
    void sayCount() {
        counts.say();
    }

    /** The connection is gone. Returns whether the stream can go on with another. */
    boolean interrupt() {
        counts.stop();
        if (isOpen()) {
            ledger().interrupt();
        }
        return isResumable();
    }

    boolean isResumable() {
        return isOpen() && ledger().terms().isPresent();
    }

    /** Calls back when all that has come in is settled and kept. */
    void whenSettled(Runnable then) {
        if (isOpen()) {
            ledger().whenSettled(then);
        } else {
            then.run();
        }
    }

    /** Nobody goes on with this stream. */
    void end() {
        counts.stop();
        if (isOpen()) {
            ledger().end();
        }
    }
}
