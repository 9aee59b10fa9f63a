package org.confocal.focus.fleet;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.confocal.focus.conference.Effect;
import org.confocal.focus.conference.MoveCause;
import org.confocal.focus.conference.state.Pace;
import org.confocal.focus.config.BridgeCareConfig;
import org.confocal.focus.journal.Journal;
import org.confocal.focus.port.BridgeGateway;
import org.confocal.focus.port.FocusInbox.HealthAnswer;
import org.confocal.focus.serial.Cell;
import org.confocal.focus.serial.SerialMailbox;
import org.confocal.focus.serial.Timers;
import org.confocal.focus.view.Decision;
import org.confocal.focus.view.FleetCounter;
import org.confocal.focus.view.FocusSnapshot;
import org.confocal.strategy.Booking;
import org.confocal.strategy.BridgeCondition;
import org.confocal.strategy.BridgeCondition.State;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.BridgeReport;
import org.confocal.strategy.BridgeSnapshot;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.FleetSnapshot;
import org.confocal.strategy.FreeCapacity;
import org.confocal.strategy.RoomId;
import org.confocal.strategy.Selection;
import org.confocal.strategy.SelectionRequest;

/**
 * The bridges of one focus. Two doors: what adapters report goes through a mailbox and is worked off serially by a {@link
 * FleetKeeper}; what conferences do (choose, release, report a failure) happens at once on the caller's thread, because the
 * very next choice must see it. Both end in the same snapshot, which is replaced as a whole: a choice and its reservation are
 * one replacement, and whoever loses the race chooses again unless the winner left that bridge as it was ({@link Booking}).
 *
 * <p>Bounds: {@code maxBridges} bridges; twice as many events wait, {@value #LEAST_EVENTS} at least. A presence or a conference's
 * remark beyond that is dropped and counted, because the next presence says the same. The other events are as few as bridges
 * and questions to them.
 */
public final class BridgeFleet implements BridgeSelector {
    private static final int LEAST_EVENTS = 10_000;

    private final InstantSource clock;
    private final Journal journal;
    private final Booking booking;
    private final DecisionRing decisions;
    private final LongAdder eventsDropped;
    private final ConcurrentMap<BridgeId, BridgeTally> tallies = new ConcurrentHashMap<>();
    private final Map<FleetCounter, LongAdder> counters = new EnumMap<>(FleetCounter.class);
    private final AtomicBoolean breweryJoined = new AtomicBoolean();
    private final Cell<FleetSnapshot> fleet;
    private final UrgentMoves urgentMoves;
    private final Drains drains;
    private final boolean countRestarts;
    private final boolean countRateLimits;
    private final FleetKeeper keeper;
    private final SerialMailbox<FleetEvent> mailbox;

    /**
     * An empty fleet.
     *
     * @param maxDecisions how many are kept to be explained, from 0 on
     * @param pipeline chooses; pure, and called from many threads
     * @param eventsDropped counts what a full mailbox refused
     */
    public BridgeFleet(
            FleetSnapshot empty,
            BiFunction<SelectionRequest, FleetSnapshot, Selection> pipeline,
            BridgeCareConfig care,
            int maxBridges,
            int maxDecisions,
            BridgeGateway gateway,
            FleetListener listener,
            InstantSource clock,
            Executor workers,
            ScheduledExecutorService scheduler,
            Journal journal,
            LongAdder eventsDropped) {
        this.clock = clock;
        this.journal = journal;
        this.eventsDropped = eventsDropped;
        this.fleet = new Cell<>(empty);
        this.urgentMoves = new UrgentMoves(care.moves());
        this.countRestarts = care.iceFailures().enabled();
        this.countRateLimits = care.rateLimited();
        for (FleetCounter counter : FleetCounter.values()) {
            counters.put(counter, new LongAdder());
        }
        this.decisions = new DecisionRing(maxDecisions, scheduler, workers);
        this.booking = new Booking(pipeline, fleet::get, fleet::replace);
        this.drains = new Drains(
                fleet,
                care.moves(),
                clock,
                () -> force(new FleetEvent.DrainsChanged()),
                counter(FleetCounter.DRAINS_BEGUN),
                counter(FleetCounter.DRAINED),
                journal);
        this.keeper = new FleetKeeper(
                fleet,
                tallies,
                new HealthChecks(care.health(), gateway, scheduler, due -> force(new FleetEvent.CheckDue(due))),
                new Timers<>(scheduler, new LongAdder(), due -> force(new FleetEvent.PauseOver(due))),
                new Chores(
                        care,
                        new MoveQueue(care.moves(), urgentMoves, order -> moving(order, listener)),
                        new Timers<>(scheduler, new LongAdder(), due -> force(new FleetEvent.ChoreDue(due)))),
                drains,
                listener,
                clock,
                journal,
                maxBridges,
                care.iceFailures(),
                counter(FleetCounter.ICE_FAILURES));
        int events = Math.max(LEAST_EVENTS, 2 * maxBridges);
        this.mailbox = new SerialMailbox<>(workers, events, 8 * events, keeper::take);
    }

