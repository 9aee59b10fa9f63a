package org.confocal.strategy;

import java.time.Instant;
import java.util.Optional;

/**
 * One bridge as it is known at a moment. Immutable; the fleet makes the next one.
 *
 * @param joinedAt when it appeared in the brewery
 * @param reportedAt when its last presence arrived
 * @param report its last complete knowledge: each field keeps its last value where a presence leaves it out
 * @param condition what the focus itself has seen of it: allocation failures and health checks
 */
public record BridgeSnapshot(
        BridgeId id, Instant joinedAt, Instant reportedAt, BridgeReport report, BridgeCondition condition) {

    public Optional<Region> region() {
        return report.region();
    }

    public Optional<String> relayId() {
        return report.relayId();
    }

    /** {@code version-release}, or the version alone, or empty where none was reported (spec/05, section 2). */
    public Optional<String> fullVersion() {
        return report.fullVersion();
    }

    /** Used last; true until the bridge has said otherwise (spec/05, section 2). */
    public boolean draining() {
        return report.drain().orElse(true);
    }

    /** Emptying, one way. */
    public boolean inGracefulShutdown() {
        return report.gracefulShutdown().orElse(false);
    }

    /** Endpoints are to be moved away now. */
    public boolean shuttingDown() {
        return report.shuttingDown().orElse(false);
    }

    /** The bridge's own verdict; true where it gives none. */
    public boolean healthy() {
        return report.healthy().orElse(true);
    }
}
