package org.confocal.xmpp.component;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.confocal.xmpp.exchange.StreamLedger;

/**
 * Tells the server what has come in, and asks what it has got, a while after something has changed: so at most five times a
 * second, and never on a quiet stream. On the connection's thread, {@link #changed} excepted.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails in it is of no use to anybody
final class Counts {

    private static final Duration PACE = Duration.ofMillis(200);

    private final ScheduledExecutorService thread;
    private final AtomicBoolean due = new AtomicBoolean();
    private Optional<Stream> stream = Optional.empty();
    private long said;

    Counts(ScheduledExecutorService thread) {
        this.thread = thread;
    }

    /** A connection whose stanzas are counted, and the books. */
    record Stream(ComponentSession session, StreamLedger ledger) {}

    /** Another connection. */
    void begin(Stream counted) {
        stream = Optional.of(counted);
        said = -1;
        changed();
    }

    void stop() {
        stream = Optional.empty();
    }

    /** Something has come in for good, or was sent. Any thread. */
    void changed() {
        if (due.compareAndSet(false, true)) {
            try {
                thread.schedule(this::exchange, PACE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                due.set(false); // closed meanwhile, and nobody counts
            }
        }
    }

    private void exchange() {
        due.set(false);
        stream.ifPresent(counted -> {
            if (counted.ledger().acknowledgeable() != said) {
                say();
            }
            if (counted.ledger().unacknowledged() > 0) {
                counted.session().say(Hold.ask());
            }
        });
    }

    /** Says at once what has come in. */
    void say() {
        stream.ifPresent(counted -> {
            said = counted.ledger().acknowledgeable();
            counted.session().say(Hold.acknowledge(said));
        });
    }
}
