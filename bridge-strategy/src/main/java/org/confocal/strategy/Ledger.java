package org.confocal.strategy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What has been promised to one bridge, or taken from it, and is not in its reports yet. Immutable.
 *
 * <p>A report shows the load as it was 0 to 15 s ago: the bridge samples every 10 s and publishes every 5 s (spec/05,
 * section 3). A participant needs a few seconds more until its media flow. So the chance that the newest report does not
 * show a participant yet is 1 until it has been there for about 5 s, then falls almost linearly, and is 0 after 20 s.
 * That chance is the weight of an entry: 1 during the first quarter of the ramp-up, then linear down to 0 at its end.
 * Reserving in full until the end, as Jicofo does, counts most participants twice for half of the time; not reserving
 * sends a whole burst to one bridge.
 *
 * <p>A leave is the mirror image. What is left of the reservation is given back at once. The part that had aged out is
 * in the reports, and stays there for a while: it is entered as a negative amount, which ages in the same way. So
 * somebody who comes and goes within five seconds, and never had media, leaves no trace; and somebody who was there
 * for long is credited in full.
 *
 * <p>Entries of one tick (a 200th of the ramp-up: 100 ms) are summed up and aged ones dropped with the next change, so
 * there are never more than some 400 of them, however many people come.
 *
 * @param buckets by tick, ascending
 */
record Ledger(List<Bucket> buckets) {
    static final Ledger EMPTY = new Ledger(List.of());

    private static final int TICKS = 200;
    private static final int FULL_TICKS = TICKS / 4;

    /** Everything of one tick: the load (negative where credits prevail), and the number of reservations. */
    record Bucket(long start, double load, int reservations) {}

    /** The start of the tick that {@code at} is in, in milliseconds since the epoch. */
    static long tick(Instant at, Duration rampup) {
        long length = Math.max(1, rampup.toMillis() / TICKS);
        return Math.floorDiv(at.toEpochMilli(), length) * length;
    }

    /**
     * How much of an amount counts.
     *
     * @param start its tick
     * @return 0 to 1
     */
    static double weight(long start, Instant at, Duration rampup) {
        double age = at.toEpochMilli() - start;
        double end = rampup.toMillis();
        double full = full(rampup.toMillis());
        // An entry far in the future is one from before the clock was set back: it must not count for hours.
        if (Math.abs(age) >= end) {
            return 0;
        }
        return age <= full ? 1 : (end - age) / (end - full);
    }

    /** Until this age an amount counts in full; both in milliseconds. */
    static double full(long rampup) {
        return (double) rampup * FULL_TICKS / TICKS;
    }

    Ledger reserved(double load, Instant at, Duration rampup) {
        return changed(new Bucket(tick(at, rampup), load, 1), at, rampup);
    }

    /** The same, where reports show of a reservation what was reserved. */
    Ledger released(long start, double load, Instant at, Duration rampup) {
        return released(start, load, load, at, rampup);
    }

    /**
     * Takes back a reservation.
     *
     * @param start the tick it was made in
     * @param load what was reserved
     * @param shown what reports show of it once it has aged out
     */
    Ledger released(long start, double load, double shown, Instant at, Duration rampup) {
        // A reservation whose entry has been dropped has aged out, even if the clock was set back since.
        boolean listed = buckets.stream().anyMatch(bucket -> bucket.start == start && bucket.reservations > 0);
        double remaining = listed ? weight(start, at, rampup) : 0;
        Ledger next = remaining > 0 ? changed(new Bucket(start, -load, -1), at, rampup) : this;
        return remaining < 1
                ? next.changed(new Bucket(tick(at, rampup), -shown * (1 - remaining), 0), at, rampup)
                : next;
    }

    private Ledger changed(Bucket change, Instant at, Duration rampup) {
        List<Bucket> next = new ArrayList<>(buckets.size() + 1);
        Bucket pending = change;
        boolean placed = false;
        for (Bucket bucket : buckets) {
            if (weight(bucket.start, at, rampup) == 0) {
                continue;
            }
            if (!placed && bucket.start >= pending.start) {
                placed = true;
                if (bucket.start == pending.start) {
                    int reservations = bucket.reservations + pending.reservations;
                    next.add(new Bucket(bucket.start, bucket.load + pending.load, reservations));
                    continue;
                }
                next.add(pending);
            }
            next.add(bucket);
        }
        if (!placed) {
            next.add(pending);
        }
        return new Ledger(List.copyOf(next));
    }

    /** The load that reports do not show yet; negative where they show what has left. */
    double pending(Instant at, Duration rampup) {
        double sum = 0;
        for (Bucket bucket : buckets) {
            sum += bucket.load * weight(bucket.start, at, rampup);
        }
        return sum;
    }

    /** How much may have changed that reports do not show yet, whatever its sign; 0 or more. */
    double unreported(Instant at, Duration rampup) {
        double sum = 0;
        for (Bucket bucket : buckets) {
            sum += Math.abs(bucket.load) * weight(bucket.start, at, rampup);
        }
        return sum;
    }

    /** How many reservations still count. */
    int counting(Instant at, Duration rampup) {
        int count = 0;
        for (Bucket bucket : buckets) {
            count += weight(bucket.start, at, rampup) > 0 ? bucket.reservations : 0;
        }
        return count;
    }
}
