package org.confocal.tests.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Whether something happens no more often than so many times a second, with one second's worth, at least one, at once. */
final class Budget {
    private static final Duration LOOKED_AT = Duration.ofMinutes(1);
    private static final double ROUNDING = 1e-6;

    private final double perSecond;
    private final Deque<Instant> times = new ArrayDeque<>();

    Budget(double perSecond) {
        this.perSecond = perSecond;
    }

    /** It happens once more; false where that is once too often within any span of the last minute. */
    boolean take(Instant now) {
        while (!times.isEmpty() && times.peekFirst().plus(LOOKED_AT).isBefore(now)) {
            times.removeFirst();
        }
        times.addLast(now);
        double burst = Math.max(1, Math.floor(perSecond));
        int since = times.size();
        for (Instant from : times) {
            double seconds = Duration.between(from, now).toNanos() / 1e9;
            if (since > burst + perSecond * seconds + ROUNDING) {
                return false;
            }
            since--;
        }
        return true;
    }
}
