package org.confocal.focus.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Predicate;
import org.confocal.focus.view.Decision;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.BridgeSnapshot;
import org.confocal.strategy.FleetSnapshot;
import org.confocal.strategy.RoomId;
import org.confocal.strategy.Selection;
import org.confocal.strategy.SelectionRequest;

/**
 * The last decisions, so many and no more. Added and read from any thread, without waiting.
 *
 * <p>Who decides only leaves what it has in its hands: the answer, and the fleet before and after. What an explanation says
 * beyond that is worked out within {@link #SETTLED_WITHIN} by a worker, or by whoever reads it earlier, and then no fleet is
 * kept any more: a fleet of a thousand bridges says everything anew every few seconds, and a thousand of them would not
 * share much.
 */
public final class DecisionRing {
    static final Duration SETTLED_WITHIN = Duration.ofSeconds(1);

    private final AtomicReferenceArray<Kept> ring;
    private final AtomicLong last = new AtomicLong();
    private final AtomicBoolean settling = new AtomicBoolean();
    private final ScheduledExecutorService scheduler;
    private final Executor workers;

    /** @param capacity how many are kept; 0 for none */
    DecisionRing(int capacity, ScheduledExecutorService scheduler, Executor workers) {
        this.ring = new AtomicReferenceArray<>(capacity);
        this.scheduler = scheduler;
        this.workers = workers;
    }

    private sealed interface Kept {
        long id();

        Decision decision();
    }

    private record Fresh(long id, SelectionRequest request, Selection selection, Optional<Change> change)
            implements Kept {
        @Override
        public Decision decision() {
            return explained(id, request, selection, change);
        }
    }

    private record Settled(Decision decision) implements Kept {
        @Override
        public long id() {
            return decision.id();
        }
    }

    /** A reservation on a bridge: {@code after} took the place of {@code before} by it. */
    record Change(BridgeId bridge, FleetSnapshot before, FleetSnapshot after) {
        private Decision.Reservation reservation(Instant at) {
            return new Decision.Reservation(
                    stress(before, at),
                    stress(after, at),
                    before.countingReservations(bridge, at),
                    after.countingReservations(bridge, at));
        }

        private double stress(FleetSnapshot fleet, Instant at) {
            return fleet.bridge(bridge)
                    .map((BridgeSnapshot known) -> fleet.stress(known, at))
                    .orElse(0.0);
        }
    }

    /** All that can be said about a decision, without the fleets that it was made in. */
    static Decision explained(long id, SelectionRequest request, Selection selection, Optional<Change> change) {
        return new Decision(
                id,
                request.at(),
                request.room(),
                request.endpoint(),
                request.region(),
                request.audience(),
                selection.settled(),
                change.map(made -> made.reservation(request.at())));
    }

    /** @param change the reservation; empty where nobody was chosen */
    void add(SelectionRequest request, Selection selection, Optional<Change> change) {
        if (ring.length() == 0) {
            return;
        }
        long id = last.incrementAndGet();
        put(new Fresh(id, request, selection, change));
        if (!settling.get() && settling.compareAndSet(false, true)) {
            settleSoon();
        }
    }

    private void put(Kept kept) {
        int slot = slot(kept.id());
        Optional<Kept> seen;
        do {
            seen = at(slot);
            if (seen.isPresent() && seen.get().id() > kept.id()) {
                return;
            }
        } while (!ring.compareAndSet(slot, seen.orElse(null), kept));
    }

    private void settleSoon() {
        try {
            var unused = scheduler.schedule(
                    () -> workers.execute(this::settle), SETTLED_WITHIN.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closing) {
            // The focus is going: what was kept goes with it.
            settling.set(false);
        }
    }

    private void settle() {
        // First, so that who adds one behind the loop below has it settled the next time.
        settling.set(false);
        for (int slot = 0; slot < ring.length(); slot++) {
            if (ring.get(slot) instanceof Fresh fresh) {
                ring.compareAndSet(slot, fresh, new Settled(fresh.decision()));
            }
        }
    }

    /** How many still keep the fleets that they were made in. */
    int unsettled() {
        int count = 0;
        for (int slot = 0; slot < ring.length(); slot++) {
            count += ring.get(slot) instanceof Fresh ? 1 : 0;
        }
        return count;
    }

    /** One decision; empty where it was never made, or is kept no more. */
    public Optional<Decision> decision(long id) {
        return id < 1 || ring.length() == 0
                ? Optional.empty()
                : at(slot(id)).filter(kept -> kept.id() == id).map(Kept::decision);
    }

    /** Those of a room, newest first. */
    public List<Decision> of(RoomId room) {
        return newest(0, Integer.MAX_VALUE, kept -> switch (kept) {
            case Fresh fresh -> fresh.request().room().equals(room);
            case Settled settled -> settled.decision().room().equals(room);
        });
    }

    /** Those with a higher id, newest first, at most so many. */
    public List<Decision> after(long id, int most) {
        return newest(id, most, kept -> true);
    }

    private List<Decision> newest(long after, int most, Predicate<Kept> wanted) {
        List<Decision> found = new ArrayList<>();
        long newest = last.get();
        long oldest = Math.max(Math.max(after, 0), newest - ring.length()) + 1;
        for (long id = newest; id >= oldest && found.size() < most; id--) {
            long sought = id;
            at(slot(id))
                    .filter(kept -> kept.id() == sought && wanted.test(kept))
                    .map(Kept::decision)
                    .ifPresent(found::add);
        }
        return found;
    }

    private int slot(long id) {
        return (int) (id % ring.length());
    }

    private Optional<Kept> at(int slot) {
        return Optional.ofNullable(ring.get(slot));
    }
}
