package org.confocal.tests.sim;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.conference.ConferenceState;
import org.confocal.focus.conference.Machine;
import org.confocal.focus.runtime.ConferenceMachineModel;
import org.confocal.focus.runtime.Focus;
import org.confocal.focus.runtime.LooseEnd;
import org.confocal.focus.view.FocusSnapshot;
import org.confocal.strategy.BridgeCondition;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.RoomId;
import org.confocal.strategy.Selection;

/** The focus, one process after the other, and what is always true of it as a whole. */
final class SimFocus implements ConferenceWatch.World, SimModel.Began {
    private final SimProcess.Surroundings around;
    private final SimProcess.Conferences conferences;
    private final Violations violations;
    private final Map<RoomId, ConferenceWatch> live = new HashMap<>();
    private SimProcess process;

    /**
     * A focus that has neither rooms nor bridges yet.
     *
     * @param machine steps the conferences
     * @param takenUp what of that which was under way a process takes up
     */
    SimFocus(
            SimProcess.Surroundings around,
            Machine<ConferenceState, ConferenceInput> machine,
            Predicate<LooseEnd> takenUp,
            Violations violations) {
        this.around = around;
        this.violations = violations;
        SimSetting setting = around.setting();
        ConferenceMachineModel real = new ConferenceMachineModel(setting.focus().conference(), setting.cascades());
        conferences = journal -> new SimModel(
                real, machine, takenUp, around.schedule(), around.chaos(), violations, this, journal, this);
        process = new SimProcess(around, conferences);
    }

    /** The process that lives, or died last. */
    SimProcess process() {
        return process;
    }

    boolean isAlive() {
        return process.life().isAlive();
    }

    /** Has the process that lives do something. */
    void enter(Consumer<SimProcess> work) {
        SimProcess now = process;
        now.life().enter(() -> work.accept(now));
    }

    /** Works off what an event brought about. */
    void work() {
        process.work();
        violations.rethrow();
    }

    /** The process is dead: nothing of its conferences is left but what was kept. */
    void died() {
        live.clear();
        around.rooms().values().forEach(SimRoom::interrupted);
    }

    /** Another process takes up what is kept; it may die of it. */
    void begin(int dieAt) {
        process = new SimProcess(around, conferences);
        process.life().dieAt(dieAt);
        Set<RoomId> whole = new HashSet<>();
        Set<RoomId> damaged = new HashSet<>();
        for (RoomId room : around.rooms().keySet()) {
            if (around.disk().has(room)) {
                (around.disk().isDamaged(room) ? damaged : whole).add(room);
            }
        }
        Focus.Restored[] restored = {new Focus.Restored(0, 0, List.of())};
        enter(next -> restored[0] = next.focus().restore());
        process.life().spare();
        if (isAlive()) {
            forgetUnreadable();
            isTakenUp(whole, damaged, restored[0]);
            Set<BridgeId> known = process.focus().snapshot().bridges().stream()
                    .map(each -> each.bridge().id())
                    .collect(Collectors.toSet());
            live.values().forEach(watch -> watch.takenUp(known));
        }
        violations.rethrow();
    }

    /** Conferences go on as a whole or not at all. */
    private void isTakenUp(Set<RoomId> whole, Set<RoomId> damaged, Focus.Restored restored) {
        if (!live.keySet().equals(whole)) {
            throw new Violation(
                    "conferences go on in %s; whole are %s, damaged %s".formatted(live.keySet(), whole, damaged));
        }
        require(
                restored.lost() == damaged.size(),
                "%d conferences are damaged, and %d are said to be",
                damaged.size(),
                restored.lost());
    }

    /** What could not be read as a whole is not gone on with. */
    private void forgetUnreadable() {
        for (ConferenceWatch watch : List.copyOf(live.values())) {
            if (process.focus().conferenceDebug(watch.room()).isEmpty()) {
                live.remove(watch.room());
                room(watch).ifPresent(SimRoom::interrupted);
            }
        }
    }

    @Override
    public void fresh(ConferenceWatch watch) {
        live.put(watch.room(), watch);
        room(watch).ifPresent(room -> room.began(watch));
    }

    @Override
    public synchronized void restored(ConferenceWatch watch) {
        live.put(watch.room(), watch);
        room(watch).ifPresent(room -> room.goesOn(watch));
    }

    @Override
    public void ended(ConferenceWatch watch) {
        live.remove(watch.room());
        room(watch).ifPresent(SimRoom::ended);
    }

    private Optional<SimRoom> room(ConferenceWatch watch) {
        return Optional.ofNullable(around.rooms().get(watch.room()));
    }

    @Override
    public MoveBudgets budgets() {
        return process.budgets();
    }

    /** Failing may cost a bridge its turn, but not a site its last bridge. */
    @Override
    public void refused(Selection.None none) {
        switch (none.reason()) {
            case NO_BRIDGES, NONE_OPERATIONAL, ALL_SHUTTING_DOWN, STRATEGY_REFUSED -> {
                for (FocusSnapshot.Bridge each : process.focus().snapshot().bridges()) {
                    if (isUsable(each)) {
                        throw new Violation("no bridge (%s), and %s neither says that it is broken nor shuts down"
                                .formatted(none.reason(), each.bridge().id().nick()));
                    }
                }
            }
            // A conference stays on one version, and on one bridge where it must.
            case NO_MATCHING_VERSION, DENIED_BY_POLICY, SECOND_BRIDGE_NOT_ALLOWED -> {}
        }
    }

    private boolean isUsable(FocusSnapshot.Bridge each) {
        BridgeCondition condition = each.bridge().condition();
        boolean broken = condition.state() == BridgeCondition.State.BROKEN
                && condition.standing(
                                around.schedule().now(),
                                around.setting().focus().fleet().failureReset())
                        == BridgeCondition.Standing.BROKEN;
        return each.bridge().healthy() && !each.bridge().shuttingDown() && !broken;
    }

    /** Compares what the focus says of itself with what its conferences hold. */
    void countersAgree() {
        if (!isAlive()) {
            return;
        }
        FocusSnapshot seen = process.focus().snapshot();
        int seats =
                live.values().stream().mapToInt(ConferenceWatch::reservations).sum();
        require(seen.reservations() == seats, "%d people have a seat, and %d are reserved", seats, seen.reservations());
        require(
                seen.conferences().size() == live.size(),
                "%d conferences live, and %d are listed",
                live.size(),
                seen.conferences().size());
        int timers = live.values().stream().mapToInt(ConferenceWatch::timers).sum();
        require(seen.timers() == timers, "%d timers run, and %d are counted", timers, seen.timers());
        require(seen.inputsDropped() == 0, "inputs were dropped: %d of %d", seen.inputsDropped(), seen.inputsDropped());
        for (FocusSnapshot.Bridge bridge : seen.bridges()) {
            BridgeId id = bridge.bridge().id();
            long sitting = live.values().stream()
                    .flatMap(watch -> watch.seats().values().stream())
                    .filter(id::equals)
                    .count();
            // Who was placed on it before it left and came back does not count there.
            require(
                    bridge.endpoints() <= sitting,
                    "%d people are on a bridge that is said to have %d",
                    sitting,
                    bridge.endpoints());
        }
    }

    private static void require(boolean holds, String sentence, long one, long other) {
        if (!holds) {
            throw new Violation(sentence.formatted(one, other));
        }
    }
}
