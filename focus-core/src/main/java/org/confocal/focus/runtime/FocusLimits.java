package org.confocal.focus.runtime;

import java.time.Duration;

/**
 * How much the focus takes on. All numbers are above 0, but for {@code decisions}.
 *
 * @param conferences at once; a request for one more is answered {@code ready=false}
 * @param mailbox inputs that wait for one conference; see {@link ConferenceMailbox} for what happens then
 * @param httpRequests conference requests over HTTP that wait for their answer
 * @param httpTimeout how long one waits
 * @param bridges in the fleet; further ones are ignored
 * @param decisions that are kept to be explained, the last ones; 0 for none, at most {@value #MAX_DECISIONS}
 */
public record FocusLimits(
        int conferences, int mailbox, int httpRequests, Duration httpTimeout, int bridges, int decisions) {
    public static final int MAX_DECISIONS = 100_000;

    public static final FocusLimits DEFAULTS =
            new FocusLimits(20_000, 10_000, 10_000, Duration.ofSeconds(15), 20_000, 1_000);

    public FocusLimits {
        if (conferences < 1 || mailbox < 1 || httpRequests < 1 || bridges < 1) {
            throw new IllegalArgumentException("every limit is above 0");
        }
        if (decisions < 0 || decisions > MAX_DECISIONS) {
            throw new IllegalArgumentException("decisions is " + decisions + ", must be 0 to " + MAX_DECISIONS);
        }
    }

    /** The same with so many decisions. */
    public FocusLimits withDecisions(int others) {
        return new FocusLimits(conferences, mailbox, httpRequests, httpTimeout, bridges, others);
    }
}
