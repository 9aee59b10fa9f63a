package org.confocal.focus.config;

import java.time.Duration;

/**
 * When so many clients of a bridge ask for restarts that it is the bridge (spec/05, section 6).
 *
 * @param enabled whether at all
 * @param interval restarts within so long count; 1 second to 1 hour
 * @param minEndpoints a bridge with fewer people is not judged; at least 1
 * @param threshold more restarts than this part of its people, above 0, and it fails
 * @param timeout how long it counts as failing after that
 */
public record IceFailureConfig(
        boolean enabled, Duration interval, int minEndpoints, double threshold, Duration timeout) {
    public static final Duration MAX_INTERVAL = Duration.ofHours(1);

    public static final IceFailureConfig DEFAULTS =
            new IceFailureConfig(false, Duration.ofMinutes(2), 30, 0.1, Duration.ofMinutes(10));

    public IceFailureConfig {
        if (interval.compareTo(Duration.ofSeconds(1)) < 0 || interval.compareTo(MAX_INTERVAL) > 0) {
            throw new IllegalArgumentException("the interval must be 1 second to 1 hour, not " + interval);
        }
        if (minEndpoints < 1 || !(threshold > 0) || timeout.isNegative()) {
            throw new IllegalArgumentException("ICE failure detection needs endpoints, a threshold and a timeout");
        }
    }
}