    /**
     * The bridges that the process before this one saw in the brewery, as they were. Before anything else is reported.
     *
     * @return who is there
     */
    public List<BridgeId> restore() {
        List<BridgeId> there = new ArrayList<>();
        for (BridgeRecords.Saved saved : BridgeRecords.read(journal)) {
            keeper.take(new FleetEvent.Reported(saved.id(), saved.report(), List.of()));
            there.add(saved.id());
        }
        breweryJoined.set(!there.isEmpty());
        return there;
    }

    /** A bridge's presence; {@code malformed} are the names of the fields that could not be read. */
    public void bridgeReported(BridgeId bridge, BridgeReport report, List<String> malformed) {
        offer(new FleetEvent.Reported(bridge, report, List.copyOf(malformed)));
    }

    public void bridgeLeft(BridgeId bridge) {
        urgentMoves.left(bridge);
        force(new FleetEvent.Left(bridge));
    }

    public void bridgeChecked(BridgeId bridge, HealthAnswer answer) {
        force(new FleetEvent.Checked(bridge, answer));
    }

    /** Leaving the brewery removes every bridge. */
    public void breweryJoined(boolean joined) {
        breweryJoined.set(joined);
        if (!joined) {
            urgentMoves.allLeft();
            force(new FleetEvent.BreweryLeft());
        }
    }

    public boolean isBreweryJoined() {
        return breweryJoined.get();
    }

    /** Ends the health checks. What is reported afterwards has no effect. */
    public void stop() {
        force(new FleetEvent.Stop());
    }

    @Override
    public Answer select(SelectionRequest request, Pace pace) {
        // The bridge that would be taken now says whose turn it is; another one that is taken in the end does no harm.
        if (pace == Pace.URGENT && booking.pipeline().apply(request, fleet.get()) instanceof Selection.Chosen chosen) {
            Optional<Answer.Later> later = urgentMoves.turn(chosen.bridge(), request.at());
            if (later.isPresent()) {
                count(FleetCounter.URGENT_MOVES_POSTPONED);
                return later.get();
            }
        }
        Booked booked = new Booked(request.room());
        Selection selection = booking.select(request, booked);
        decisions.add(request, selection, booked.change);
        boolean arrived = selection instanceof Selection.Chosen chosen
                && request.planned().equals(Optional.of(chosen.bridge()));
        if (request.planned().isPresent() && !arrived) {
            count(FleetCounter.MOVES_DIVERTED);
        }
        return told(selection);
    }

    /** Hears of one reservation, and remembers it. Confined to one selection. */
    private final class Booked implements Booking.Listener {
        private final RoomId room;
        private Optional<DecisionRing.Change> change = Optional.empty();

        Booked(RoomId room) {
            this.room = room;
        }

