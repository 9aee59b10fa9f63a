package org.confocal.focus.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.journal.Journal;
import org.confocal.focus.port.RoomGateway;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.RoomId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up conferences that the process before this one left in the journal. One whose records cannot be read is not taken
 * up half: the focus leaves its room, and its people start over.
 *
 * @param <S> the machine's state
 */
final class Restoration<S> {
    private static final Logger LOG = LoggerFactory.getLogger(Restoration.class);

    private static final Duration BETWEEN_CONFERENCES = Duration.ofMillis(2);

    private final ConferenceModel<S> model;
    private final ConferenceEdge edge;
    private final ConferenceRegistry conferences;
    private final List<RoomId> rooms = new ArrayList<>();

    Restoration(ConferenceModel<S> model, ConferenceEdge edge, ConferenceRegistry conferences) {
        this.model = model;
        this.edge = edge;
        this.conferences = conferences;
    }

    Focus.Restored restore(List<BridgeId> bridges) {
        // Reading is most of the work, needs nothing but the bytes, and people wait.
        List<Reading<S>> readings = byRoom(edge.environment().journal()).entrySet().parallelStream()
                .map(each -> read(each.getKey(), each.getValue()))
                .toList();
        int lost = 0;
        for (Reading<S> reading : readings) {
            if (!takeUp(reading)) {
                lost++;
            }
        }
        return new Focus.Restored(readings.size() - lost, lost, bridges);
    }

    /** What a conference's records say, or why they say nothing. */
    private record Reading<S>(
            RoomId room,
            Map<String, byte[]> records,
            Optional<ConferenceModel.Kept<S>> kept,
            Optional<IllegalArgumentException> unreadable) {}

    private Reading<S> read(RoomId room, Map<String, byte[]> records) {
        try {
            return new Reading<>(room, records, Optional.of(model.read(records)), Optional.empty());
        } catch (IllegalArgumentException unreadable) {
            return new Reading<>(room, records, Optional.empty(), Optional.of(unreadable));
        }
    }

    private boolean takeUp(Reading<S> reading) {
        try {
            ConferenceModel.Kept<S> kept =
                    reading.kept().orElseThrow(() -> reading.unreadable().orElseThrow());
            ConferenceActor<S> actor =
                    ConferenceActor.restored(reading.room(), model, kept, reading.records(), edge, conferences);
            actor.resume();
            conferences.restored(actor);
            rooms.add(reading.room());
            return true;
        } catch (IllegalArgumentException unreadable) {
            LOG.error("The conference in {} starts over: {}", reading.room(), unreadable.getMessage());
            leave(reading.room(), reading.records());
            return false;
        }
    }

    /** Tells the conferences that the streams are open again, one after the other: thousands of questions at once would be in the way. */
    void goOn(Focus.Farewell farewell) {
        ConferenceInput.Bridges bridges = switch (farewell) {
            case HANDED_OVER -> ConferenceInput.Bridges.CERTAIN;
            case DIED -> ConferenceInput.Bridges.DOUBTFUL;
        };
        Duration pause = Duration.ZERO;
        for (RoomId room : rooms) {
            var unused = edge.environment()
                    .scheduler()
                    .schedule(
                            () -> conferences.tell(room, new ConferenceInput.TakenUp(bridges)),
                            pause.toMillis(),
                            TimeUnit.MILLISECONDS);
            pause = pause.plus(BETWEEN_CONFERENCES);
        }
    }

    private void leave(RoomId room, Map<String, byte[]> records) {
        Journal journal = edge.environment().journal();
        journal.change(() -> {
            RoomGateway rooms = edge.ports().rooms();
            rooms.restore(room, Optional.empty(), RoomGateway.Stage.INSIDE);
            rooms.leave(room);
            records.keySet().forEach(key -> journal.remove(ConferenceJournal.CONFERENCES + room.value() + "/" + key));
        });
    }

    private static Map<RoomId, Map<String, byte[]>> byRoom(Journal journal) {
        Map<RoomId, Map<String, byte[]>> rooms =
                new TreeMap<>((a, b) -> a.value().compareTo(b.value()));
        String prefix = ConferenceJournal.CONFERENCES;
        journal.inherited().tailMap(prefix).forEach((key, value) -> {
            int end = key.indexOf('/', prefix.length());
            if (key.startsWith(prefix) && end > 0) {
                rooms.computeIfAbsent(new RoomId(key.substring(prefix.length(), end)), room -> new TreeMap<>())
                        .put(key.substring(end + 1), value);
            }
        });
        return rooms;
    }
}
