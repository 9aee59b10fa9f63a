package org.confocal.strategy;

import java.time.Duration;
import java.time.Instant;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.confocal.strategy.BridgeCell.Seat;
import org.confocal.strategy.BridgeCell.SeatKey;
import org.confocal.strategy.BridgeCondition.Standing;
import org.jspecify.annotations.Nullable;

/**
 * All bridges of the brewery at a moment, their load, and who was placed where. Immutable: every event makes the next
 * snapshot, so one writer (or several that compare and swap) publishes it and any thread reads it.
 *
 * <p><b>Load.</b> {@code stress = reported + reserved}, never below 0. Reported is what the bridge says, up to 15 s late.
 * Reserved is what has been promised since: every {@code reserved} counts at once, with what the participant is expected to
 * cost or with a constant ({@link LoadConfig}), and ages out as the reports catch up; a {@link #released} gives it back. {@link Ledger} has the arithmetic and the reasons. This matters most in a burst: a
 * choice among bridges whose reports are old sends everybody to the one that looked idle 15 s ago.
 *
 * <p><b>Who sits where.</b> An endpoint of a room has one seat. Reserving it again moves it, with the credit for the
 * bridge that it leaves. The number of endpoints of a bridge is exact at all times: what ages is the load of a reservation,
 * not the seat. A bridge that leaves the brewery takes its counts along; the seats on it stay until they are released, and
 * a bridge that comes back under the same id is a new one, to which they mean nothing.
 *
 * <p><b>Cost.</b> An event copies the path to one bridge and to one seat, and at most 400 sums of that bridge's ledger,
 * whatever the size of the fleet and the number of endpoints. Only joining and leaving bridges copy the list of ids. The first
 * bridge in the order of stress costs a path, too ({@link FleetIndex}, {@link BridgeSearch}).
 *
 * <p>{@code at} is wall-clock time from one source. It may stand still. Where it jumps back, entries from the future
 * count for at most one ramp-up.
 */
public final class FleetSnapshot implements FleetView {
    private final FleetConfig config;
    /** In the order in which they joined. */
    private final List<BridgeId> order;

    private final FleetIndex cells;
    private final PersistentMap<SeatKey, Seat> seats;
    private final Tenancies tenancies;
    private final LoadBook loads;
    private final long joined;

    private FleetSnapshot(
            FleetConfig config,
            List<BridgeId> order,
            FleetIndex cells,
            PersistentMap<SeatKey, Seat> seats,
            Tenancies tenancies,
            LoadBook loads,
            long joined) {
        this.config = config;
        this.order = order;
        this.cells = cells;
        this.seats = seats;
        this.tenancies = tenancies;
        this.loads = loads;
        this.joined = joined;
    }

    /** No bridges yet. */
    public static FleetSnapshot empty(FleetConfig config) {
        return new FleetSnapshot(
                config,
                List.of(),
                FleetIndex.empty(config),
                PersistentMap.empty(),
                Tenancies.NONE,
                LoadBook.empty(config.load()),
                0);
    }

    /**
     * A bridge's presence. The first one adds the bridge; fields that a later one leaves out keep their last value; graceful
     * shutdown and shutting down stay until the bridge leaves the brewery (spec/05, section 2).
     */
    public FleetSnapshot reported(BridgeId id, BridgeReport report, Instant at) {
        BridgeCell cell = cells.get(id);
        if (cell == null) {
            BridgeSnapshot bridge = new BridgeSnapshot(id, at, at, report, BridgeCondition.GOOD);
            List<BridgeId> longer = new ArrayList<>(order.size() + 1);
            longer.addAll(order);
            longer.add(id);
            BridgeCell first = BridgeCell.of(joined, bridge, config);
            return new FleetSnapshot(
                    config, List.copyOf(longer), cells.with(id, first), seats, tenancies, loads, joined + 1);
        }
        BridgeSnapshot old = cell.bridge();
        BridgeSnapshot bridge =
                new BridgeSnapshot(old.id(), old.joinedAt(), at, old.report().updatedBy(report), old.condition());
        return with(cells.with(old.id(), cell.with(bridge, config)), seats, tenancies, learned(cell, report, at));
    }

