package org.confocal.pair;

import java.time.Duration;

/**
 * How long the supervisor of a pair waits for what.
 *
 * @param look as often it looks who acts, while that matters
 * @param settled so long a process must have had the journal to count as the one that acts
 * @param firstPause before a process follows one that has ended
 * @param longestPause to which that is doubled while processes end early
 * @param longLife what is not early
 * @param spareEnds so long a process that does not act has to end when it is told to
 * @param allEnd so long all have to end
 * @param reload so long a new process has to act
 */
record Waits(
        Duration look,
        Duration settled,
        Duration firstPause,
        Duration longestPause,
        Duration longLife,
        Duration spareEnds,
        Duration allEnd,
        Duration reload) {
    static final Waits USUAL = new Waits(
            Duration.ofMillis(500),
            Duration.ofSeconds(3),
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(15),
            Duration.ofMinutes(3));

    /**
     * The pause before a process follows one that has lived so long.
     *
     * @param last the pause before that one, zero for the first
     */
    Duration pause(Duration last, Duration lived) {
        if (last.isZero() || lived.compareTo(longLife) >= 0) {
            return firstPause;
        }
        Duration doubled = last.multipliedBy(2);
        return doubled.compareTo(longestPause) < 0 ? doubled : longestPause;
    }
}
