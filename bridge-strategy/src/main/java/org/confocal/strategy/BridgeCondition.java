package org.confocal.strategy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the focus itself has seen of a bridge: a circuit breaker over allocations, and the verdicts of health checks. An
 * allocation that fails is held against the bridge by its own conference alone (which avoids it:
 * {@link SelectionRequest#avoided}); only when several conferences fail in a row is the bridge out for all.
 *
 * <pre>
 * state        event                                   next
 * CLOSED       a conference failed, not yet enough     CLOSED, remembered until an allocation succeeds
 * CLOSED       enough conferences failed in a row      OPEN for the first pause
 * OPEN         an allocation failed                    OPEN, the pause starts anew
 * OPEN         the pause is over, somebody is placed   PROBING
 * PROBING      an allocation failed                    OPEN for twice the pause
 * PROBING      no answer within the probe's time       PROBING, by whoever is placed next
 * any but BROKEN  an allocation succeeded              CLOSED
 * CLOSED       a health check had no answer            SILENT
 * SILENT       a health check had no answer            SILENT; from the third in a row on not even tolerated
 * SILENT       an allocation failed                    OPEN for the first pause
 * SILENT       a health check passed                   CLOSED; its time out is not shortened
 * any          the bridge says that it is broken       BROKEN
 * BROKEN       a health check passed                   CLOSED; its time out is not shortened
 * OPEN, PROBING  a health check passed or had no answer  unchanged: it says nothing of allocations
 * </pre>
 *
 * @param failedAt from when {@link FleetConfig#failureReset} is counted: the last failure, or so much earlier as the pause
 *     is shorter than that; empty where nothing counts against the bridge
 * @param doubts the conferences that failed in a row, oldest first; less than {@link BreakerConfig#failures}
 * @param trips how often in a row the breaker opened; at least 0
 * @param misses how many health checks in a row had no answer; at least 0
 * @param iceFailing whether many of its clients ask for restarts: it counts as overloaded then
 */
public record BridgeCondition(
        State state, Optional<Instant> failedAt, List<Doubt> doubts, int trips, int misses, boolean iceFailing) {
    /** So many health checks without an answer are more than bad luck. */
    public static final int MISSES_TO_SUSPEND = 3;

    /** A bridge that nothing is known against. */
    public static final BridgeCondition GOOD =
            new BridgeCondition(State.CLOSED, Optional.empty(), List.of(), 0, 0, false);

    /** From here on a pause doubles no more: it has long reached its bound. */
    private static final int MOST_TRIPS = 30;

    public BridgeCondition {
        doubts = List.copyOf(doubts);
        if (trips < 0 || misses < 0) {
            throw new IllegalArgumentException("trips and misses must not be negative: " + trips + ", " + misses);
        }
    }

    /** How far the breaker is. */
    public enum State {
        CLOSED,
        /** Too many allocations failed. */
        OPEN,
        /** One conference tries whether it works again. */
        PROBING,
        /** It does not answer health checks. */
        SILENT,
        /** It says that it is broken. */
        BROKEN
    }

    /** A conference's allocation failed. */
    public record Doubt(RoomId room, Instant at) {}

    /** An allocation for this conference failed or was not answered. */
    BridgeCondition failed(RoomId room, Instant at, FleetConfig config) {
        return switch (state) {
            case CLOSED -> {
                List<Doubt> next = new ArrayList<>();
                for (Doubt doubt : doubts) {
                    boolean recent = Duration.between(doubt.at, at)
                                    .abs()
                                    .compareTo(config.breaker().window())
                            < 0;
                    if (recent && !doubt.room.equals(room)) {
                        next.add(doubt);
                    }
                }
                next.add(new Doubt(room, at));
                yield next.size() < config.breaker().failures()
                        ? new BridgeCondition(State.CLOSED, failedAt, next, trips, misses, iceFailing)
                        : open(1, at, config);
            }
            case OPEN -> open(trips, at, config);
            case PROBING -> open(Math.min(MOST_TRIPS, trips + 1), at, config);
            case SILENT -> open(1, at, config);
            case BROKEN -> this;
        };
    }

    private BridgeCondition open(int nextTrips, Instant at, FleetConfig config) {
        Duration doubled = config.breaker().firstPause().multipliedBy(1L << (nextTrips - 1));
        return new BridgeCondition(
                State.OPEN, Optional.of(outFor(doubled, at, config)), List.of(), nextTrips, misses, iceFailing);
    }

    /** When it would have had to fail to be out for so long from now on, the bound included. */
    private static Instant outFor(Duration pause, Instant at, FleetConfig config) {
        Duration earlier = config.failureReset().minus(pause);
        return earlier.isPositive() ? at.minus(earlier) : at;
    }

    /** Somebody is placed on it. */
    BridgeCondition placed(Instant at, FleetConfig config) {
        boolean paused = state == State.OPEN || state == State.PROBING;
        return paused && standing(at, config.failureReset()) == Standing.TRUSTED
                ? new BridgeCondition(
                        State.PROBING,
                        Optional.of(outFor(config.breaker().probe(), at, config)),
                        doubts,
                        trips,
                        misses,
                        iceFailing)
                : this;
    }

    /** An allocation succeeded. */
    BridgeCondition allocated() {
        // Jicofo keeps a bridge out for its full minute; we take it back, because this is what it was out for.
        return state == State.BROKEN ? this : GOOD.iceFailing(iceFailing);
    }

    /** A health check was not answered, nor its second chance. */
    public BridgeCondition failed(Instant at) {
        int next = Math.min(misses, Integer.MAX_VALUE - 1) + 1;
        return switch (state) {
            case CLOSED, SILENT -> new BridgeCondition(State.SILENT, Optional.of(at), doubts, trips, next, iceFailing);
            case OPEN, PROBING -> new BridgeCondition(state, failedAt, doubts, trips, next, iceFailing);
            case BROKEN -> new BridgeCondition(State.BROKEN, Optional.of(at), doubts, trips, next, iceFailing);
        };
    }

    /** The bridge itself says that it is broken. */
    public BridgeCondition unhealthy(Instant at) {
        return new BridgeCondition(State.BROKEN, Optional.of(at), doubts, trips, misses, iceFailing);
    }

    /** A health check passed. How long the last failure keeps the bridge out does not change by this (spec/05, section 5). */
    public BridgeCondition recovered() {
        return switch (state) {
            case CLOSED, SILENT, BROKEN -> new BridgeCondition(State.CLOSED, failedAt, doubts, trips, 0, iceFailing);
            case OPEN, PROBING -> new BridgeCondition(state, failedAt, doubts, trips, 0, iceFailing);
        };
    }

    BridgeCondition iceFailing(boolean failing) {
        return new BridgeCondition(state, failedAt, doubts, trips, misses, failing);
    }

    /**
     * How much the bridge is trusted.
     *
     * @param failureReset how long a failure counts
     */
    public Standing standing(Instant at, Duration failureReset) {
        // The magnitude, so that a clock that was set back does not keep a bridge out for hours.
        boolean forgiven =
                failedAt.isEmpty() || Duration.between(failedAt.get(), at).abs().compareTo(failureReset) >= 0;
        if (forgiven) {
            // Jicofo also wants a passed health check first, so without health checks a bridge stays out until it joins
            // again; we let it back in, and its next failure takes it out again.
            return Standing.TRUSTED;
        }
        return switch (state) {
            case CLOSED, PROBING -> Standing.SUSPECTED;
            case SILENT -> misses < MISSES_TO_SUSPEND ? Standing.SUSPECTED : Standing.SUSPENDED;
            case OPEN -> Standing.SUSPENDED;
            case BROKEN -> Standing.BROKEN;
        };
    }

    /** How much a bridge is trusted, best first. */
    public enum Standing {
        /** May be chosen for anybody. */
        TRUSTED,
        /**
         * Silent lately, or being tried by one conference. Not chosen where there is a better one; but a conference that is
         * on it stays, and it is taken where nothing else is left.
         */
        SUSPECTED,
        /** Failed repeatedly. Conferences that could move away do; it is taken where nothing else is left. */
        SUSPENDED,
        /** Says that it is broken. Not chosen at all. */
        BROKEN
    }
}
