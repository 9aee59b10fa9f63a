package org.confocal.tests.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.conference.ConferenceInput.BridgeLoss;
import org.confocal.focus.conference.Effect.BridgeExperience;
import org.confocal.focus.model.BridgeAnswer;
import org.confocal.focus.model.BridgeRequest;
import org.confocal.focus.model.MeetingId;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.FleetConfig;
import org.confocal.strategy.FleetSnapshot;
import org.confocal.strategy.Region;
import org.confocal.strategy.RoomId;
import org.confocal.strategy.Selection;
import org.confocal.strategy.SelectionPipeline;
import org.confocal.strategy.SelectionRequest;

/**
 * The real fleet and selection over simulated bridges: carries colibri2 to them, loses and delays it, lets them report,
 * crash, drain and come back.
 */
final class SimFleet {
    private static final Duration REPLY_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration REPORT_INTERVAL = Duration.ofSeconds(5);
    private static final List<Region> REGIONS = List.of(new Region("eu"), new Region("us"));
    private static final List<BridgeAnswer.Refused> REFUSALS = List.of(
            new BridgeAnswer.Refused("internal-server-error", Optional.empty(), Optional.empty(), "made up"),
            new BridgeAnswer.Refused("service-unavailable", Optional.empty(), Optional.empty(), "made up"),
            new BridgeAnswer.Refused("conflict", Optional.of("conference_already_exists"), Optional.empty(), "made up"),
            new BridgeAnswer.Refused("item-not-found", Optional.of("conference_not_found"), Optional.empty(), ""));

    private final Schedule schedule;
    private final Chaos chaos;
    private final SelectionPipeline pipeline;
    private final Consumer<ConferenceInput> conferences;
    private final Consumer<EndpointId> mediaLost;
    private final Map<BridgeId, SimBridge> bridges = new LinkedHashMap<>();
    private final Set<BridgeId> usable = new HashSet<>();
    private final Set<String> excuses = new HashSet<>();
    private FleetSnapshot fleet;
    private Instant usableSince = Instant.MAX;

    /**
     * @param conferences hears what every conference hears of bridges
     * @param mediaLost hears whose media a bridge took along when it ended
     */
    SimFleet(
            Schedule schedule,
            Chaos chaos,
            SelectionPipeline pipeline,
            Consumer<ConferenceInput> conferences,
            Consumer<EndpointId> mediaLost) {
        this.mediaLost = mediaLost;
        this.schedule = schedule;
        this.chaos = chaos;
        this.pipeline = pipeline;
        this.conferences = conferences;
        fleet = FleetSnapshot.empty(FleetConfig.DEFAULTS);
        int count = chaos.between(1, 6);
        for (int i = 1; i <= count; i++) {
            BridgeId id = new BridgeId("brewery@internal.example.org/jvb" + i);
            Optional<String> relayId = chaos.chance(0.05) ? Optional.empty() : Optional.of(id.nick());
            bridges.put(id, new SimBridge(id, REGIONS.get(i % REGIONS.size()), relayId));
            report(id);
        }
    }

    FleetSnapshot snapshot() {
        return fleet;
    }

    Optional<SimBridge> bridge(BridgeId id) {
        return Optional.ofNullable(bridges.get(id));
    }

    Iterable<SimBridge> bridges() {
        return bridges.values();
    }

    /** How long there has been a usable bridge without a break; zero where there is none now. */
    Duration usableFor() {
        return usable.isEmpty() ? Duration.ZERO : Duration.between(usableSince, schedule.now());
    }

    Set<BridgeId> usable() {
        return usable;
    }

    /** Whether something was lost on the way to that bridge, so that it may rightly hold what nobody wants any more. */
    boolean isExcused(BridgeId bridge, MeetingId meeting) {
        return excuses.contains(bridge + " " + meeting);
    }

    Selection select(SelectionRequest request) {
        Selection selection = pipeline.select(request, fleet);
        if (selection instanceof Selection.Chosen chosen) {
            fleet = fleet.reserved(request, chosen.bridge());
        }
        return selection;
    }

