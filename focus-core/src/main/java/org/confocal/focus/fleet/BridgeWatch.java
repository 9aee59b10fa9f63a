package org.confocal.focus.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.confocal.strategy.BridgeSnapshot;
import org.confocal.strategy.FleetSnapshot;

/** What is remembered of one bridge from one event to the next. Confined to the fleet's mailbox. */
final class BridgeWatch {
    private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);

    /** How far a bridge can be used, worst first. */
    enum Usability {
        NOT,
        /** It failed repeatedly: when nothing else is left, and its conferences move away as people join them. */
        LAST_RESORT,
        /** It was silent lately, or is being tried: when nothing else is left. */
        SUSPECTED,
        /** Drain or graceful shutdown: used last. */
        LAST,
        FULL;

        static Usability of(BridgeSnapshot bridge, FleetSnapshot fleet, Instant now) {
            if (!fleet.usable(bridge, now)) {
                return NOT;
            }
            return switch (fleet.standing(bridge, now)) {
                case BROKEN -> NOT;
                case SUSPENDED -> LAST_RESORT;
                case SUSPECTED -> SUSPECTED;
                case TRUSTED -> bridge.draining() || bridge.inGracefulShutdown() ? LAST : FULL;
            };
        }

        /** Whether somebody who has no bridge may get one now that it could not before. */
        boolean isNewsAfter(Usability before) {
            return compareTo(before) > 0 && (before == NOT || compareTo(LAST) >= 0);
        }
    }

    /** Kinds of log lines of which each bridge gets one a minute. */
    enum Line {
        MALFORMED,
        FAILED,
        UNREACHABLE,
        ODD_ANSWER
    }

    private final Map<Line, Instant> lastLines = new EnumMap<>(Line.class);
    private HealthCheckMachine.Phase phase = HealthCheckMachine.Phase.WAITING;
    private Usability usability = Usability.NOT;
    private final IceFailures iceFailures = new IceFailures();

    HealthCheckMachine.Phase phase() {
        return phase;
    }

    void phase(HealthCheckMachine.Phase next) {
        phase = next;
    }

    Usability usability() {
        return usability;
    }

    void usability(Usability next) {
        usability = next;
    }

    IceFailures iceFailures() {
        return iceFailures;
    }

    /** Whether a line of that kind may be written now; then the next minute it may not. */
    boolean mayWrite(Line line, Instant now) {
        Instant last = lastLines.get(line);
        if (last != null && now.isBefore(last.plus(BETWEEN_LINES))) {
            return false;
        }
        lastLines.put(line, now);
        return true;
    }
}
