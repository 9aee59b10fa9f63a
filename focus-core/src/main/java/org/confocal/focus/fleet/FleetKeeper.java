package org.confocal.focus.fleet;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import org.confocal.focus.conference.ConferenceInput.BridgeLoss;
import org.confocal.focus.config.IceFailureConfig;
import org.confocal.focus.fleet.BridgeWatch.Line;
import org.confocal.focus.fleet.BridgeWatch.Usability;
import org.confocal.focus.fleet.HealthCheckMachine.Verdict;
import org.confocal.focus.journal.Journal;
import org.confocal.focus.serial.Cell;
import org.confocal.focus.serial.OneLine;
import org.confocal.focus.serial.Timers;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.BridgeSnapshot;
import org.confocal.strategy.FleetSnapshot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works off the events of the fleet, one at a time: puts them into the snapshot, and tells conferences what follows for them
 * (spec/05, sections 1, 2, 5 and 7). Confined to the fleet's mailbox, except for the counters.
 */
final class FleetKeeper {
    private static final Logger LOG = LoggerFactory.getLogger("org.confocal.fleet");
    private static final int MAX_TEXT = 256;

    private final Cell<FleetSnapshot> fleet;
    private final ConcurrentMap<BridgeId, BridgeTally> tallies;
    private final HealthChecks checks;
    /** When a bridge that may not be chosen may be again. */
    private final Timers<BridgeId> pauses;

    private final Chores chores;
    private final Drains drains;
    private final FleetListener listener;
    private final InstantSource clock;
    private final Journal journal;
    private final int maxBridges;
    private final IceFailureConfig iceFailures;
    private final LongAdder iceFailuresFound;
    private final Map<BridgeId, BridgeWatch> watches = new HashMap<>();
    private final BridgeWatch beyondTheLimit = new BridgeWatch();
    private final LongAdder lostBridges = new LongAdder();
    private final LongAdder malformedStats = new LongAdder();
    private boolean stopped;

    FleetKeeper(
            Cell<FleetSnapshot> fleet,
            ConcurrentMap<BridgeId, BridgeTally> tallies,
            HealthChecks checks,
            Timers<BridgeId> pauses,
            Chores chores,
            Drains drains,
            FleetListener listener,
            InstantSource clock,
            Journal journal,
            int maxBridges,
            IceFailureConfig iceFailures,
            LongAdder iceFailuresFound) {
        this.fleet = fleet;
        this.tallies = tallies;
        this.checks = checks;
        this.pauses = pauses;
        this.chores = chores;
        this.drains = drains;
        this.listener = listener;
        this.clock = clock;
        this.journal = journal;
        this.maxBridges = maxBridges;
        this.iceFailures = iceFailures;
        this.iceFailuresFound = iceFailuresFound;
    }

    long lostBridges() {
        return lostBridges.sum();
    }

    long malformedStats() {
        return malformedStats.sum();
    }

    void take(FleetEvent event) {
        if (stopped) {
            return;
        }
        Instant now = clock.instant();
        switch (event) {
            case FleetEvent.Reported reported -> reported(reported, now);
            case FleetEvent.Left left -> left(left.bridge(), Farewell.OF_THE_BRIDGE);
            case FleetEvent.BreweryLeft all ->
                List.copyOf(watches.keySet()).forEach(bridge -> left(bridge, Farewell.OF_THE_FOCUS));
            case FleetEvent.CheckDue check -> {
                if (checks.claim(check.due())) {
                    due(check.due().key(), now);
                }
            }
            case FleetEvent.Checked checked -> checked(checked, now);
            case FleetEvent.PauseOver pause -> {
                if (pauses.claim(pause.due())) {
                    reconsider(pause.due().key(), now, "its pause is over");
                }
            }
            case FleetEvent.RestartRequested restart -> restarted(restart.bridge(), now);
            case FleetEvent.MovesOrdered moves -> {
                int refused = chores.order(moves.orders(), now);
                if (refused > 0) {
                    LOG.warn("{} moves are dropped: {} people wait for theirs", refused, MoveQueue.MAX_PEOPLE);
                }
            }
            case FleetEvent.DrainsChanged changed -> drained(now);
            case FleetEvent.ChoreDue chore -> {
                if (chores.claim(chore.due())) {
                    chore(chore.due().key(), now);
                }
            }
            case FleetEvent.Reconsider changed -> reconsider(changed.bridge(), now, changed.because());
            case FleetEvent.Stop stop -> {
                checks.stop();
                pauses.cancelAll();
                chores.stop();
                stopped = true;
            }
        }
    }

