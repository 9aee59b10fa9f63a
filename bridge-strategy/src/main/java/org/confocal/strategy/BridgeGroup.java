package org.confocal.strategy;

import java.time.Instant;
import java.util.Optional;

/**
 * What the steps of a selection ask of a bridge, other than its load: bridges of one group pass or fail together, but for the
 * time when a failure is forgiven. A function of what was last heard of the bridge.
 *
 * @param version the full one
 * @param emptying how much it is to be avoided: 0 not, 1 in graceful shutdown, 2 draining, 3 both
 * @param broken says so: {@link BridgeCondition.Standing#BROKEN} as long as that counts
 * @param doubted whether its last failure still counted when it was last heard of. Keeps those that may not be chosen
 *     apart from those that may, so that a search need not wade through them; what is right is still asked of each one's
 *     condition
 */
record BridgeGroup(
        Optional<String> version,
        boolean healthy,
        boolean shuttingDown,
        int emptying,
        boolean broken,
        boolean doubted) {

    static BridgeGroup of(BridgeSnapshot bridge, FleetConfig config) {
        BridgeCondition condition = bridge.condition();
        Instant heard = condition
                .failedAt()
                .filter(failure -> failure.isAfter(bridge.reportedAt()))
                .orElse(bridge.reportedAt());
        return new BridgeGroup(
                bridge.fullVersion(),
                bridge.healthy(),
                bridge.shuttingDown(),
                emptying(bridge),
                condition.state() == BridgeCondition.State.BROKEN,
                condition.standing(heard, config.failureReset()) != BridgeCondition.Standing.TRUSTED);
    }

    /** The same, with another object for an equal version. */
    BridgeGroup with(Optional<String> equal) {
        return new BridgeGroup(equal, healthy, shuttingDown, emptying, broken, doubted);
    }

    static int emptying(BridgeSnapshot bridge) {
        return (bridge.draining() ? 2 : 0) + (bridge.inGracefulShutdown() ? 1 : 0);
    }
}
