package org.confocal.focus.runtime;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.journal.Journal;
import org.confocal.focus.journal.RecordJson;
import org.confocal.focus.journal.RecordNumbers;
import org.confocal.focus.journal.RecordSink;
import org.confocal.focus.serial.Receipt;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.RoomId;

/**
 * Keeps one conference for a successor: its state, which run of its room it is, and how far it had heard. A stanza that was
 * handled and not acknowledged before the process ended comes again, and is not handled twice. Used by the actor's thread
 * only.
 *
 * @param <S> the machine's state
 */
final class ConferenceJournal<S> {
    /** All conferences are below it, each below its room. */
    static final String CONFERENCES = "conference/";

    /** The only record of a conference that could not be taken up, until another one begins in its room. */
    static final String STARTS_OVER = "starts-over";

    private static final String RUN = "run";
    private static final String HEARD = "heard";
    private static final String SEAT = "seat/";

    private final Journal journal;
    private final RecordSink sink;
    private final StateKeeper<S> keeper;
    private final Run run;
    private final Map<EndpointId, Instant> seats = new HashMap<>();
    private boolean begun;
    private long heard;
    private long heardKept;

    /**
     * What does not change while the conference lasts.
     *
     * @param number tells it from those before and after it in the same room
     * @param pinnedVersion the bridge version it is bound to
     */
    record Run(int number, Optional<String> pinnedVersion) {
        static Run read(Map<String, byte[]> records) {
            return RecordJson.read(record(records, RUN), Run.class);
        }
    }

    private record Seat(EndpointId id, Instant since) {}

    private ConferenceJournal(Journal journal, RoomId room, StateKeeper<S> keeper, Run run, long heard) {
        this.journal = journal;
        this.sink = journal.below(CONFERENCES + room.value() + "/");
        this.keeper = keeper;
        this.run = run;
        this.heard = heard;
        this.heardKept = heard;
    }

    /** Of a conference that begins. */
    static <S> ConferenceJournal<S> fresh(Journal journal, RoomId room, StateKeeper<S> keeper, Run run) {
        return new ConferenceJournal<>(journal, room, keeper, run, 0);
    }

    /**
     * Of a conference that was kept.
     *
     * @throws IllegalArgumentException where a record is missing or cannot be read
     */
    static <S> ConferenceJournal<S> restored(
            Journal journal, RoomId room, StateKeeper<S> keeper, Run run, Map<String, byte[]> records) {
        long heard = RecordNumbers.read("A conference's record 'heard'", record(records, HEARD), 1)[0];
        ConferenceJournal<S> restored = new ConferenceJournal<>(journal, room, keeper, run, heard);
        restored.begun = true;
        records.forEach((key, json) -> {
            if (key.startsWith(SEAT)) {
                Seat seat = RecordJson.read(json, Seat.class);
                restored.seats.put(seat.id(), seat.since());
            }
        });
        return restored;
    }

    private static byte[] record(Map<String, byte[]> records, String key) {
        byte[] json = records.get(key);
        if (json == null) {
            throw new IllegalArgumentException("A conference's record '" + key + "' is missing.");
        }
        return json;
    }

    /** Runs something of which all that it changes, and sends, is kept together. */
    void change(Runnable change) {
        journal.change(change);
    }

    /** Whether this was handled before the process ended; if not, it counts as handled from now on. */
    boolean isRepeated(ConferenceInput input) {
        return switch (input) {
            // These come straight from the stream of the rooms, in its order. All others may come twice.
            case ConferenceInput.MemberPresent i -> isHeard();
            case ConferenceInput.MemberLeft i -> isHeard();
            case ConferenceInput.JingleReceived i -> isHeard();
            case ConferenceInput.MuteRequested i -> isHeard();
            case ConferenceInput.MetadataReceived i -> isHeard();
            // Another stream counts from 1 again.
            case ConferenceInput.RoomLost i -> forgetHeard();
            case ConferenceInput.Reconnected i -> forgetHeard();
            default -> false;
        };
    }

    private boolean isHeard() {
        long number = Receipt.current().number();
        if (number == 0) {
            return false;
        }
        if (number <= heard) {
            return true;
        }
        heard = number;
        return false;
    }

    private boolean forgetHeard() {
        heard = 0;
        return false;
    }

    /** Within a change: load was reserved for somebody. */
    void seated(EndpointId id, Instant since) {
        if (journal.keeps()) {
            seats.put(id, since);
            sink.put(SEAT + id.value(), () -> RecordJson.write(new Seat(id, since)));
        }
    }

    /** Within a change: the reservation was given back. */
    void left(EndpointId id) {
        if (seats.remove(id) != null) {
            sink.remove(SEAT + id.value());
        }
    }

    /** When load was reserved for somebody; empty where that is not known. */
    Optional<Instant> seatedSince(EndpointId id) {
        return Optional.ofNullable(seats.get(id));
    }

    /** Within a change: this is the state now. */
    void keep(S state) {
        if (!journal.keeps()) {
            return;
        }
        if (!begun) {
            begun = true;
            heardKept = -1;
            sink.remove(STARTS_OVER);
            sink.put(RUN, () -> RecordJson.write(run));
        }
        if (heard != heardKept) {
            heardKept = heard;
            long now = heard;
            sink.put(HEARD, () -> RecordNumbers.write(now));
        }
        keeper.keep(state, sink);
    }

    /** Within a change: the conference is over. */
    void forget() {
        if (begun) {
            begun = false;
            sink.remove(RUN);
            sink.remove(HEARD);
            seats.keySet().forEach(id -> sink.remove(SEAT + id.value()));
            seats.clear();
            keeper.forget(sink);
        }
    }
}
