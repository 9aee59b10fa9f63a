package org.confocal.focus.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * So many a second, and one second's worth at once after a rest; at least one. Who comes too early is told when its turn
 * is, and that turn is its own: nobody asks twice (the virtual scheduling of the ATM Forum's generic cell rate algorithm).
 * Immutable.
 *
 * @param perSecond above 0
 * @param next when the next turn would be if there was no rest; empty before the first
 */
record TokenBucket(double perSecond, Optional<Instant> next) {
    /** A turn that is further away than this belongs to a clock that was set back. */
    static final Duration FURTHEST = Duration.ofMinutes(1);

    static TokenBucket of(double perSecond) {
        return new TokenBucket(perSecond, Optional.empty());
    }

    /** How long the next one has to wait. */
    Duration waiting(Instant now) {
        Duration ahead = Duration.between(now, turn(now));
        return ahead.isNegative() ? Duration.ZERO : ahead;
    }

    /** After so many turns were taken. */
    TokenBucket taken(int turns, Instant now) {
        return new TokenBucket(perSecond, Optional.of(turn(now).plus(interval().multipliedBy(turns))));
    }

    private Instant turn(Instant now) {
        long saved = Math.max(0, (long) Math.floor(perSecond) - 1);
        Instant rested = now.minus(interval().multipliedBy(saved));
        return next.filter(turn -> turn.isAfter(rested))
                .filter(turn -> turn.isBefore(now.plus(FURTHEST)))
                .orElse(rested);
    }

    private Duration interval() {
        return Duration.ofNanos((long) (1e9 / perSecond));
    }
}