    void release(BridgeId bridge, RoomId room, EndpointId endpoint) {
        fleet = fleet.released(bridge, room, endpoint, schedule.now());
    }

    void experienced(RoomId room, BridgeId bridge, BridgeExperience experience) {
        switch (experience) {
            case ALLOCATED -> fleet = fleet.allocated(bridge);
            case TIMED_OUT, FAILED -> fleet = fleet.failed(bridge, room, schedule.now());
            case GRACEFUL_SHUTDOWN -> fleet = fleet.gracefulShutdown(bridge);
            case RESTART_REQUESTED -> {}
        }
        compareUsable();
    }

    /** Carries a request to a bridge; {@code answers} hears each answer, once, late, twice, or as a timeout. */
    void modify(BridgeId id, BridgeRequest request, Consumer<BridgeAnswer> answers) {
        SimBridge bridge = bridges.get(id);
        if (bridge == null || !bridge.inBrewery()) {
            BridgeAnswer gone = new BridgeAnswer.Refused("item-not-found", Optional.empty(), Optional.empty(), "");
            schedule.in(chaos.millis(1, 20), "no occupant " + id.nick(), () -> answers.accept(gone));
            return;
        }
        int generation = bridge.generation();
        if (chaos.strikes(Fault.BRIDGE_REQUEST_LOST)) {
            excuse(id, request);
            timeOut(id, answers);
            return;
        }
        schedule.inOrder("to " + id, chaos.millis(1, 40), "request at " + id.nick() + " " + brief(request), () -> {
            if (bridge.generation() != generation || bridge.isCrashed()) {
                excuse(id, request);
                timeOut(id, answers);
            } else if (chaos.strikes(Fault.BRIDGE_REFUSED)) {
                refuse(bridge, request, answers);
            } else {
                deliver(id, bridge.handle(request), answers);
            }
        });
    }

    private void refuse(SimBridge bridge, BridgeRequest request, Consumer<BridgeAnswer> answers) {
        BridgeAnswer.Refused refusal = chaos.oneOf(REFUSALS);
        excuse(bridge.id(), request);
        if (refusal.reason().equals(Optional.of("conference_not_found"))) {
            // Whoever was on it is without media from now on.
            bridge.forget(request.meeting()).forEach(mediaLost);
        }
        deliver(bridge.id(), refusal, answers);
    }

    private void deliver(BridgeId id, BridgeAnswer answer, Consumer<BridgeAnswer> answers) {
        String what = "answer of " + id.nick() + " " + answer.getClass().getSimpleName();
        if (chaos.strikes(Fault.BRIDGE_ANSWER_LOST)) {
            timeOut(id, answers);
        } else if (chaos.strikes(Fault.BRIDGE_ANSWER_LATE)) {
            timeOut(id, answers);
            schedule.in(REPLY_TIMEOUT.plus(chaos.millis(1, 5_000)), "late " + what, () -> answers.accept(answer));
        } else {
            schedule.inOrder("from " + id, chaos.millis(1, 60), what, () -> answers.accept(answer));
            if (chaos.strikes(Fault.BRIDGE_ANSWER_REPEATED)) {
                schedule.inOrder("from " + id, chaos.millis(1, 3_000), "again " + what, () -> answers.accept(answer));
            }
        }
    }

    private void timeOut(BridgeId id, Consumer<BridgeAnswer> answers) {
        schedule.in(REPLY_TIMEOUT, "timeout of " + id.nick(), () -> answers.accept(new BridgeAnswer.TimedOut()));
    }

    /** This request never reached that bridge. */
    void excuse(BridgeId id, BridgeRequest request) {
        excuses.add(id + " " + request.meeting());
    }

    private static String brief(BridgeRequest request) {
        if (request.expire()) {
            return "expire";
        }
        List<String> parts = new ArrayList<>();
        request.endpoints().forEach(e -> parts.add(e.lifecycle() + " " + e.id()));
        request.relay().ifPresent(relay -> {
            parts.add(relay.lifecycle() + " relay to " + relay.id());
            relay.endpoints().forEach(e -> parts.add(e.lifecycle() + " " + e.id()));
        });
        return (request.create().isPresent() ? "new conference " : "") + parts;
    }

