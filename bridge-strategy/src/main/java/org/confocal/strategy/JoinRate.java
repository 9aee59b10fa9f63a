package org.confocal.strategy;

import java.time.Duration;
import java.time.Instant;

/**
 * How fast people join a conference: an exponentially decaying count. Immutable, of constant size.
 *
 * @param weight joins so far, each weighing 1 at first and 1/e after {@link #MEMORY}
 * @param firstAt when the first of them joined; meaningless while {@code weight} is 0
 * @param at when the last of them joined
 */
public record JoinRate(double weight, Instant firstAt, Instant at) {
    /** A join weighs 1/e of its weight after so long. */
    public static final Duration MEMORY = Duration.ofSeconds(10);

    /** Nobody has joined. */
    public static final JoinRate NONE = new JoinRate(0, Instant.EPOCH, Instant.EPOCH);

    public JoinRate joined(Instant when) {
        return weight == 0
                ? new JoinRate(1, when, when)
                : new JoinRate(weight * decay(when) + 1, firstAt, when.isBefore(at) ? at : when);
    }

    /** Joins per second lately; 0 or more. */
    public double perSecond(Instant now) {
        if (weight == 0) {
            return 0;
        }
        double age = Math.max(2, seconds(firstAt, now));
        double seen = MEMORY.toSeconds() * (1 - Math.exp(-age / MEMORY.toSeconds()));
        return weight * decay(now) / seen;
    }

    private double decay(Instant now) {
        return Math.exp(-Math.max(0, seconds(at, now)) / MEMORY.toSeconds());
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }
}
