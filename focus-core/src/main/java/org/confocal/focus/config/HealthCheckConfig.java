package org.confocal.focus.config;

import java.time.Duration;

/**
 * How bridges are checked (spec/05, section 7).
 *
 * @param enabled whether at all
 * @param interval between checks of one bridge
 * @param retryDelay before the second chance after a timeout; zero for none
 * @param usePresence whether presence is taken instead of an IQ
 * @param presenceTimeout how old a presence may be
 */
public record HealthCheckConfig(
        boolean enabled, Duration interval, Duration retryDelay, boolean usePresence, Duration presenceTimeout) {
    public static final HealthCheckConfig DEFAULTS =
            new HealthCheckConfig(true, Duration.ofSeconds(10), Duration.ofSeconds(5), false, Duration.ofSeconds(45));
}