        @Override
        public void reserved(BridgeId bridge, FleetSnapshot before, FleetSnapshot after) {
            change = Optional.of(new DecisionRing.Change(bridge, before, after));
            transition(bridge, room, before, after, "is tried again");
        }
    }

    /** The answer that {@link #select} would give now to somebody with a free turn. Nothing is reserved. */
    public Decision whatIf(SelectionRequest request) {
        FleetSnapshot seen = fleet.get();
        Selection selection = booking.pipeline().apply(request, seen);
        Optional<DecisionRing.Change> change = switch (selection) {
            case Selection.Chosen chosen ->
                Optional.of(new DecisionRing.Change(chosen.bridge(), seen, seen.reserved(request, chosen.bridge())));
            case Selection.None none -> Optional.empty();
        };
        return DecisionRing.explained(0, request, selection, change);
    }

    /** The last decisions. */
    public DecisionRing decisions() {
        return decisions;
    }

    private Answer told(Selection selection) {
        // Whom a selection left out is found out for who asks: not where nothing of the kind can be among it.
        if (countRateLimits) {
            Selection.Explanation why = switch (selection) {
                case Selection.Chosen chosen -> chosen.why();
                case Selection.None none -> none.why();
            };
            boolean limited =
                    why.rejected().stream().anyMatch(rejected -> rejected.reason() == Selection.Rejection.RATE_LIMITED);
            if (limited) {
                count(FleetCounter.SELECTIONS_RATE_LIMITED);
            }
        }
        return new Answer.Now(selection);
    }

    /** Has people leave bridges, as soon as the budget of convenient moves allows it. */
    public void order(List<MoveOrder> orders) {
        if (!orders.isEmpty()) {
            offer(new FleetEvent.MovesOrdered(orders));
        }
    }

    private void moving(MoveOrder order, FleetListener listener) {
        counter(FleetCounter.CONVENIENT_MOVES).add(order.people());
        if (order.cause() == MoveCause.REDISTRIBUTION) {
            counter(FleetCounter.REDISTRIBUTED).add(order.people());
        } else if (order.cause() == MoveCause.SECOND_LOOK) {
            counter(FleetCounter.MOVED_BY_SECOND_LOOK).add(order.people());
        }
        BridgeTally tally = tallies.get(order.from());
        if (tally != null) {
            tally.endpointsMoved().add(order.people());
        }
        listener.move(order);
    }

    @Override
    public void restored(BridgeId bridge, RoomId room, EndpointId endpoint, Instant since) {
        fleet.update(seen -> seen.reserved(bridge, room, endpoint, since));
    }

    @Override
    public void release(BridgeId bridge, RoomId room, EndpointId endpoint) {
        fleet.update(seen -> seen.released(bridge, room, endpoint, clock.instant()));
    }

    @Override
    public void experienced(RoomId room, BridgeId bridge, Effect.BridgeExperience experience) {
        switch (experience) {
            case ALLOCATED -> {
                // Nearly always nothing is known against it: then there is nothing to change.
                if (!condition(fleet.get(), bridge).equals(BridgeCondition.GOOD)) {
                    change(bridge, room, seen -> seen.allocated(bridge), "made an endpoint");
                }
            }
            case TIMED_OUT -> failed(bridge, room, "did not answer an allocation");
            case FAILED -> failed(bridge, room, "failed an allocation");
            case GRACEFUL_SHUTDOWN -> {
                fleet.update(seen -> seen.gracefulShutdown(bridge));
                offer(new FleetEvent.Reconsider(bridge, "it refused a conference, being in graceful shutdown"));
            }
            case RESTART_REQUESTED -> {
                BridgeTally tally = tallies.get(bridge);
                if (tally != null) {
                    tally.restartRequests().increment();
                }
                if (countRestarts) {
                    offer(new FleetEvent.RestartRequested(bridge));
                }
            }
        }
    }