    /** What a report tells of the load model; nothing where it has no packet rates of its own. */
    private LoadBook learned(BridgeCell cell, BridgeReport report, Instant at) {
        if (report.packetRateDownload().isEmpty()
                || report.packetRateUpload().isEmpty()
                || !loads.listens(cell.number(), cell.capacity())) {
            return loads;
        }
        double rate = report.packetRateDownload().getAsDouble()
                + report.packetRateUpload().getAsDouble();
        double seconds = Duration.between(cell.bridge().reportedAt(), at).toMillis() / 1000.0;
        double capacity = cell.capacity();
        double unreported = capacity * cell.ledger().unreported(at, config.rampup());
        return loads.reported(cell.number(), rate, unreported, capacity, seconds, order.size());
    }

    /** A bridge left the brewery. No effect on one that is not in it. */
    public FleetSnapshot left(BridgeId id) {
        BridgeCell cell = cells.get(id);
        if (cell == null) {
            return this;
        }
        List<BridgeId> shorter = new ArrayList<>(order);
        shorter.remove(id);
        return new FleetSnapshot(
                config,
                List.copyOf(shorter),
                cells.without(id),
                seats,
                tenancies.closed(cell.number()),
                loads.closed(cell.number()),
                joined);
    }

    /**
     * Places an endpoint on a bridge at the constant stress of a participant, whatever conference it joins. If it sits
     * somewhere already, it moves. A bridge that is not in the fleet takes nobody: the endpoint then has no seat.
     */
    public FleetSnapshot reserved(BridgeId id, RoomId room, EndpointId endpoint, Instant at) {
        SeatKey key = new SeatKey(room, endpoint);
        FleetSnapshot without = vacated(key, seats.get(key), at);
        BridgeCell cell = without.cells.get(id);
        return cell == null
                ? without
                : without.seated(
                        cell, key, cell.participantStress(config), at, without.loads.entered(cell.number(), room));
    }

    /**
     * The same, at the load that the configuration chooses ({@link LoadConfig.Reserve}). The expected one is what the load
     * model says that this participant adds once the conference has the size and the number of bridges of its
     * {@link GrowthForecast}, as a part of what the bridge carries; at most 1. Reserving what a conference is about to
     * need, and not what it needs now, is what keeps a burst from filling one bridge (placement.md, section (c)).
     */
    public FleetSnapshot reserved(SelectionRequest request, BridgeId chosen) {
        SeatKey key = new SeatKey(request.room(), request.endpoint());
        FleetSnapshot without = vacated(key, seats.get(key), request.at());
        BridgeCell cell = without.cells.get(chosen);
        if (cell == null) {
            return without;
        }
        double load = switch (config.load().reserve()) {
            case CONSTANT -> cell.participantStress(config);
            case EXPECTED -> without.expectedStress(cell, request);
        };
        LoadBook entered = without.loads.entered(cell.number(), request.room(), request.conference());
        return without.seated(cell, key, load, request.at(), entered);
    }

    private double expectedStress(BridgeCell cell, SelectionRequest request) {
        double capacity = cell.capacity();
        double packets = loads.joiner(request, cell.bridge().id(), config.stressThreshold() * capacity);
        return Math.min(1, packets / capacity);
    }

    private FleetSnapshot seated(BridgeCell cell, SeatKey key, double load, Instant at, LoadBook entered) {
        BridgeId id = cell.bridge().id();
        BridgeCell placed = placed(cell, at);
        Seat seat = new Seat(id, cell.number(), Ledger.tick(at, config.rampup()), load);
        return with(
                cells.with(id, placed.reserved(load, at, config)),
                seats.with(key, seat),
                tenancies.entered(cell.number(), key.room(), at),
                entered);
    }

    private BridgeCell placed(BridgeCell cell, Instant at) {
        BridgeSnapshot old = cell.bridge();
        BridgeCondition next = old.condition().placed(at, config);
        return next.equals(old.condition())
                ? cell
                : cell.with(new BridgeSnapshot(old.id(), old.joinedAt(), old.reportedAt(), old.report(), next), config);
    }

