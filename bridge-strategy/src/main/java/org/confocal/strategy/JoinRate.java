package org.confocal.strategy;

import java.time.Duration;
import java.time.Instant;

/**
 * How fast people join a conference: an exponentially decaying count. Immutable, of constant size.
 *
 * <p>A young count is not yet full, so it is divided by what a steady stream of joins would have made of it by now. The
 * first join does not count: it begins the time that is measured. Nor is anything measured over less than
 * {@link #SHORTEST}. So one join is no rate at all, and two at once are one in four seconds.
 *
 * <p>Where the clock jumps back, everything known moves back with it, as if no time had passed. Where it jumps ahead, what
 * was known is forgotten.
 *
 * @param weight joins so far, each weighing 1 at first and 1/e after {@link #MEMORY}; 0 or more
 * @param firstAt when the first of them joined; meaningless while {@code weight} is 0
 * @param burstAt when people began to join as fast as they do, see {@link #BURST}
 * @param at when the last of them joined
 */
public record JoinRate(double weight, Instant firstAt, Instant burstAt, Instant at) {
    /** A join weighs 1/e of its weight after so long. */
    public static final Duration MEMORY = Duration.ofSeconds(10);

    /** A rate is never measured over less. */
    public static final Duration SHORTEST = Duration.ofSeconds(5);

    /** From this weight on joins are a burst: about as many within the last {@link #MEMORY}. */
    public static final double BURST = 4;

    /** So little left of the joins before is nothing: the next one begins anew. One join is forgotten after 30 s. */
    private static final double FORGOTTEN = 0.05;

    /** Nobody has joined. */
    public static final JoinRate NONE = new JoinRate(0, Instant.EPOCH, Instant.EPOCH, Instant.EPOCH);

    public JoinRate {
        if (!(weight >= 0 && weight <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("weight must be a number from 0 up, not " + weight);
        }
    }

    public JoinRate joined(Instant when) {
        double before = weight * faded(at, when);
        if (before < FORGOTTEN) {
            return new JoinRate(1, when, when, when);
        }
        Duration back = when.isBefore(at) ? Duration.between(when, at) : Duration.ZERO;
        return new JoinRate(before + 1, firstAt.minus(back), before < BURST ? when : burstAt.minus(back), when);
    }

    /** Joins per second lately; 0 or more. */
    public double perSecond(Instant now) {
        if (weight == 0) {
            return 0;
        }
        Instant seen = now.isBefore(at) ? at : now;
        double afterFirst = weight * faded(at, seen) - faded(firstAt, seen);
        double age = Math.max(seconds(SHORTEST), seconds(Duration.between(firstAt, seen)));
        double full = seconds(MEMORY) * (1 - Math.exp(-age / seconds(MEMORY)));
        return Math.max(0, afterFirst / full);
    }

    /** How long people have been joining as fast as they do now; zero where nobody has. */
    public Duration burstAge(Instant now) {
        return weight == 0 || now.isBefore(burstAt) ? Duration.ZERO : Duration.between(burstAt, now);
    }

    private static double faded(Instant from, Instant to) {
        return Math.exp(-Math.max(0, seconds(Duration.between(from, to))) / seconds(MEMORY));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
