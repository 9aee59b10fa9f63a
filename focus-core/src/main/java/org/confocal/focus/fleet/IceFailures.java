package org.confocal.focus.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.confocal.focus.config.IceFailureConfig;

/**
 * The restarts that clients of one bridge asked for lately, by the second, and whether they are too many (spec/05, section
 * 6). Confined to the fleet's mailbox.
 */
final class IceFailures {
    private final Deque<Bucket> buckets = new ArrayDeque<>();
    private long count;
    private Optional<Instant> until = Optional.empty();

    private record Bucket(long second, int restarts) {}

    /** A client asked for a restart. Whether the bridge is failing by now, which then counts from now. */
    boolean restarted(int endpoints, Instant now, IceFailureConfig config) {
        long second = now.getEpochSecond();
        forget(second - config.interval().toSeconds(), second);
        int before = buckets.isEmpty() || buckets.getLast().second() != second
                ? 0
                : buckets.removeLast().restarts();
        buckets.add(new Bucket(second, before + 1));
        count++;
        boolean failing = endpoints >= config.minEndpoints() && count > endpoints * config.threshold();
        if (failing) {
            until = Optional.of(now.plus(config.timeout()));
        }
        return failing;
    }

    /** Whether it still counts as failing. */
    boolean failing(Instant now) {
        return until.filter(end -> end.isAfter(now)).isPresent();
    }

    /** How much longer. */
    Duration left(Instant now) {
        return until.map(end -> Duration.between(now, end)).orElse(Duration.ZERO);
    }

    /** What is too old; and, where the clock was set back, what is from the future. */
    private void forget(long upTo, long now) {
        while (!buckets.isEmpty() && buckets.getFirst().second() <= upTo) {
            count -= buckets.removeFirst().restarts();
        }
        while (!buckets.isEmpty() && buckets.getLast().second() > now) {
            count -= buckets.removeLast().restarts();
        }
    }
}