    private void chore(FleetEvent.Chore chore, Instant now) {
        switch (chore) {
            case MOVES -> chores.release(now);
            case PLANS -> {
                if (chores.mayPlan()) {
                    listener.plan();
                }
            }
            case DRAINS -> chores.drain(drains, listener);
            case REDISTRIBUTION -> {
                for (BridgeId bridge : chores.overloaded(fleet.get(), now)) {
                    LOG.info("Bridge {} carries too much: up to {} people move", name(bridge), chores.atATime());
                    listener.relieve(bridge, chores.atATime());
                }
            }
        }
    }

    private void drained(Instant now) {
        watches.forEach((id, watch) -> {
            fleet.update(seen -> drains.apply(seen, id));
            reconsider(id, watch, now, "an operator drains it, or no longer");
        });
        chores.drain(drains, listener);
    }

    private void reported(FleetEvent.Reported event, Instant now) {
        BridgeId id = event.bridge();
        BridgeWatch known = watches.get(id);
        if (known == null && watches.size() >= maxBridges) {
            if (beyondTheLimit.mayWrite(Line.FAILED, now)) {
                LOG.warn("There are {} bridges already; {} and others are ignored", maxBridges, name(id));
            }
            return;
        }
        boolean wasShuttingDown = bridge(id).map(BridgeSnapshot::shuttingDown).orElse(false);
        BridgeRecords.reported(journal, id, event.report());
        drains.reported(id, event.report());
        fleet.update(seen -> drains.apply(seen.reported(id, event.report(), now), id));
        BridgeWatch watch = known == null ? joined(id) : known;
        malformed(id, event.malformed(), watch, now);
        boolean isShuttingDown = bridge(id).map(BridgeSnapshot::shuttingDown).orElse(false);
        if (isShuttingDown && !wasShuttingDown) {
            LOG.warn("Bridge {} is shutting down: its endpoints move", name(id));
            listener.bridgeLost(id, BridgeLoss.SHUTTING_DOWN);
        }
        boolean wasFailing =
                bridge(id).map(bridge -> bridge.condition().iceFailing()).orElse(false);
        if (wasFailing && !watch.iceFailures().failing(now)) {
            fleet.update(seen -> seen.iceFailing(id, false));
            LOG.info("Bridge {} counts as reachable by clients again", name(id));
        }
        reconsider(id, watch, now, "its presence says so");
    }

    private void restarted(BridgeId id, Instant now) {
        BridgeWatch watch = watches.get(id);
        if (watch == null) {
            return;
        }
        int endpoints = fleet.get().endpoints(id);
        boolean wasFailing = watch.iceFailures().failing(now);
        if (watch.iceFailures().restarted(endpoints, now, iceFailures) && !wasFailing) {
            iceFailuresFound.increment();
            fleet.update(seen -> seen.iceFailing(id, true));
            LOG.warn(
                    "Bridge {} counts as overloaded for {} s: more than {} of its {} people asked for a restart",
                    name(id),
                    watch.iceFailures().left(now).toSeconds(),
                    iceFailures.threshold(),
                    endpoints);
        }
    }

    private BridgeWatch joined(BridgeId id) {
        BridgeWatch watch = new BridgeWatch();
        watches.put(id, watch);
        tallies.put(id, new BridgeTally());
        checks.joined(id);
        chores.joined();
        Optional<BridgeSnapshot> bridge = bridge(id);
        LOG.info(
                "Bridge {} joined: version {}, region {}, relay {}",
                name(id),
                text(bridge.flatMap(BridgeSnapshot::fullVersion)),
                text(bridge.flatMap(BridgeSnapshot::region)),
                text(bridge.flatMap(BridgeSnapshot::relayId)));
        Optional<String> version = bridge.flatMap(BridgeSnapshot::fullVersion);
        long others = fleet.get().bridges().stream()
                .filter(other -> !other.fullVersion().equals(version))
                .count();
        if (others > 0) {
            LOG.info(
                    "Bridge {} has version {}, and {} other bridges run another version: a conference stays on the version"
                            + " that it began on, unless jicofo.octo.allow-mixed-versions",
                    name(id),
                    text(version),
                    others);
        }
        return watch;
    }

    private void malformed(BridgeId id, List<String> fields, BridgeWatch watch, Instant now) {
        if (fields.isEmpty()) {
            return;
        }
        malformedStats.increment();
        if (watch.mayWrite(Line.MALFORMED, now)) {
            LOG.warn(
                    "Bridge {} reports what cannot be read; the last values are kept: {}",
                    name(id),
                    OneLine.of(String.join(", ", fields), MAX_TEXT));
        }
    }

