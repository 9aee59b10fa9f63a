package org.confocal.xmpp;

import java.time.Duration;

/**
 * How long to wait before connecting again: a random time up to a ceiling that starts at {@code first} and doubles with
 * every attempt up to {@code longest}. A stream that lived for {@code stable} starts over at {@code first}.
 */
public record BackoffConfig(Duration first, Duration longest, Duration stable) {

    // Jicofo retries at fixed 1 s and 2 s; we back off with jitter because a restarted Prosody is met by all at once.
    public static final BackoffConfig DEFAULT =
            new BackoffConfig(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofMinutes(1));

    public BackoffConfig {
        if (!first.isPositive() || longest.compareTo(first) < 0 || stable.isNegative()) {
            throw new IllegalArgumentException(
                    "0 < first <= longest and 0 <= stable, not " + first + ", " + longest + ", " + stable);
        }
    }
}
