package org.confocal.strategy;

import java.time.Instant;
import java.util.Optional;

/**
 * What the focus has seen of a bridge.
 *
 * @param operational false after failures, until something succeeds again
 * @param failedAt when it last failed; empty if never
 */
public record BridgeCondition(boolean operational, Optional<Instant> failedAt) {
    /** A bridge that nothing is known against. */
    public static final BridgeCondition GOOD = new BridgeCondition(true, Optional.empty());
}
