package org.confocal.focus.runtime;

import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.conference.EndReason;
import org.confocal.focus.model.ConferenceRequest;
import org.confocal.focus.model.Requester;
import org.confocal.focus.model.StanzaError;
import org.confocal.strategy.RoomId;

/**
 * The live conferences by room: makes one for the first request, at most {@link FocusLimits#conferences} at once, and forgets
 * it at its end. Called from any thread; nothing waits.
 */
final class ConferenceRegistry implements ConferenceActor.Listener {
    /** A request that meets an ending conference looks again; more often than this it never needs to. */
    private static final int ATTEMPTS = 100;

    private static final StanzaError NOT_AUTHORIZED =
            StanzaError.of(StanzaError.Condition.NOT_AUTHORIZED, "not authorized user domain");

    private final ConferenceEdge edge;
    private final BiFunction<RoomId, ConferenceActor.Listener, ConferenceActor<?>> factory;
    private final Consumer<RoomId> ended;
    private final ConcurrentMap<RoomId, ConferenceActor<?>> live = new ConcurrentHashMap<>();
    private final AtomicInteger places = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CompletableFuture<Void> emptied = new CompletableFuture<>();

    /** @param ended told of every room whose conference is over */
    ConferenceRegistry(
            ConferenceEdge edge,
            BiFunction<RoomId, ConferenceActor.Listener, ConferenceActor<?>> factory,
            Consumer<RoomId> ended) {
        this.edge = edge;
        this.factory = factory;
        this.ended = ended;
    }

    /**
     * Hands a request to its conference, which is made if need be. Answers {@code ready=false} where there are too many, and
     * not-authorized where the requester may not begin one.
     */
    void requested(ConferenceRequest request, Requester requester) {
        for (int i = 0; i < ATTEMPTS; i++) {
            Optional<ConferenceActor<?>> found = find(request.room());
            if (found.isEmpty() && !mayOpen(request.room(), requester)) {
                edge.refuse(request, NOT_AUTHORIZED);
                return;
            }
            Optional<ConferenceActor<?>> actor = found.isPresent() ? found : make(request.room());
            if (actor.isEmpty()) {
                break;
            }
            if (actor.get().tell(new ConferenceInput.Requested(request, requester)) == ConferenceActor.Told.YES) {
                return;
            }
        }
        edge.answerNotReady(request, requester.told());
    }

    /** One more that lives, from the process before this one. */
    void restored(ConferenceActor<?> actor) {
        places.incrementAndGet();
        live.put(actor.room(), actor);
        edge.counters().conferences.changed(1, edge.environment().clock().instant());
    }

    /** Guests may go back to a room whose people are all in breakout rooms (spec/02, section 2). */
    private boolean mayOpen(RoomId room, Requester requester) {
        return requester.mayOpen()
                || live.values().stream()
                        .anyMatch(actor -> actor.mainRoom().filter(room::equals).isPresent());
    }

    /** Tells one conference; false where there is none. */
    boolean tell(RoomId room, ConferenceInput input) {
        return find(room)
                .map(actor -> actor.tell(input) == ConferenceActor.Told.YES)
                .orElse(false);
    }

    void tellAll(ConferenceInput input) {
        live.values().forEach(actor -> actor.tell(input));
    }

    Optional<ConferenceActor<?>> find(RoomId room) {
        return Optional.ofNullable(live.get(room));
    }

    Collection<ConferenceActor<?>> all() {
        return live.values();
    }

    /**
     * Makes no conference any more and stops those that live.
     *
     * @return completes when the last one has ended
     */
    CompletableFuture<Void> stopAll() {
        closed.set(true);
        tellAll(new ConferenceInput.Stop(EndReason.SHUTDOWN));
        completeIfEmpty();
        return emptied.copy();
    }

    @Override
    public void ended(ConferenceActor<?> actor) {
        if (live.remove(actor.room(), actor)) {
            places.decrementAndGet();
            edge.counters().conferences.changed(-1, edge.environment().clock().instant());
            ended.accept(actor.room());
        }
        if (closed.get()) {
            completeIfEmpty();
        }
    }

    @Override
    public void requestedTooLate(ConferenceRequest request, Requester requester) {
        requested(request, requester);
    }

    private void completeIfEmpty() {
        if (live.isEmpty()) {
            emptied.complete(null);
        }
    }

    private Optional<ConferenceActor<?>> make(RoomId room) {
        if (closed.get() || !takePlace()) {
            return Optional.empty();
        }
        ConferenceActor<?> made = factory.apply(room, this);
        ConferenceActor<?> other = live.putIfAbsent(room, made);
        if (other != null) {
            places.decrementAndGet();
            return Optional.of(other);
        }
        edge.counters().conferenceRequestsNew.increment();
        edge.counters().conferencesCreated.increment();
        edge.counters().conferences.changed(1, made.startedAt());
        if (closed.get()) {
            // The stop of all may have missed this one.
            made.tell(new ConferenceInput.Stop(EndReason.SHUTDOWN));
        }
        return Optional.of(made);
    }

    private boolean takePlace() {
        int before;
        do {
            before = places.get();
            if (before >= edge.limits().conferences()) {
                return false;
            }
        } while (!places.compareAndSet(before, before + 1));
        return true;
    }
}
