package org.confocal.strategy;

import java.time.Duration;

/**
 * When allocation failures take a bridge out of the choice for everybody ({@link BridgeCondition}).
 *
 * @param failures so many conferences, without a success in between; 1 to {@value #MAX_FAILURES}. At 1 every failure counts
 *     for all, as in Jicofo
 * @param window within so long; above 0
 * @param firstPause how long the bridge is out then; doubles each time that it fails right after coming back, up to {@link
 *     FleetConfig#failureReset}; above 0
 * @param probe how long the first conference after a pause has the bridge to itself, unless its allocation succeeds or
 *     fails sooner; above 0, and best above the reply timeout
 */
public record BreakerConfig(int failures, Duration window, Duration firstPause, Duration probe) {
    public static final int MAX_FAILURES = 100;

    public static final BreakerConfig DEFAULTS =
            new BreakerConfig(3, Duration.ofMinutes(1), Duration.ofSeconds(10), Duration.ofSeconds(20));

    public BreakerConfig {
        if (failures < 1 || failures > MAX_FAILURES) {
            throw new IllegalArgumentException("failures must be 1 to " + MAX_FAILURES + ", not " + failures);
        }
        if (!window.isPositive() || !firstPause.isPositive() || !probe.isPositive()) {
            throw new IllegalArgumentException(
                    "window, firstPause and probe must be above 0: " + window + ", " + firstPause + ", " + probe);
        }
    }
}