    /**
     * An endpoint is no longer on this bridge. No effect where it does not sit there: it may have moved on already, and
     * keeps its new seat then.
     */
    public FleetSnapshot released(BridgeId id, RoomId room, EndpointId endpoint, Instant at) {
        SeatKey key = new SeatKey(room, endpoint);
        Seat seat = seats.get(key);
        return seat == null || !seat.bridge().equals(id) ? this : vacated(key, seat, at);
    }

    private FleetSnapshot vacated(SeatKey key, @Nullable Seat seat, Instant at) {
        if (seat == null) {
            return this;
        }
        PersistentMap<SeatKey, Seat> fewer = seats.without(key);
        Tenancies left = tenancies.vacated(seat.number(), key.room());
        LoadBook after = loads.vacated(seat.number(), key.room());
        BridgeCell cell = cells.get(seat.bridge());
        if (cell == null || cell.number() != seat.number()) {
            return with(cells, fewer, left, after);
        }
        BridgeCell emptier = cell.released(seat, shown(cell, seat, key.room()), at, config);
        return with(cells.with(seat.bridge(), emptier), fewer, left, after);
    }

    /**
     * What reports show of somebody who has been there for long. What was reserved is a forecast, which may have been
     * wrong: no more is credited than the conference costs now, so that a leave never makes a busy bridge look idle.
     */
    private double shown(BridgeCell cell, Seat seat, RoomId room) {
        return switch (config.load().reserve()) {
            case CONSTANT -> seat.load();
            case EXPECTED -> Math.min(seat.load(), loads.perParticipant(cell.number(), room) / cell.capacity());
        };
    }

    /** An allocation for this conference failed or got no answer. What follows, {@link BridgeCondition} says. */
    public FleetSnapshot failed(BridgeId id, RoomId room, Instant at) {
        return withCondition(id, condition -> condition.failed(room, at, config));
    }

    /** An allocation succeeded. */
    public FleetSnapshot allocated(BridgeId id) {
        return withCondition(id, BridgeCondition::allocated);
    }

    /**
     * A health check of this bridge got no answer (spec/05, section 5). It is not {@link #operational} for
     * {@link FleetConfig#failureReset} from now.
     */
    public FleetSnapshot failed(BridgeId id, Instant at) {
        return withCondition(id, condition -> condition.failed(at));
    }

    /**
     * The bridge says that it is broken: a health check was answered with internal-server-error or service-unavailable.
     * Like {@link #failed(BridgeId, Instant)}, and it is not kept as a last resort either until a later check passes.
     */
    public FleetSnapshot unhealthy(BridgeId id, Instant at) {
        return withCondition(id, condition -> condition.unhealthy(at));
    }

    /** A health check succeeded. The last failure still counts for its time. */
    public FleetSnapshot recovered(BridgeId id) {
        return withCondition(id, BridgeCondition::recovered);
    }

    /** Many clients of this bridge ask for restarts, or do so no more: it counts as overloaded as long as they do. */
    public FleetSnapshot iceFailing(BridgeId id, boolean failing) {
        return withCondition(id, condition -> condition.iceFailing(failing));
    }

    /** It refused a conference because it is being emptied; presence may say so only later. */
    public FleetSnapshot gracefulShutdown(BridgeId id) {
        BridgeCell cell = cells.get(id);
        if (cell == null || cell.bridge().inGracefulShutdown()) {
            return this;
        }
        BridgeSnapshot old = cell.bridge();
        BridgeReport report = old.report().withGracefulShutdown();
        return withBridge(cell, new BridgeSnapshot(id, old.joinedAt(), old.reportedAt(), report, old.condition()));
    }

    /**
     * Whether a bridge drains, by an operator's word and not by its own, until its next report says otherwise. No effect on one
     * that is not in the fleet.
     */
    public FleetSnapshot draining(BridgeId id, Optional<Boolean> drain) {
        BridgeCell cell = cells.get(id);
        if (cell == null || cell.bridge().report().drain().equals(drain)) {
            return this;
        }
        BridgeSnapshot old = cell.bridge();
        BridgeReport report = old.report().withDrain(drain);
        return withBridge(cell, new BridgeSnapshot(id, old.joinedAt(), old.reportedAt(), report, old.condition()));
    }

