package org.confocal.tests.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.confocal.focus.model.BridgeAnswer;
import org.confocal.focus.model.BridgeRequest;
import org.confocal.focus.model.MeetingId;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.BridgeReport;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.Region;

/** The simulated bridges and their brewery: they report, crash, drain, fall silent and come back, and the focus hears of it. */
final class SimFleet {
    private static final Duration REPORT_INTERVAL = Duration.ofSeconds(5);
    private static final List<Region> REGIONS = List.of(new Region("eu"), new Region("us"));
    private static final List<String> VERSIONS = List.of("2.3", "2.4");

    private final Schedule schedule;
    private final Chaos chaos;
    private final SimStream focus;
    private final Consumer<EndpointId> mediaLost;
    private final SimWire wire;
    private final Map<BridgeId, SimBridge> bridges = new LinkedHashMap<>();

    /** @param mediaLost hears whose media a bridge took along when it ended */
    SimFleet(Schedule schedule, Chaos chaos, SimStream focus, Consumer<EndpointId> mediaLost) {
        this.schedule = schedule;
        this.chaos = chaos;
        this.focus = focus;
        this.mediaLost = mediaLost;
        wire = new SimWire(schedule, chaos, mediaLost);
        int count = chaos.between(1, 6);
        boolean mixed = chaos.chance(0.2);
        for (int i = 1; i <= count; i++) {
            BridgeId id = new BridgeId("brewery@internal.example.org/jvb" + i);
            Optional<String> relayId = chaos.chance(0.05) ? Optional.empty() : Optional.of(id.nick());
            String version = mixed ? chaos.oneOf(VERSIONS) : VERSIONS.getFirst();
            bridges.put(id, new SimBridge(id, REGIONS.get(i % REGIONS.size()), relayId, version));
        }
    }

    /** From now on bridges report. */
    void open() {
        List.copyOf(bridges.values()).forEach(this::report);
    }

    Optional<SimBridge> bridge(BridgeId id) {
        return Optional.ofNullable(bridges.get(id));
    }

    Iterable<SimBridge> bridges() {
        return bridges.values();
    }

    /** Whether something was lost on the way to that bridge, so that it may rightly hold what nobody wants any more. */
    boolean isExcused(BridgeId bridge, MeetingId meeting) {
        return wire.isExcused(bridge, meeting);
    }

    void modify(SimPorts.Question.OfBridge asked, BridgeId id, BridgeRequest change) {
        wire.carry(known(id), change, new SimWire.Answers() {
            @Override
            public void first(BridgeAnswer answer) {
                toFocus(ports -> ports.answered(asked, answer));
            }

            @Override
            public void again(BridgeAnswer answer) {
                toFocus(ports -> ports.answeredAgain(asked, answer));
            }
        });
    }

    /** A request did not leave, or nobody will hear what came of it. */
    void lost(BridgeId id, BridgeRequest change) {
        wire.excuse(known(id), change);
    }

    void check(SimPorts.Question.Health asked) {
        wire.check(known(asked.bridge()), answer -> toFocus(ports -> ports.checked(asked, answer)));
    }

    private void toFocus(Consumer<SimPorts> what) {
        if (wire.isUp()) {
            focus.toFocus(what);
        }
    }

    private SimBridge known(BridgeId id) {
        return bridge(id).orElseThrow(() -> new Violation("there is no bridge " + id));
    }

    /** Whether the focus is in the brewery. */
    boolean isUp() {
        return wire.isUp();
    }

    /** The stream to the brewery breaks. */
    void loseStream() {
        wire.cut();
    }

    /** The stream is back and the brewery entered: every occupant's last presence comes with it. */
    void regainStream() {
        wire.mend();
        for (SimBridge bridge : bridges.values()) {
            if (bridge.inBrewery()) {
                tell(bridge);
            }
        }
    }

    private void tell(SimBridge bridge) {
        BridgeReport report = bridge.report();
        toFocus(ports -> ports.reported(bridge.id(), report));
    }

    /** Reports now and every five seconds, and lets the bridge do what bridges do. */
    private void report(SimBridge bridge) {
        if (bridge.inBrewery() && !bridge.isCrashed() && !bridge.isMute()) {
            tell(bridge);
            misbehave(bridge);
        }
        schedule.in(REPORT_INTERVAL, "report of " + bridge.id().nick(), () -> report(bridge));
    }