    /** Who went: the two are told apart only for the count of lost bridges. */
    private enum Farewell {
        OF_THE_BRIDGE,
        OF_THE_FOCUS
    }

    private void left(BridgeId id, Farewell farewell) {
        if (watches.remove(id) == null) {
            return;
        }
        BridgeRecords.left(journal, id);
        checks.left(id);
        pauses.cancel(id);
        chores.left(id);
        drains.left(id);
        tallies.remove(id);
        boolean announced = bridge(id)
                .map(bridge -> bridge.inGracefulShutdown() || bridge.shuttingDown())
                .orElse(false);
        fleet.update(seen -> seen.left(id));
        // Jicofo counts all bridges as lost when it loses the brewery; we do not, because they are where they were, and
        // an
        // alarm on this counter is about bridges.
        if (!announced && farewell == Farewell.OF_THE_BRIDGE) {
            lostBridges.increment();
            LOG.warn("Bridge {} left without having announced it", name(id));
        } else {
            LOG.info("Bridge {} left", name(id));
        }
        listener.bridgeLost(id, BridgeLoss.REMOVED);
    }

    private void due(BridgeId id, Instant now) {
        BridgeWatch watch = watches.get(id);
        if (watch != null) {
            bridge(id)
                    .flatMap(bridge -> checks.due(bridge, watch, now))
                    .ifPresent(verdict -> judged(id, watch, verdict, now));
        }
    }

    private void checked(FleetEvent.Checked event, Instant now) {
        BridgeWatch watch = watches.get(event.bridge());
        if (watch != null) {
            checks.answered(event.bridge(), watch, event.answer())
                    .ifPresent(verdict -> judged(event.bridge(), watch, verdict, now));
        }
    }

    private void judged(BridgeId id, BridgeWatch watch, Verdict verdict, Instant now) {
        switch (verdict) {
            case PASSED -> {
                fleet.update(seen -> seen.recovered(id));
                reconsider(id, watch, now, "its health check passed");
            }
            case UNREACHABLE -> {
                fleet.update(seen -> seen.failed(id, now));
                if (watch.mayWrite(Line.UNREACHABLE, now)) {
                    LOG.warn("Bridge {} does not answer health checks; its conferences stay for now", name(id));
                }
                reconsider(id, watch, now, "it does not answer health checks");
            }
            case FAILED -> {
                boolean news = watch.usability() != Usability.NOT;
                fleet.update(seen -> seen.unhealthy(id, now));
                if (watch.mayWrite(Line.FAILED, now)) {
                    LOG.warn("Bridge {} says that it is not healthy: its endpoints move", name(id));
                }
                reconsider(id, watch, now, "its health check failed");
                // Said again only while somebody is still there: every conference hears it.
                if (news || fleet.get().endpoints(id) > 0) {
                    listener.bridgeLost(id, BridgeLoss.UNHEALTHY);
                }
            }
            case ODD -> {
                if (watch.mayWrite(Line.ODD_ANSWER, now)) {
                    LOG.warn("Bridge {} answers health checks with an error that says nothing about health", name(id));
                }
            }
        }
    }

    private void reconsider(BridgeId id, Instant now, String because) {
        BridgeWatch watch = watches.get(id);
        if (watch != null) {
            reconsider(id, watch, now, because);
        }
    }

    /** Compares how far a bridge can be used with how far it could be, and says so where it has become better. */
    private void reconsider(BridgeId id, BridgeWatch watch, Instant now, String because) {
        FleetSnapshot seen = fleet.get();
        Usability before = watch.usability();
        Usability after =
                seen.bridge(id).map(bridge -> Usability.of(bridge, seen, now)).orElse(Usability.NOT);
        watch.usability(after);
        if (after != before) {
            LOG.info("Bridge {} is usable: {} (was {}), because {}", name(id), after, before, because);
        }
        awaitPause(id, seen, now);
        if (after.isNewsAfter(before)) {
            listener.bridgeUsable(id);
        }
    }

    private void awaitPause(BridgeId id, FleetSnapshot seen, Instant now) {
        Optional<Duration> left = seen.bridge(id).flatMap(bridge -> seen.pause(bridge, now));
        if (left.isPresent()) {
            pauses.start(id, left.get());
        } else {
            pauses.cancel(id);
        }
    }

    private Optional<BridgeSnapshot> bridge(BridgeId id) {
        return fleet.get().bridge(id);
    }

    private static String name(BridgeId id) {
        return OneLine.of(id.value(), MAX_TEXT);
    }

    private static String text(Optional<?> value) {
        return OneLine.of(value.map(Object::toString).orElse("unknown"), MAX_TEXT);
    }
}
