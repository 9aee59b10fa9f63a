package org.confocal.tests.sim;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.conference.ConferenceState;
import org.confocal.focus.conference.Machine;
import org.confocal.focus.model.BridgeAnswer;
import org.confocal.focus.model.RequestId;
import org.confocal.focus.port.FocusInbox;
import org.confocal.focus.runtime.ConferenceMachineModel;
import org.confocal.focus.runtime.Focus;
import org.confocal.focus.runtime.FocusEnvironment;
import org.confocal.focus.view.FocusSnapshot;
import org.confocal.strategy.BridgeCondition;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.BridgeReport;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.FleetConfig;
import org.confocal.strategy.RoomId;
import org.confocal.strategy.Selection;

/**
 * The real focus, from its inbox to its ports, on one thread and the simulation's clock; and what is always true of it as a
 * whole.
 */
final class SimFocus implements SimFleet.Ear, ConferenceWatch.World {
    private final Schedule schedule;
    private final MoveBudgets budgets;
    private final FleetConfig fleetConfig;
    private final Map<RoomId, SimRoom> rooms;
    private final Map<RoomId, ConferenceWatch> live = new HashMap<>();
    private final SimFleet fleet;
    private final Focus focus;

    /**
     * A focus that has neither rooms nor bridges yet.
     *
     * @param machine steps the conferences
     * @param rooms all there are, or are going to be
     * @param mediaLost hears whose media a bridge took along when it ended
     */
    SimFocus(
            SimSetting setting,
            Machine<ConferenceState, ConferenceInput> machine,
            Schedule schedule,
            Chaos chaos,
            Map<RoomId, SimRoom> rooms,
            Consumer<EndpointId> mediaLost) {
        this.schedule = schedule;
        this.rooms = rooms;
        budgets = new MoveBudgets(setting.budget());
        fleetConfig = setting.focus().fleet();
        fleet = new SimFleet(schedule, chaos, this, mediaLost);
        SimTime time = new SimTime(schedule);
        Violations violations = new Violations();
        SimWorkers workers = new SimWorkers(chaos);
        schedule.afterEach(() -> {
            workers.work();
            violations.rethrow();
        });
        SimModel model = new SimModel(
                new ConferenceMachineModel(setting.focus().conference(), setting.cascades()),
                machine,
                schedule,
                chaos,
                violations,
                this,
                this::began);
        focus = new Focus(
                setting.focus(),
                model,
                new SimPorts(rooms, fleet).all(),
                new FocusEnvironment(time, workers, time, new SplittableRandom(chaos.number())));
    }

    Focus focus() {
        return focus;
    }

    SimFleet fleet() {
        return fleet;
    }

    private void began(ConferenceWatch watch) {
        live.put(watch.room(), watch);
        room(watch).ifPresent(room -> room.began(watch));
    }

    @Override
    public void ended(ConferenceWatch watch) {
        live.remove(watch.room());
        room(watch).ifPresent(SimRoom::ended);
    }

    private Optional<SimRoom> room(ConferenceWatch watch) {
        return Optional.ofNullable(rooms.get(watch.room()));
    }

    @Override
    public MoveBudgets budgets() {
        return budgets;
    }

    /** Failing may cost a bridge its turn, but not a site its last bridge. */
    @Override
    public void refused(Selection.None none) {
        switch (none.reason()) {
            case NO_BRIDGES, NONE_OPERATIONAL, ALL_SHUTTING_DOWN, STRATEGY_REFUSED -> {
                for (FocusSnapshot.Bridge each : focus.snapshot().bridges()) {
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
                && condition.standing(schedule.now(), fleetConfig.failureReset()) == BridgeCondition.Standing.BROKEN;
        return each.bridge().healthy() && !each.bridge().shuttingDown() && !broken;
    }

    /** Compares what the focus says of itself with what its conferences hold. */
    void countersAgree() {
        FocusSnapshot seen = focus.snapshot();
        int seats =
                live.values().stream().mapToInt(watch -> watch.seats().size()).sum();
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

    @Override
    public void reported(BridgeId bridge, BridgeReport report) {
        focus.bridgeReported(bridge, report, List.of());
    }

    @Override
    public void left(BridgeId bridge) {
        budgets.left(bridge);
        focus.bridgeLeft(bridge);
    }

    @Override
    public void breweryJoined(boolean joined) {
        if (!joined) {
            budgets.allLeft();
        }
        focus.breweryJoined(joined);
    }

    @Override
    public void answered(RoomId room, RequestId request, BridgeAnswer answer) {
        focus.happened(room, new ConferenceInput.BridgeAnswered(request, answer));
    }

    @Override
    public void checked(BridgeId bridge, FocusInbox.HealthAnswer answer) {
        focus.bridgeChecked(bridge, answer);
    }
}