    /** Reports now and every five seconds, and lets the bridge do what bridges do. */
    private void report(BridgeId id) {
        SimBridge bridge = java.util.Objects.requireNonNull(bridges.get(id));
        if (bridge.inBrewery() && !bridge.isCrashed()) {
            fleet = fleet.reported(id, bridge.report(), schedule.now());
            compareUsable();
            misbehave(bridge);
        }
        schedule.in(REPORT_INTERVAL, "report of " + id.nick(), () -> report(id));
    }

    private void misbehave(SimBridge bridge) {
        if (chaos.strikes(Fault.BRIDGE_CRASHED)) {
            crash(bridge);
        } else if (chaos.strikes(Fault.BRIDGE_LEFT)) {
            takeMediaAlong(bridge);
            bridge.leave();
            gone(bridge);
        } else if (chaos.strikes(Fault.BRIDGE_SHUTTING_DOWN)) {
            bridge.shutDown();
            fleet = fleet.reported(bridge.id(), bridge.report(), schedule.now());
            compareUsable();
            conferences.accept(new ConferenceInput.BridgeLost(bridge.id(), BridgeLoss.SHUTTING_DOWN));
            schedule.in(chaos.millis(2_000, 20_000), bridge.id().nick() + " ends", () -> {
                if (bridge.inBrewery()) {
                    takeMediaAlong(bridge);
                    bridge.leave();
                    gone(bridge);
                }
            });
        } else if (chaos.strikes(Fault.BRIDGE_GRACEFUL_SHUTDOWN)) {
            bridge.shutDownGracefully();
        } else if (chaos.strikes(Fault.BRIDGE_DRAINED)) {
            bridge.drain(true);
            schedule.in(chaos.millis(5_000, 30_000), bridge.id().nick() + " undrained", () -> bridge.drain(false));
        }
    }

    /** Dead at once, but the brewery hears of it only when Prosody gives the connection up. */
    private void crash(SimBridge bridge) {
        takeMediaAlong(bridge);
        bridge.crash();
        schedule.in(chaos.millis(100, 15_000), bridge.id().nick() + " given up", () -> {
            if (bridge.inBrewery()) {
                bridge.leave();
                gone(bridge);
            }
        });
    }

    private void takeMediaAlong(SimBridge bridge) {
        bridge.conferences().values().forEach(endpoints -> endpoints.keySet().forEach(mediaLost));
    }

    private void gone(SimBridge bridge) {
        fleet = fleet.left(bridge.id());
        compareUsable();
        conferences.accept(new ConferenceInput.BridgeLost(bridge.id(), BridgeLoss.REMOVED));
        schedule.in(chaos.millis(1_000, 40_000), bridge.id().nick() + " comes back", bridge::comeBack);
    }

    /** Brings every bridge back to health, for the quiet time at the end. */
    void heal() {
        for (SimBridge bridge : bridges.values()) {
            if (bridge.inBrewery() && !bridge.isHealthy()) {
                takeMediaAlong(bridge);
                bridge.leave();
                fleet = fleet.left(bridge.id());
                compareUsable();
                conferences.accept(new ConferenceInput.BridgeLost(bridge.id(), BridgeLoss.REMOVED));
            }
            bridge.comeBack();
        }
    }

    private void compareUsable() {
        Instant now = schedule.now();
        for (BridgeId id : bridges.keySet()) {
            boolean usableNow = fleet.bridge(id)
                    .map(b -> fleet.operational(b, now)
                            && !b.report().shuttingDown().orElse(false))
                    .orElse(false);
            if (!usableNow) {
                usable.remove(id);
            } else if (!usable.contains(id)) {
                if (usable.isEmpty()) {
                    usableSince = now;
                }
                usable.add(id);
                schedule.in(
                        Duration.ZERO,
                        id.nick() + " is usable",
                        () -> conferences.accept(new ConferenceInput.BridgeUsable(id)));
            }
        }
    }
}