    private void misbehave(SimBridge bridge) {
        if (chaos.strikes(Fault.BRIDGE_CRASHED)) {
            crash(bridge);
        } else if (chaos.strikes(Fault.BRIDGE_LEFT)) {
            gone(bridge);
        } else if (chaos.strikes(Fault.BRIDGE_CHANGED_VERSION)) {
            bridge.install(chaos.oneOf(VERSIONS));
            gone(bridge);
        } else if (chaos.strikes(Fault.BRIDGE_SHUTTING_DOWN)) {
            bridge.shutDown();
            tell(bridge);
            schedule.in(chaos.millis(2_000, 20_000), bridge.id().nick() + " ends", () -> goneUnlessHealed(bridge));
        } else if (chaos.strikes(Fault.BRIDGE_GRACEFUL_SHUTDOWN)) {
            bridge.shutDownGracefully();
        } else if (chaos.strikes(Fault.BRIDGE_DRAINED)) {
            forAWhile(bridge, "drains", bridge::drain);
        } else if (chaos.strikes(Fault.BRIDGE_DEAF)) {
            forAWhile(bridge, "hears nothing", bridge::deafen);
        } else if (chaos.strikes(Fault.BRIDGE_MUTE)) {
            forAWhile(bridge, "is not heard", bridge::silence);
        } else if (chaos.strikes(Fault.BRIDGE_UNHEALTHY)) {
            forAWhile(bridge, "is unhealthy", bridge::sicken);
        }
    }

    private void forAWhile(SimBridge bridge, String what, Consumer<Boolean> change) {
        change.accept(true);
        schedule.remember(bridge.id().nick() + " ", what);
        schedule.in(chaos.millis(5_000, 40_000), bridge.id().nick() + " no longer " + what, () -> change.accept(false));
    }

    /** Some bridge dies. */
    void crashOne() {
        SimBridge bridge = chaos.oneOf(List.copyOf(bridges.values()));
        if (bridge.inBrewery() && !bridge.isCrashed()) {
            crash(bridge);
        }
    }

    /** Its bridges may hold this, and nobody knows. */
    void forgotten(MeetingId meeting) {
        bridges.keySet().forEach(bridge -> wire.excuse(bridge, meeting));
    }

    /** What a bridge has and the focus has not asked for as far as it knows is nobody's from now on. */
    void forgotten(BiPredicate<SimBridge, MeetingId> known) {
        for (SimBridge bridge : bridges.values()) {
            for (MeetingId meeting : bridge.conferences().keySet()) {
                if (!known.test(bridge, meeting)) {
                    wire.excuse(bridge.id(), meeting);
                }
            }
        }
    }

    /** Dead at once, but the brewery hears of it only when Prosody gives the connection up. */
    private void crash(SimBridge bridge) {
        takeMediaAlong(bridge);
        bridge.crash();
        schedule.in(chaos.millis(100, 15_000), bridge.id().nick() + " given up", () -> goneUnlessHealed(bridge));
    }

    private void takeMediaAlong(SimBridge bridge) {
        bridge.conferences().values().forEach(endpoints -> endpoints.keySet().forEach(mediaLost));
    }

    /** The quiet time begins with all bridges well: what was on its way from before must not take one away again. */
    private void goneUnlessHealed(SimBridge bridge) {
        if (!chaos.isCalm()) {
            gone(bridge);
        }
    }

    private void gone(SimBridge bridge) {
        if (bridge.inBrewery()) {
            leave(bridge);
            // Until the focus hears of it, the brewery sends back what it sends there.
            schedule.in(chaos.millis(0, 100), bridge.id().nick() + " has left", () -> hasLeft(bridge));
            schedule.in(chaos.millis(1_000, 40_000), bridge.id().nick() + " comes back", bridge::comeBack);
        }
    }

    private void leave(SimBridge bridge) {
        takeMediaAlong(bridge);
        bridge.leave();
    }

    private void hasLeft(SimBridge bridge) {
        toFocus(ports -> ports.left(bridge.id()));
    }

    /** Brings every bridge back to health, for the quiet time at the end. */
    void heal() {
        for (SimBridge bridge : List.copyOf(bridges.values())) {
            if (bridge.inBrewery() && bridge.mustRestart()) {
                leave(bridge);
                hasLeft(bridge);
            }
            bridge.comeBack();
            bridge.relax();
        }
    }

    /** Bridges as operators name them. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        bridges.keySet().forEach(id -> names.add(id.nick()));
        return names;
    }
}
