package org.confocal.focus.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.journal.Journal;
import org.confocal.focus.model.ConferenceRequest;
import org.confocal.focus.model.Requester;
import org.confocal.focus.port.RoomGateway;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.RoomId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up conferences that the process before this one left in the journal. One whose records cannot be read is not taken
 * up half: the focus leaves its room and comes back with a new conference. Whoever sees it leave may ask for one, too; but
 * where the room had forgotten the focus, nobody sees that.
 *
 * @param <S> the machine's state
 */
final class Restoration<S> {
    private static final Logger LOG = LoggerFactory.getLogger(Restoration.class);

    private static final Duration BETWEEN_CONFERENCES = Duration.ofMillis(2);

    private static final int MOST_LINES = 20;

    /** No HTTP exchange has this number. */
    private static final ConferenceRequest.Origin NOBODY = new ConferenceRequest.Origin.Http(0);

    private final ConferenceModel<S> model;
    private final LongSupplier seeds;
    private final ConferenceEdge edge;
    private final ConferenceRegistry conferences;
    private final List<RoomId> rooms = new ArrayList<>();
    private final Queue<RoomId> lost = new ConcurrentLinkedQueue<>();

    Restoration(ConferenceModel<S> model, LongSupplier seeds, ConferenceEdge edge, ConferenceRegistry conferences) {
        this.model = model;
        this.seeds = seeds;
        this.edge = edge;
        this.conferences = conferences;
    }

    Focus.Restored restore(List<BridgeId> bridges) {
        // Reading is most of the work, needs nothing but the bytes, and people wait.
        List<Left> left = new ArrayList<>();
        byRoom(edge.environment().journal())
                .forEach((room, records) -> left.add(new Left(room, records, seeds.getAsLong())));
        List<Reading<S>> readings = left.parallelStream().map(this::read).toList();
        for (Reading<S> reading : readings) {
            Optional<ConferenceActor<S>> actor = restored(reading);
            if (actor.filter(read -> read.resume() == ConferenceActor.Told.YES).isPresent()) {
                conferences.restored(actor.get());
                rooms.add(reading.left().room());
            } else {
                leave(reading.left().room(), reading.left().records());
                lost.add(reading.left().room());
            }
        }
        return new Focus.Restored(rooms.size(), lost.size(), bridges);
    }

    /** A conference's records, and where its next ids come from. */
    private record Left(RoomId room, Map<String, byte[]> records, long seed) {}

    /** What a conference's records say, or why they say nothing. */
    private record Reading<S>(
            Left left, Optional<ConferenceModel.Kept<S>> kept, Optional<RuntimeException> unreadable) {}

    private Reading<S> read(Left left) {
        try {
            return new Reading<>(left, Optional.of(model.read(left.records(), left.seed())), Optional.empty());
        } catch (RuntimeException unreadable) {
            // What is damaged may be readable and make no sense: nothing that it throws may keep the others from going
            // on.
            return new Reading<>(left, Optional.empty(), Optional.of(unreadable));
        }
    }

    private Optional<ConferenceActor<S>> restored(Reading<S> reading) {
        RoomId room = reading.left().room();
        try {
            ConferenceModel.Kept<S> kept =
                    reading.kept().orElseThrow(() -> reading.unreadable().orElseThrow());
            return Optional.of(
                    ConferenceActor.restored(room, model, kept, reading.left().records(), edge, conferences));
        } catch (RuntimeException unreadable) {
            if (lost.size() < MOST_LINES) {
                LOG.error("The conference in {} starts over: {}", room, unreadable.getMessage());
            }
            return Optional.empty();
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
            in(pause, () -> conferences.tell(room, new ConferenceInput.TakenUp(bridges)));
            pause = pause.plus(BETWEEN_CONFERENCES);
        }
    }

    /** Rooms can be joined: what could not be taken up starts over. Any thread. */
    void connected() {
        Duration pause = Duration.ZERO;
        for (RoomId room = lost.poll(); room != null; room = lost.poll()) {
            RoomId next = room;
            in(pause, () -> conferences.requested(request(next), new Requester.Anybody()));
            pause = pause.plus(BETWEEN_CONFERENCES);
        }
    }

    private static ConferenceRequest request(RoomId room) {
        return new ConferenceRequest(
                NOBODY, room, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
    }

    private void in(Duration pause, Runnable then) {
        var unused = edge.environment().scheduler().schedule(then, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void leave(RoomId room, Map<String, byte[]> records) {
        Journal journal = edge.environment().journal();
        journal.change(() -> {
            RoomGateway rooms = edge.ports().rooms();
            rooms.restore(room, Optional.empty(), RoomGateway.Stage.INSIDE);
            rooms.leave(room);
            String below = ConferenceJournal.CONFERENCES + room.value() + "/";
            records.keySet().forEach(key -> journal.remove(below + key));
            journal.put(below + ConferenceJournal.STARTS_OVER, () -> new byte[0]);
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