    private FleetSnapshot withCondition(BridgeId id, UnaryOperator<BridgeCondition> change) {
        BridgeCell cell = cells.get(id);
        if (cell == null) {
            return this;
        }
        BridgeSnapshot old = cell.bridge();
        BridgeCondition next = change.apply(old.condition());
        return next.equals(old.condition())
                ? this
                : withBridge(cell, new BridgeSnapshot(id, old.joinedAt(), old.reportedAt(), old.report(), next));
    }

    private FleetSnapshot withBridge(BridgeCell cell, BridgeSnapshot bridge) {
        return with(cells.with(bridge.id(), cell.with(bridge, config)), seats, tenancies, loads);
    }

    private FleetSnapshot with(
            FleetIndex nextCells, PersistentMap<SeatKey, Seat> nextSeats, Tenancies nextTenancies, LoadBook nextLoads) {
        return new FleetSnapshot(config, order, nextCells, nextSeats, nextTenancies, nextLoads, joined);
    }

    public FleetConfig config() {
        return config;
    }

    @Override
    public Collection<BridgeSnapshot> bridges() {
        return new AbstractCollection<>() {
            @Override
            public Iterator<BridgeSnapshot> iterator() {
                return order.stream().map(id -> inFleet(id).bridge()).iterator();
            }

            @Override
            public int size() {
                return order.size();
            }
        };
    }

    private BridgeCell inFleet(BridgeId id) {
        BridgeCell cell = cells.get(id);
        if (cell == null) {
            throw new IllegalStateException("listed, and not in the fleet: " + id);
        }
        return cell;
    }

    @Override
    public Optional<BridgeSnapshot> bridge(BridgeId id) {
        return Optional.ofNullable(cells.get(id)).map(BridgeCell::bridge);
    }

    @Override
    public Optional<BridgeSnapshot> known(BridgeId id) {
        return bridge(id);
    }

    /** Of a bridge that is not in this fleet: what its own report says. */
    @Override
    public double stress(BridgeSnapshot bridge, Instant at) {
        return cellOf(bridge).stress(at, config);
    }

    /** Stress as reported, by the configured {@link FleetConfig.StressSource}; 0 where nothing was reported. */
    public double reportedStress(BridgeSnapshot bridge) {
        return cellOf(bridge).reportedStress();
    }

    @Override
    public Collection<BridgeKind> kinds() {
        Set<BridgeKind> kinds = new LinkedHashSet<>();
        cells.sections().forEach(section -> kinds.add(section.kind()));
        return kinds;
    }

    @Override
    public BridgeKind kind(BridgeSnapshot bridge) {
        return cellOf(bridge).kind();
    }

    @Override
    public Iterator<BridgeSnapshot> byStress(Instant at) {
        BridgeSearch search = BridgeSearch.byStress(at, config);
        cells.sections().forEach(section -> search.in(section.tree(), Sieve.All.BRIDGES));
        return search;
    }

    @Override
    public Iterator<BridgeSnapshot> byStress(BridgeKind kind, Instant at) {
        BridgeSearch search = BridgeSearch.byStress(at, config);
        cells.sections(kind).forEach(section -> search.in(section.tree(), Sieve.All.BRIDGES));
        return search;
    }

    FleetIndex index() {
        return cells;
    }

    @Override
    public double stressThreshold() {
        return config.stressThreshold();
    }

    @Override
    public double maxPacketRate(BridgeSnapshot bridge) {
        return cellOf(bridge).maxPacketRate();
    }

    @Override
    public LoadModel loadModel() {
        return loads.model();
    }

    /** What was learnt about the load model from reports. */
    public LoadLearning learned() {
        return loads.learning();
    }

    /** What the load model, uncorrected, expects on a bridge; nothing on one that is not in the fleet. */
    public LoadLearning.Expected expected(BridgeId id) {
        BridgeCell cell = cells.get(id);
        return cell == null ? LoadLearning.Expected.NOTHING : loads.expected(cell.number());
    }

