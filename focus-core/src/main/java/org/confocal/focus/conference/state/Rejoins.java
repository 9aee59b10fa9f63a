package org.confocal.focus.conference.state;

import java.time.Duration;
import java.time.Instant;

/**
 * How often in a row the focus has lost its room, or could not join it again, while the stream was up.
 *
 * @param inARow 0 where that never happened
 * @param last when it happened last
 */
public record Rejoins(int inARow, Instant last) {
    public static final Rejoins NONE = new Rejoins(0, Instant.EPOCH);

    /** What happens after so long in the room has nothing to do with what was before. */
    static final Duration FORGIVEN_AFTER = Duration.ofMinutes(2);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** One more. */
    public Rejoins another(Instant now) {
        return new Rejoins(now.isAfter(last.plus(FORGIVEN_AFTER)) ? 1 : inARow + 1, now);
    }

    /** How long to wait before the room is joined again: 0.5 s, doubled every time, 5 s at most. */
    public Duration pause() {
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.clamp(inARow - 1L, 0, 10));
        return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }
}
