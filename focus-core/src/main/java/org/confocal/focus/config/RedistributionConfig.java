package org.confocal.focus.config;

import java.time.Duration;

/**
 * Moving people away from bridges that carry too much (spec/05, section 10).
 *
 * @param enabled whether at all
 * @param interval how often it is looked; above 0
 * @param stressThreshold from this stress on a bridge carries too much, reservations included; above 0
 * @param timeout how long a bridge is then left alone
 * @param endpoints how many people are moved at a time; at least 1
 */
public record RedistributionConfig(
        boolean enabled, Duration interval, double stressThreshold, Duration timeout, int endpoints) {
    public static final RedistributionConfig DEFAULTS =
            new RedistributionConfig(false, Duration.ofMinutes(1), 0.9, Duration.ofMinutes(3), 10);

    public RedistributionConfig {
        if (!interval.isPositive() || timeout.isNegative() || !(stressThreshold > 0) || endpoints < 1) {
            throw new IllegalArgumentException("a load redistribution needs an interval, a threshold and endpoints");
        }
    }
}
