package org.confocal.focus.runtime;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.conference.TimerKey;
import org.confocal.focus.serial.Receipt;
import org.confocal.focus.serial.SerialMailbox;
import org.confocal.focus.serial.Timers;
import org.confocal.strategy.EndpointId;
import org.jspecify.annotations.Nullable;

/**
 * The mailbox of one conference, and what happens when it is full. Put in from any thread, taken out serially.
 *
 * <p>At its bound ({@link FocusLimits#mailbox}) it refuses requests and IQs: the caller answers them. A member's presence is
 * the whole of what that member says, so a newer one takes the place of one that waits; one place a member is kept for that
 * beyond the bound. Departures, timers, and answers to the focus's own questions are always taken: there are not more of them
 * than members, timers and questions. A conference that is twice its bound behind is not going to catch up, and an answer that
 * it does not get would leave it waiting for ever: it is told by {@link Mail.Overrun}, and ends. What was refused or replaced
 * is counted.
 */
final class ConferenceMailbox {

    /** What comes out. */
    sealed interface Mail {
        record Input(ConferenceInput input) implements Mail {}

        record TimerDue(Timers.Due<TimerKey> due) implements Mail {}

        /** Twice the bound was reached. */
        record Overrun() implements Mail {}

        /** A place in the queue that a member's newest presence goes to. */
        final class Newest implements Mail {
            private final AtomicReference<@Nullable Held> presence;

            private Newest(ConferenceInput.MemberPresent presence) {
                this.presence = new AtomicReference<>(Held.now(presence));
            }

            /** False where the place has been taken out already. */
            private boolean replace(ConferenceInput.MemberPresent newer) {
                Held held = Held.now(newer);
                Held seen;
                do {
                    seen = presence.get();
                    if (seen == null) {
                        held.receipt().release();
                        return false;
                    }
                } while (!presence.compareAndSet(seen, held));
                seen.receipt().release();
                return true;
            }

            private @Nullable Held close() {
                return presence.getAndSet(null);
            }
        }

        /** A presence that waits in a place, with what it came in by. */
        record Held(ConferenceInput.MemberPresent presence, Receipt receipt) {
            private static Held now(ConferenceInput.MemberPresent presence) {
                return new Held(presence, Receipt.current().retain());
            }
        }
    }

    /** Whether something was put in. */
    enum Delivery {
        TAKEN,
        REFUSED
    }

    private final SerialMailbox<Mail> queue;
    private final ConcurrentMap<EndpointId, Mail.Newest> places = new ConcurrentHashMap<>();
    private final AtomicBoolean overrun = new AtomicBoolean();
    private final LongAdder dropped;

    /**
     * An empty mailbox.
     *
     * @param dropped counts what was refused or replaced
     * @param consumer gets {@link Mail.Input}, {@link Mail.TimerDue} and {@link Mail.Overrun} only
     */
    ConferenceMailbox(Executor pool, int bound, LongAdder dropped, Consumer<Mail> consumer) {
        this.dropped = dropped;
        this.queue = new SerialMailbox<>(pool, bound, 2 * bound, mail -> open(mail, consumer));
    }

    /** Refused means: not put in and, where it was an {@link Admission.Answered}, to be answered by the caller. */
    Delivery put(ConferenceInput input) {
        return switch (Admission.of(input)) {
            case Admission.Answered answered -> queue.offer(new Mail.Input(input)) ? Delivery.TAKEN : refused();
            case Admission.Presence presence -> present(new ConferenceInput.MemberPresent(presence.presence()));
            case Admission.Leave leave -> {
                // What comes after this departure must not slip into a place before it.
                places.remove(leave.id());
                yield forced(new Mail.Input(input));
            }
            case Admission.Fact fact -> forced(new Mail.Input(input));
        };
    }

    Delivery due(Timers.Due<TimerKey> due) {
        return forced(new Mail.TimerDue(due));
    }

    int size() {
        return queue.size();
    }

    private Delivery present(ConferenceInput.MemberPresent present) {
        EndpointId id = present.presence().id();
        Mail.Newest waiting = places.get(id);
        if (waiting != null && waiting.replace(present)) {
            dropped.increment();
            return Delivery.TAKEN;
        }
        if (queue.offer(new Mail.Input(present))) {
            return Delivery.TAKEN;
        }
        Mail.Newest place = new Mail.Newest(present);
        places.put(id, place);
        return forced(place);
    }

    private Delivery forced(Mail mail) {
        if (queue.force(mail)) {
            return Delivery.TAKEN;
        }
        overrun.set(true);
        return refused();
    }

    private Delivery refused() {
        dropped.increment();
        return Delivery.REFUSED;
    }

    private void open(Mail mail, Consumer<Mail> consumer) {
        if (overrun.get() && overrun.getAndSet(false)) {
            consumer.accept(new Mail.Overrun());
        }
        if (mail instanceof Mail.Newest place) {
            Mail.Held newest = place.close();
            if (newest != null) {
                places.remove(newest.presence().presence().id(), place);
                try {
                    newest.receipt().during(() -> consumer.accept(new Mail.Input(newest.presence())));
                } finally {
                    newest.receipt().release();
                }
            }
        } else {
            consumer.accept(mail);
        }
    }
}
