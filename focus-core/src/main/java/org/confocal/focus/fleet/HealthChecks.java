package org.confocal.focus.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.confocal.focus.config.HealthCheckConfig;
import org.confocal.focus.fleet.HealthCheckMachine.Action;
import org.confocal.focus.fleet.HealthCheckMachine.Trigger;
import org.confocal.focus.fleet.HealthCheckMachine.Verdict;
import org.confocal.focus.port.BridgeGateway;
import org.confocal.focus.port.FocusInbox.HealthAnswer;
import org.confocal.focus.serial.Timers;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.BridgeSnapshot;

/**
 * When bridges are checked, and what the answers amount to (spec/05, section 7). One check of a bridge at a time; the interval
 * counts from one verdict to the next question. Confined to the fleet's mailbox.
 */
final class HealthChecks {
    /** First checks are spread over this many points of the interval. */
    private static final int SPREAD = 1_000;

    private final HealthCheckConfig config;
    private final HealthCheckMachine machine;
    private final BridgeGateway gateway;
    private final Timers<BridgeId> timers;

    HealthChecks(
            HealthCheckConfig config,
            BridgeGateway gateway,
            ScheduledExecutorService scheduler,
            Consumer<Timers.Due<BridgeId>> mailbox) {
        this.config = config;
        this.machine = new HealthCheckMachine(config);
        this.gateway = gateway;
        this.timers = new Timers<>(scheduler, new LongAdder(), mailbox);
    }

    /** A bridge appeared: the first check is due within one interval. */
    void joined(BridgeId bridge) {
        if (config.enabled()) {
            // After the brewery was joined again all bridges appear in the same instant; their checks need not stay
            // together.
            int part = 1 + Math.floorMod(bridge.hashCode(), SPREAD);
            timers.start(bridge, config.interval().multipliedBy(part).dividedBy(SPREAD));
        }
    }

    void left(BridgeId bridge) {
        timers.cancel(bridge);
    }

    void stop() {
        timers.cancelAll();
    }

    /** Whether this is still what the bridge's timer has become; asked once. */
    boolean claim(Timers.Due<BridgeId> due) {
        return timers.claim(due);
    }

    /** The bridge's time has come; there is a verdict at once where its presence is taken for an answer. */
    Optional<Verdict> due(BridgeSnapshot bridge, BridgeWatch watch, Instant now) {
        if (!config.usePresence()) {
            return advance(bridge.id(), watch, Trigger.DUE);
        }
        timers.start(bridge.id(), config.interval());
        boolean old = Duration.between(bridge.reportedAt(), now).compareTo(config.presenceTimeout()) > 0;
        if (old) {
            return Optional.of(Verdict.UNREACHABLE);
        }
        return Optional.of(bridge.healthy() ? Verdict.PASSED : Verdict.FAILED);
    }

    /** An answer arrived. */
    Optional<Verdict> answered(BridgeId bridge, BridgeWatch watch, HealthAnswer answer) {
        return advance(
                bridge,
                watch,
                switch (answer) {
                    case HEALTHY -> Trigger.HEALTHY;
                    case FAILED -> Trigger.FAILED;
                    case TIMED_OUT -> Trigger.TIMED_OUT;
                    case OTHER_ERROR -> Trigger.OTHER_ERROR;
                });
    }

    private Optional<Verdict> advance(BridgeId bridge, BridgeWatch watch, Trigger trigger) {
        HealthCheckMachine.Step step = machine.step(watch.phase(), trigger);
        watch.phase(step.next());
        step.dueIn().ifPresent(wait -> timers.start(bridge, wait));
        if (step.action() == Action.ASK) {
            gateway.check(bridge);
        }
        return step.verdict();
    }
}
