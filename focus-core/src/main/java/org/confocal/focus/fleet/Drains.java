package org.confocal.focus.fleet;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.confocal.focus.config.MoveConfig;
import org.confocal.focus.journal.Journal;
import org.confocal.focus.serial.Cell;
import org.confocal.focus.serial.OneLine;
import org.confocal.focus.view.DrainControl;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.BridgeReport;
import org.confocal.strategy.BridgeSnapshot;
import org.confocal.strategy.FleetSnapshot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The drains of a fleet. Orders come from any thread and are checked against the fleet of that moment; that they hold for each
 * presence, and who moves when, is worked off in the fleet's mailbox, to which all methods that are not {@link DrainControl}'s
 * are confined, but for {@link #told}.
 */
public final class Drains implements DrainControl {
    private static final Logger LOG = LoggerFactory.getLogger("org.confocal.fleet");
    private static final int MAX_TEXT = 256;

    private final Cell<DrainBook> book;
    private final DrainRecord record;
    private final Cell<FleetSnapshot> fleet;
    private final MoveConfig budget;
    private final InstantSource clock;
    private final Runnable changed;
    private final LongAdder begun;
    private final LongAdder people;

    /** What bridges say themselves, as long as they are in the brewery. */
    private final Map<BridgeId, Boolean> own = new HashMap<>();

    /** Of which it has been said that they are empty. */
    private final Set<String> empty = new HashSet<>();

    /**
     * Those that the journal inherited.
     *
     * @param changed has {@link #apply} and {@link #look} called, in the fleet's mailbox
     * @param begun counts drains
     * @param people counts those who were told to move
     */
    Drains(
            Cell<FleetSnapshot> fleet,
            MoveConfig budget,
            InstantSource clock,
            Runnable changed,
            LongAdder begun,
            LongAdder people,
            Journal journal) {
        this.record = new DrainRecord(journal);
        this.book = new Cell<>(record.read());
        this.fleet = fleet;
        this.budget = budget;
        this.clock = clock;
        this.changed = changed;
        this.begun = begun;
        this.people = people;
    }

    /** Who tells people to leave a bridge. */
    interface Mover {
        /** Whether people of it have been told to move and wait for their turn. */
        boolean busy(BridgeId bridge);

        /** So many people are to leave it, or a conference as a whole. {@link #told} is told afterwards. */
        void drain(String drain, BridgeId bridge, int people);
    }

    @Override
    public Answer drain(Request request) {
        DrainBook before;
        Tried tried;
        do {
            before = book.get();
            tried = tried(request, before);
        } while (tried instanceof Tried.Possible possible && !book.replace(before, before.with(possible.drain())));
        return switch (tried) {
            case Tried.Possible possible -> {
                begun.increment();
                Status status = status(possible.drain(), before.with(possible.drain()));
                LOG.info(
                        "{} begins: {} with {} people on {} bridges",
                        status.id(),
                        name(status.target()),
                        status.people(),
                        status.bridgeCount());
                keep();
                changed.run();
                yield new Answer.Accepted(status);
            }
            case Tried.Not not -> not.answer();
        };
    }

    @Override
    public Answer plan(Request request) {
        DrainBook before = book.get();
        return switch (tried(request, before)) {
            case Tried.Possible possible ->
                new Answer.Accepted(status(possible.drain(), before.with(possible.drain())));
            case Tried.Not not -> not.answer();
        };
    }

    @Override
    public List<Status> drains() {
        DrainBook seen = book.get();
        return seen.drains().stream().map(drain -> status(drain, seen)).toList();
    }

    @Override
    public boolean undo(String id) {
        Optional<Drain> drain = book.update(seen -> seen.without(id)).find(id);
        if (drain.isEmpty()) {
            return false;
        }
        LOG.info("{} is undone: {}", id, name(drain.get().target()));
        keep();
        changed.run();
        return true;
    }

    @Override
    public boolean shardDrains() {
        return book.get().of(new Target.Shard()).isPresent();
    }

    /** So many people of a drain were told to move, where so many had been asked for. Any thread. */
    public void told(String drain, int asked, int moved) {
        people.add(moved);
        book.update(seen -> seen.changed(drain, old -> old.told(asked, moved)));
        keep();
    }

    private void keep() {
        record.keep(book::get);
    }

    /** A presence has come: what the bridge says of draining is kept for later. */
    void reported(BridgeId bridge, BridgeReport report) {
        report.drain().ifPresent(drain -> own.put(bridge, drain));
    }

    void left(BridgeId bridge) {
        own.remove(bridge);
    }

    /** The fleet with what holds of a bridge now. Pure but for what bridges say themselves. */
    FleetSnapshot apply(FleetSnapshot seen, BridgeId id) {
        Optional<Boolean> said = Optional.ofNullable(own.get(id));
        return seen.bridge(id)
                .map(bridge -> book.get().covering(bridge).isPresent())
                .map(covered -> seen.draining(id, covered ? Optional.of(true) : said))
                .orElse(seen);
    }

    /** Tells people to move, as many as the pace allows. Returns when to look again; empty where there is no reason to. */
    Optional<Duration> look(Mover mover) {
        Instant now = clock.instant();
        DrainBook seen = book.get();
        boolean again = false;
        for (Drain drain : seen.drains()) {
            if (!(drain.target() instanceof Target.Shard)) {
                look(drain, seen, mover, now);
                again = true;
            }
        }
        empty.retainAll(seen.drains().stream().map(Drain::id).toList());
        return again ? Optional.of(Drain.LOOK) : Optional.empty();
    }

    private void look(Drain drain, DrainBook seen, Mover mover, Instant now) {
        FleetSnapshot bridges = fleet.get();
        List<BridgeSnapshot> crowded = crowded(drain, seen, bridges);
        if (crowded.isEmpty()) {
            if (empty.add(drain.id())) {
                LOG.info("{}: {} is empty, {} people have moved", drain.id(), name(drain.target()), drain.moved());
            }
            return;
        }
        empty.remove(drain.id());
        if (!elsewhere(bridges, seen, now)) {
            return;
        }
        int there = people(crowded, bridges);
        double pace = drain.pace(there, crowded.size(), budget, now);
        int most = (int) Math.ceil(budget.convenientPerBridge() * Drain.LOOK.toSeconds());
        int left = (int) Math.floor(drain.earned(pace, now).allowance());
        int spent = 0;
        for (BridgeSnapshot bridge : crowded) {
            int some = Math.min(Math.min(most, left - spent), bridges.endpoints(bridge.id()));
            if (some > 0 && !mover.busy(bridge.id())) {
                mover.drain(drain.id(), bridge.id(), some);
                spent += some;
            }
        }
        int taken = spent;
        book.update(
                old -> old.changed(drain.id(), known -> known.earned(pace, now).spent(taken)));
    }

    /** Whether there is a bridge that may be chosen and is not being emptied. */
    private static boolean elsewhere(FleetSnapshot bridges, DrainBook seen, Instant now) {
        return bridges.bridges().stream()
                .anyMatch(bridge -> bridges.operational(bridge, now)
                        && !bridge.draining()
                        && !bridge.inGracefulShutdown()
                        && !bridge.shuttingDown()
                        && seen.covering(bridge).isEmpty());
    }

    /** The bridges with people that this drain has to empty, in the order of the fleet. */
    private static List<BridgeSnapshot> crowded(Drain drain, DrainBook seen, FleetSnapshot bridges) {
        return bridges.bridges().stream()
                .filter(bridge -> bridges.endpoints(bridge.id()) > 0)
                .filter(bridge -> seen.covering(bridge)
                        .filter(first -> first.id().equals(drain.id()))
                        .isPresent())
                .toList();
    }

    private static int people(List<BridgeSnapshot> crowded, FleetSnapshot bridges) {
        return crowded.stream()
                .mapToInt(bridge -> bridges.endpoints(bridge.id()))
                .sum();
    }

    /** What an order comes to. */
    private sealed interface Tried {
        record Possible(Drain drain) implements Tried {}

        record Not(Answer answer) implements Tried {}
    }

    private Tried tried(Request request, DrainBook before) {
        Instant now = clock.instant();
        FleetSnapshot bridges = fleet.get();
        Target target = resolved(request.target(), bridges);
        Optional<Drain> same = before.of(target);
        if (same.isPresent()) {
            return new Tried.Not(new Answer.Refused(
                    target + " is being drained already: " + same.get().id()));
        }
        if (before.isFull()) {
            return new Tried.Not(new Answer.TooMany());
        }
        Drain drain =
                Drain.begun(before.nextId(), target, now, request.deadline().map(now::plus), request.perMinute());
        if (target instanceof Target.Shard) {
            return new Tried.Possible(drain);
        }
        if (bridges.bridges().stream().noneMatch(drain::covers)) {
            return new Tried.Not(new Answer.NotFound("No bridge matches " + target));
        }
        return elsewhere(bridges, before.with(drain), now)
                ? new Tried.Possible(drain)
                : new Tried.Not(new Answer.Refused("Without " + target
                        + " there would be no usable bridge that is not being emptied: the last ones are not drained"));
    }

    /** A bridge by its JID, where it is there. */
    private static Target resolved(Target target, FleetSnapshot bridges) {
        return target instanceof Target.OneBridge one
                ? bridges.bridges().stream()
                        .map(BridgeSnapshot::id)
                        .filter(id -> id.value().equals(one.name()) || id.nick().equals(one.name()))
                        .findFirst()
                        .<Target>map(id -> new Target.OneBridge(id.value()))
                        .orElse(target)
                : target;
    }

    private Status status(Drain drain, DrainBook seen) {
        Instant now = clock.instant();
        FleetSnapshot bridges = fleet.get();
        List<String> covered = new ArrayList<>();
        int there = 0;
        int crowded = 0;
        for (BridgeSnapshot bridge : bridges.bridges()) {
            if (drain.covers(bridge)) {
                covered.add(bridge.id().nick());
                int endpoints = bridges.endpoints(bridge.id());
                there += endpoints;
                crowded += endpoints > 0 ? 1 : 0;
            }
        }
        Progress progress =
                there == 0 ? Progress.EMPTY : elsewhere(bridges, seen, now) ? Progress.MOVING : Progress.WAITING;
        Optional<Duration> left = switch (progress) {
            case EMPTY -> Optional.of(Duration.ZERO);
            case WAITING -> Optional.empty();
            case MOVING ->
                Optional.of(Duration.ofSeconds((long) Math.ceil(there / drain.pace(there, crowded, budget, now))));
        };
        return new Status(
                drain.id(),
                drain.target(),
                drain.since(),
                drain.deadline(),
                drain.perMinute(),
                progress,
                covered.subList(0, Math.min(covered.size(), Status.MOST_LISTED)),
                covered.size(),
                there,
                drain.moved(),
                left);
    }

    private static String name(Target target) {
        return OneLine.of(target.toString(), MAX_TEXT);
    }
}
