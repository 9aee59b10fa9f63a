package org.confocal.journal.redis;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The right to act, as it stands in Redis.
 *
 * @param owner the machine, a slash, and something that no other process has
 * @param epoch higher than that of whoever had the right before
 */
public record Claim(String owner, long epoch) {
    private static final Pattern WRITTEN = Pattern.compile("([A-Za-z0-9._-]{1,100}/[A-Za-z0-9-]{1,64}) ([0-9]{1,15})");

    /** What {@link #of} reads; for the journal on this machine's disk. */
    public String written() {
        return owner + " " + epoch;
    }

    /** Empty where that is no claim. */
    public static Optional<Claim> of(String written) {
        Matcher matcher = WRITTEN.matcher(written);
        return matcher.matches()
                ? Optional.of(new Claim(matcher.group(1), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }
}
