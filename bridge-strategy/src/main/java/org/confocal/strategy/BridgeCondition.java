package org.confocal.strategy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the focus itself has seen of a bridge: a small circuit breaker. A failure takes the bridge out of the choice for
 * a while; it comes back by itself when that time is over, and then one more failure is enough to take it out again.
 *
 * @param operational false after a failure, until something succeeds again
 * @param failedAt when it last failed; empty if never
 * @param failures how many failures there were in a row, without a success between; at least 0
 */
public record BridgeCondition(boolean operational, Optional<Instant> failedAt, int failures) {
    /** So many failures in a row are more than bad luck. */
    public static final int FAILURES_TO_SUSPEND = 3;

    /** A bridge that nothing is known against. */
    public static final BridgeCondition GOOD = new BridgeCondition(true, Optional.empty(), 0);

    public BridgeCondition {
        if (failures < 0) {
            throw new IllegalArgumentException("failures must not be negative: " + failures);
        }
    }

    /** An allocation or a health check failed or was not answered. */
    public BridgeCondition failed(Instant at) {
        return new BridgeCondition(false, Optional.of(at), Math.min(failures, Integer.MAX_VALUE - 1) + 1);
    }

    /** The bridge itself says that it is broken: weighs as much as {@value #FAILURES_TO_SUSPEND} failures in a row. */
    public BridgeCondition unhealthy(Instant at) {
        BridgeCondition next = failed(at);
        return new BridgeCondition(false, next.failedAt, Math.max(next.failures, FAILURES_TO_SUSPEND));
    }

    /** Something succeeded. How long the last failure keeps the bridge out does not change by this (spec/05, section 5). */
    public BridgeCondition recovered() {
        return new BridgeCondition(true, failedAt, 0);
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
        return suspendable() ? Standing.SUSPENDED : Standing.SUSPECTED;
    }

    /** Whether it is suspended as long as its last failure counts, and not merely suspected. */
    boolean suspendable() {
        return !operational && failures >= FAILURES_TO_SUSPEND;
    }

    /** How much a bridge is trusted, best first. */
    public enum Standing {
        /** May be chosen for anybody. */
        TRUSTED,
        /**
         * Failed lately, once or twice in a row or with a success since. Not chosen where there is a better one; but a
         * conference that is on it stays, and it is taken where nothing else is left.
         */
        SUSPECTED,
        /** Failed lately and repeatedly, or says that it is broken. Not chosen at all. */
        SUSPENDED
    }
}