    private BridgeCell cellOf(BridgeSnapshot bridge) {
        BridgeCell cell = cells.get(bridge.id());
        return cell == null ? BridgeCell.of(joined, bridge, config) : cell;
    }

    /** Whether nothing has happened to a bridge between the two fleets; false of one that is in neither. */
    boolean isAsIn(FleetSnapshot other, BridgeId id) {
        BridgeCell cell = cells.get(id);
        return cell != null && cell.equals(other.cells.get(id));
    }

    /** Whether its corrected stress has reached the threshold. */
    public boolean overloaded(BridgeSnapshot bridge, Instant at) {
        return stress(bridge, at) >= config.stressThreshold();
    }

    /** Whether it may be chosen for anybody, as far as its health goes: no failure lately, and no complaint of its own. */
    public boolean operational(BridgeSnapshot bridge, Instant at) {
        // Jicofo looks at a bridge's own verdict only in presence-based health checks; we never choose a bridge that
        // calls itself unhealthy, because an IQ would have told the same a few seconds later.
        return bridge.healthy() && standing(bridge, at) == Standing.TRUSTED;
    }

    /** The same by id; false for a bridge that is not in the fleet. */
    public boolean operational(BridgeId id, Instant at) {
        return bridge(id).map(bridge -> operational(bridge, at)).orElse(false);
    }

    /**
     * Whether a conference that is on this bridge may stay and grow there: it neither says that it is broken or shutting
     * down, nor has it failed repeatedly of late. Weaker than {@link #operational}: one conference's failed allocation does
     * not uproot the others.
     */
    public boolean tolerable(BridgeSnapshot bridge, Instant at) {
        return bridge.healthy()
                && !bridge.shuttingDown()
                && standing(bridge, at).compareTo(Standing.SUSPENDED) < 0;
    }

    /** Whether it may be taken where nothing else is left: it says neither that it is broken nor that it is shutting down. */
    public boolean usable(BridgeSnapshot bridge, Instant at) {
        return bridge.healthy() && !bridge.shuttingDown() && standing(bridge, at) != Standing.BROKEN;
    }

    /** How much a bridge is trusted, as far as its own report does not tell. */
    public Standing standing(BridgeSnapshot bridge, Instant at) {
        return bridge.condition().standing(at, config.failureReset());
    }

    /** How much longer a bridge is not {@link Standing#TRUSTED}, if nothing happens; empty where it is. */
    public Optional<Duration> pause(BridgeSnapshot bridge, Instant at) {
        Optional<Instant> failedAt = bridge.condition().failedAt();
        return standing(bridge, at) == Standing.TRUSTED || failedAt.isEmpty()
                ? Optional.empty()
                : Optional.of(Duration.between(at, failedAt.get().plus(config.failureReset())));
    }

    /**
     * Everybody who was reserved and not yet released, on whatever bridge, those that have left included. 0 when the last
     * conference has ended, or something leaks.
     */
    public int reservations() {
        return seats.size();
    }

    /** How many reservations on this bridge still count towards its stress. */
    public int countingReservations(BridgeId id, Instant at) {
        BridgeCell cell = cells.get(id);
        return cell == null ? 0 : cell.ledger().counting(at, config.rampup());
    }

    @Override
    public int endpoints(BridgeId id) {
        BridgeCell cell = cells.get(id);
        return cell == null ? 0 : cell.endpoints();
    }

    @Override
    public int conferences(BridgeId id) {
        BridgeCell cell = cells.get(id);
        return cell == null ? 0 : tenancies.conferences(cell.number());
    }

    @Override
    public long turn(BridgeId id) {
        BridgeCell cell = cells.get(id);
        return cell == null ? 0 : tenancies.turn(cell.number());
    }

    @Override
    public int recentlyAdded(BridgeId id, RoomId room, Duration within, Instant at) {
        BridgeCell cell = cells.get(id);
        return cell == null ? 0 : tenancies.lately(cell.number(), room, within, at);
    }
}
