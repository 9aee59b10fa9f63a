package org.confocal.tests.placement;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.confocal.strategy.Audience;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.ConferenceShape;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.FleetSnapshot;
import org.confocal.strategy.Region;
import org.confocal.strategy.Selection;
import org.confocal.strategy.SelectionConfig;
import org.confocal.strategy.SelectionPipeline;
import org.confocal.strategy.SelectionRequest;
import org.confocal.strategy.choice.Move;
import org.confocal.tests.placement.DayResult.Minute;
import org.confocal.tests.placement.Workload.Arrival;

/**
 * One run: a workload, a fleet, and one way of choosing bridges. The focus' part is the real {@link SelectionPipeline} over
 * the real {@link FleetSnapshot}. One thread; run it once.
 */
final class Day {
    private static final Instant START = Instant.parse("2026-03-03T00:00:00Z");
    private static final int MINUTE_MS = 60_000;
    private static final double HOUR_MS = 3_600_000;
    private static final SelectionConfig CASCADING = new SelectionConfig(true, false);

    private final Workload workload;
    private final World world;
    private final Contender contender;
    private final SelectionPipeline pipeline;
    private final Loads loads;
    private final Reports reports;
    private final Tally tally = new Tally();
    private final Map<BridgeId, Machine> machines = new HashMap<>();
    private final boolean[] down;
    private final Map<Integer, Call> calls = new LinkedHashMap<>();
    private final CallResult[] results;
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparingInt(Timer::atMs).thenComparingLong(Timer::number));
    private final List<Minute> minutes = new ArrayList<>();
    private final List<EndpointId> endpoints = new ArrayList<>();

    private FleetSnapshot fleet;
    private int nowMs;
    private long timersMade;
    private int joined;
    private int refused;
    private int moves;
    private int busiestBridges;
    private Portrait portrait = Portrait.EMPTY;

    private record Timer(int atMs, long number, Runnable action) {}

    /** @param seed of the bridges' reports */
    Day(Workload workload, World world, Contender contender, List<Crash> crashes, long seed) {
        this.workload = workload;
        this.world = contender
                .cascades()
                .map(planner -> world.with(World.planned(planner, world.geography())))
                .orElse(world);
        this.contender = contender;
        pipeline = new SelectionPipeline(CASCADING, contender.strategy());
        loads = new Loads(world.machines());
        reports = new Reports(world.machines(), seed);
        down = new boolean[world.machines().size()];
        results = new CallResult[workload.meetings().size()];
        fleet = FleetSnapshot.empty(contender.fleet());
        for (Machine machine : world.machines()) {
            machines.put(machine.id(), machine);
            fleet = fleet.reported(machine.id(), Reports.report(machine, 0, 1), START);
        }
        for (Crash crash : crashes) {
            Machine machine = world.machines().get(crash.machine());
            at(crash.atMs(), () -> die(machine));
            at(crash.backMs(), () -> comeBack(machine));
        }
        contender.redistribution().ifPresent(rule -> every(rule.interval(), new Redistributor(this, rule)));
        contender.relief().ifPresent(relief -> every(Reliever.INTERVAL, new Reliever(this, relief)));
        at(0, this::watch);
    }

    private void at(int whenMs, Runnable action) {
        timers.add(new Timer(whenMs, timersMade++, action));
    }

    private void every(Duration interval, Runnable action) {
        int intervalMs = (int) interval.toMillis();
        at(nowMs + intervalMs, () -> {
            action.run();
            every(interval, action);
        });
    }

    Instant now() {
        return START.plusMillis(nowMs);
    }

    int nowMs() {
        return nowMs;
    }

    /** As the focus sees it. */
    FleetSnapshot fleet() {
        return fleet;
    }

    /** The bridges that are not down. */
    List<Machine> running() {
        return world.machines().stream()
                .filter(machine -> !down[machine.number()])
                .toList();
    }

    /** The conferences that have people on a bridge, in the order in which they began. */
    List<Call> callsOn(Machine machine) {
        return calls.values().stream()
                .filter(call -> call.peopleOn(machine) > 0)
                .toList();
    }

    ConferenceShape shape(Call call) {
        return call.shape(START.plusMillis(call.startedMs()));
    }

    /** Remembers how a conference looks at a moment. */
    void draw(Portrait.Wish wish) {
        at(
                wish.atMs(),
                () -> portrait = Optional.ofNullable(calls.get(wish.meeting()))
                        .map(Call::portrait)
                        .orElse(Portrait.EMPTY));
    }

    DayResult run() {
        for (long arrival : workload.arrivals()) {
            advanceTo(Arrival.atMs(arrival));
            Meeting meeting = workload.meetings().get(Arrival.meeting(arrival));
            if (Arrival.joins(arrival)) {
                join(meeting, Arrival.person(arrival));
            } else {
                leave(meeting, Arrival.person(arrival));
            }
        }
        advanceTo(workload.lengthMs());
        nowMs = workload.lengthMs();
        for (Call call : calls.values()) {
            call.settle(nowMs);
            results[call.meeting().number()] = call.result();
        }
        loads.settle(nowMs);
        return new DayResult(
                contender.name(),
                joined,
                refused,
                moves,
                tally,
                loads,
                allResults(),
                busiestBridges,
                minutes,
                portrait);
    }

    private List<CallResult> allResults() {
        List<CallResult> all = new ArrayList<>(results.length);
        for (CallResult result : results) {
            // A meeting has no result where nobody found a bridge.
            all.add(Optional.ofNullable(result).orElse(CallResult.NOTHING));
        }
        return all;
    }

    /** Reports and timers up to a moment, in order. */
    private void advanceTo(int untilMs) {
        while (true) {
            Timer timer = timers.peek();
            int timerMs = timer == null ? Integer.MAX_VALUE : timer.atMs();
            int reportMs = reports.dueMs();
            if (Math.min(timerMs, reportMs) >= untilMs) {
                break;
            }
            if (timer != null && timerMs <= reportMs) {
                timers.remove();
                nowMs = timerMs;
                timer.action().run();
            } else {
                nowMs = reportMs;
                reports.step(loads)
                        .filter(presence -> !down[presence.machine().number()])
                        .ifPresent(presence ->
                                fleet = fleet.reported(presence.machine().id(), presence.report(), now()));
            }
        }
        nowMs = untilMs;
    }

    private void join(Meeting meeting, int person) {
        joined++;
        Call call = calls.get(meeting.number());
        if (call == null) {
            call = new Call(meeting, world, loads, tally, nowMs);
            calls.put(meeting.number(), call);
            if (contender.replan().isPresent()) {
                Call settled = call;
                at(nowMs + (int) Replanner.AFTER.toMillis(), () -> replan(settled));
            }
        }
        place(call, person);
        call.somebodyJoins(now());
    }

    private boolean place(Call call, int person) {
        SelectionRequest request = request(call, person);
        if (pipeline.select(request, fleet) instanceof Selection.Chosen chosen) {
            put(call, person, request, chosen.bridge());
            return true;
        }
        refused++;
        return false;
    }

    private SelectionRequest request(Call call, int person) {
        int region = world.geography()
                .nearestRegion(call.meeting().people().get(person).metro());
        Optional<Region> declared = Optional.of(world.geography().regions().get(region));
        return new SelectionRequest(
                call.meeting().room(), endpoint(person), declared, Audience.PARTICIPANT, shape(call), now());
    }

    private void put(Call call, int person, SelectionRequest request, BridgeId bridge) {
        fleet = fleet.reserved(request, bridge);
        Machine machine = Optional.ofNullable(machines.get(bridge)).orElseThrow();
        call.enter(person, machine, nowMs);
        busiestBridges = Math.max(busiestBridges, call.bridges());
    }

    private EndpointId endpoint(int person) {
        while (endpoints.size() <= person) {
            endpoints.add(new EndpointId("p" + endpoints.size()));
        }
        return endpoints.get(person);
    }

    private void leave(Meeting meeting, int person) {
        Call call = calls.get(meeting.number());
        if (call == null) {
            return;
        }
        takeOut(call, person);
        call.somebodyIsGone();
        if (call.isOver()) {
            calls.remove(meeting.number());
            results[meeting.number()] = call.result();
        }
    }

    private void takeOut(Call call, int person) {
        call.seat(person).ifPresent(machine -> {
            fleet = fleet.released(machine.id(), call.meeting().room(), endpoint(person), now());
            call.leave(person, nowMs);
        });
    }

    private void die(Machine machine) {
        down[machine.number()] = true;
        reports.forget(machine);
        fleet = fleet.left(machine.id());
        for (Call call : List.copyOf(calls.values())) {
            List<Integer> people = call.whoIsOn(machine);
            people.forEach(person -> takeOut(call, person));
            people.forEach(person -> place(call, person));
        }
    }

    private void comeBack(Machine machine) {
        down[machine.number()] = false;
        fleet = fleet.reported(machine.id(), Reports.report(machine, 0, 1), now());
    }

    private void replan(Call call) {
        Optional<Replanner> replanner = contender.replan();
        if (replanner.isEmpty() || call.people() == 0) {
            return;
        }
        ConferenceShape shape = shape(call);
        for (Move move : replanner.get().replan(shape, fleet, now())) {
            move(call, move);
        }
    }

    /** Takes somebody off a bridge and lets the strategy choose again. */
    void placeAgain(Call call, int person, Machine from) {
        takeOut(call, person);
        place(call, person);
        moves += call.seat(person).filter(from::equals).isPresent() ? 0 : 1;
    }

    /** Moves people to the bridge that was chosen for them. */
    void move(Call call, Move move) {
        Machine from = Optional.ofNullable(machines.get(move.from())).orElseThrow();
        call.whoIsOn(from).stream()
                .filter(person -> request(call, person).region().equals(move.region()))
                .limit(move.people())
                .toList()
                .forEach(person -> {
                    takeOut(call, person);
                    put(call, person, request(call, person), move.to());
                    moves++;
                });
    }

    /** Notes how the fleet is, every minute. */
    private void watch() {
        double packets = 0;
        double capacity = 0;
        double highest = 0;
        int people = 0;
        for (Machine machine : world.machines()) {
            packets += loads.packets(machine);
            capacity += machine.capacity();
            people += loads.people(machine);
            highest = Math.max(highest, loads.stress(machine));
        }
        double usdPerHour = 0;
        for (Call call : calls.values()) {
            usdPerHour += HOUR_MS * call.usdPerMs();
        }
        minutes.add(new Minute(packets / capacity, highest, people, usdPerHour));
        at(nowMs + MINUTE_MS, this::watch);
    }
}
