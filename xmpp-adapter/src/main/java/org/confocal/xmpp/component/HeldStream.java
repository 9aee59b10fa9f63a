package org.confocal.xmpp.component;

import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import org.confocal.xmpp.StateListener.ConnectionState;
import org.confocal.xmpp.exchange.StreamBooks;
import org.confocal.xmpp.exchange.StreamLedger;
import org.confocal.xmpp.exchange.StreamLedger.Terms;
import org.slf4j.Logger;

/** What server and component tell each other of the stream. On the connection's thread, {@link #changed} excepted. */
final class HeldStream {

    private final ComponentConfig config;
    private final StreamBooks books;
    private final Logger log;
    private final Counts counts;
    private boolean saidThatNothingIsHeld;

    HeldStream(ComponentConfig config, StreamBooks books, Logger log, ScheduledExecutorService thread) {
        this.config = config;
        this.books = books;
        this.log = log;
        this.counts = new Counts(thread);
    }

    /** What to go on with. */
    Optional<Hold.Resumption> resumption() {
        return books.terms()
                .map(terms -> new Hold.Resumption(terms.id(), books.ledger().resume()));
    }

    /** A connection stands. Returns what that is to those above; empty where it has to end at once. */
    Optional<ConnectionState> begin(ComponentSession session, Hold.Answer answer) {
        StreamLedger ledger = books.ledger();
        StreamLedger.Output output = (text, onFailure) -> {
            session.write(text, onFailure);
            counts.changed();
        };
        return switch (answer) {
            case Hold.Answer.Resumed resumed -> {
                if (!books.resumed(resumed.handled(), output)) {
                    yield Optional.empty();
                }
                counts.begin(new Counts.Stream(session, ledger));
                yield Optional.of(ConnectionState.RESUMED);
            }
            case Hold.Answer.Enabled enabled -> {
                String address = config.self().toString();
                ledger.begin(new Terms(enabled.id(), "", address, enabled.hold()), output);
                counts.begin(new Counts.Stream(session, ledger));
                yield Optional.of(ConnectionState.CONNECTED);
            }
            case Hold.Answer.Refused refused -> {
                notHeld("Prosody refuses to hold its stream: " + refused.condition());
                ledger.beginUncounted(output);
                yield Optional.of(ConnectionState.CONNECTED);
            }
            case Hold.Answer.Unknown unknown -> {
                notHeld("Component \"" + config.domain() + "\" in Prosody has no confocal_hold");
                ledger.beginUncounted(output);
                yield Optional.of(ConnectionState.CONNECTED);
            }
        };
    }

    private void notHeld(String why) {
        if (!saidThatNothingIsHeld) {
            saidThatNothingIsHeld = true;
            log.warn(
                    "{}: rooms will notice when Confocal is restarted, since {}; see mod_confocal_hold in docs/install.md",
                    config,
                    why);
        }
    }

    /** Something has come in for good, or was sent. Any thread. */
    void changed() {
        counts.changed();
    }

    /** Tells the server at once how many have come in for good. */
    void sayCount() {
        counts.say();
    }

    /** The connection is gone. */
    void interrupt() {
        counts.stop();
        books.interrupt();
    }
}