    /** Chooses for somebody who need not wait for a turn. */
    Selection select(SelectionRequest request) {
        return switch (select(request, Pace.FREE)) {
            case Answer.Now now -> now.selection();
            case Answer.Later later -> throw new IllegalStateException("a free turn had to wait " + later.delay());
        };
    }

    /** The fleet at this moment. */
    public FleetSnapshot snapshot() {
        return fleet.get();
    }

    /** Emptying bridges. */
    public Drains drains() {
        return drains;
    }

    /** Everything that the fleet counted since the start. */
    public Map<FleetCounter, Long> counters() {
        Map<FleetCounter, Long> sums = new EnumMap<>(FleetCounter.class);
        counters.forEach((counter, adder) -> sums.put(counter, adder.sum()));
        return sums;
    }

    /** Bridges that left without having said so before, since the start. */
    public long lostBridges() {
        return keeper.lostBridges();
    }

    /** Presences of which something could not be read, since the start. */
    public long malformedStats() {
        return keeper.malformedStats();
    }

    /** The bridges for an operator. */
    public List<FocusSnapshot.Bridge> view() {
        FleetSnapshot seen = fleet.get();
        Instant now = clock.instant();
        List<FocusSnapshot.Bridge> bridges = new ArrayList<>();
        for (BridgeSnapshot bridge : seen.bridges()) {
            BridgeTally tally = tallies.get(bridge.id());
            bridges.add(new FocusSnapshot.Bridge(
                    bridge,
                    seen.reportedStress(bridge),
                    seen.stress(bridge, now),
                    seen.operational(bridge, now),
                    seen.overloaded(bridge, now),
                    seen.endpoints(bridge.id()),
                    seen.countingReservations(bridge.id(), now),
                    tally == null ? 0 : tally.restartRequests().sum(),
                    tally == null ? 0 : tally.endpointsMoved().sum(),
                    FreeCapacity.of(bridge, seen, now)));
        }
        return bridges;
    }

    private void failed(BridgeId bridge, RoomId room, String what) {
        count(FleetCounter.ALLOCATIONS_FAILED);
        change(bridge, room, seen -> seen.failed(bridge, room, clock.instant()), what);
    }

    private void change(BridgeId bridge, RoomId room, UnaryOperator<FleetSnapshot> change, String what) {
        FleetSnapshot before;
        FleetSnapshot after;
        do {
            before = fleet.get();
            after = change.apply(before);
        } while (!fleet.replace(before, after));
        transition(bridge, room, before, after, what);
    }

    /** Counts what that did to the bridge's circuit breaker, and has it said and announced. */
    private void transition(BridgeId bridge, RoomId room, FleetSnapshot before, FleetSnapshot after, String what) {
        State was = condition(before, bridge).state();
        State is = condition(after, bridge).state();
        if (was == is) {
            return;
        }
        switch (is) {
            case OPEN -> count(FleetCounter.BREAKERS_OPENED);
            case PROBING -> count(FleetCounter.BREAKERS_PROBED);
            case CLOSED -> count(FleetCounter.BREAKERS_CLOSED);
            case SILENT, BROKEN -> {}
        }
        offer(new FleetEvent.Reconsider(
                bridge, "it " + what + " for " + room + " (breaker " + was + " to " + is + ")"));
    }

    private static BridgeCondition condition(FleetSnapshot seen, BridgeId bridge) {
        return seen.bridge(bridge).map(BridgeSnapshot::condition).orElse(BridgeCondition.GOOD);
    }

    /** Counts what somebody decided about the fleet as a whole. */
    public void count(FleetCounter counter) {
        counter(counter).increment();
    }

    private LongAdder counter(FleetCounter counter) {
        LongAdder adder = counters.get(counter);
        if (adder == null) {
            throw new IllegalArgumentException("no counter for " + counter);
        }
        return adder;
    }

    private void offer(FleetEvent event) {
        if (!mailbox.offer(event)) {
            eventsDropped.increment();
        }
    }

    private void force(FleetEvent event) {
        if (!mailbox.force(event)) {
            eventsDropped.increment();
        }
    }
}
