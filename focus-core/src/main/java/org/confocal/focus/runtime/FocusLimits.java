package org.confocal.focus.runtime;

import java.time.Duration;

/**
 * How much the focus takes on. All numbers are above 0.
 *
 * @param conferences at once; a request for one more is answered {@code ready=false}
 * @param mailbox inputs that wait for one conference; see {@link ConferenceMailbox} for what happens then
 * @param httpRequests conference requests over HTTP that wait for their answer
 * @param httpTimeout how long one waits
 * @param bridges in the fleet; further ones are ignored
 */
public record FocusLimits(int conferences, int mailbox, int httpRequests, Duration httpTimeout, int bridges) {
    public static final FocusLimits DEFAULTS = new FocusLimits(20_000, 10_000, 10_000, Duration.ofSeconds(15), 20_000);

    public FocusLimits {
        if (conferences < 1 || mailbox < 1 || httpRequests < 1 || bridges < 1) {
            throw new IllegalArgumentException("every limit is above 0");
        }
    }
}
