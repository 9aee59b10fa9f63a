package org.confocal.xmpp.stream;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.confocal.xmpp.BackoffConfig;

/** How long to wait before the next attempt: full jitter under a doubling ceiling. One thread. */
public final class Backoff {

    private final BackoffConfig config;
    private final RandomGenerator random;
    private Duration ceiling;

    public Backoff(BackoffConfig config, RandomGenerator random) {
        this.config = config;
        this.random = random;
        this.ceiling = config.first();
    }

    /** Between 1 ms and the ceiling, which doubles with each call. */
    public Duration next() {
        Duration wait = Duration.ofMillis(1 + (long) (random.nextDouble() * Math.max(0, ceiling.toMillis() - 1)));
        Duration doubled = ceiling.multipliedBy(2);
        ceiling = doubled.compareTo(config.longest()) < 0 ? doubled : config.longest();
        return wait;
    }

    /** A stream ended that had lived this long. */
    public void lived(Duration time) {
        if (time.compareTo(config.stable()) >= 0) {
            ceiling = config.first();
        }
    }
}
