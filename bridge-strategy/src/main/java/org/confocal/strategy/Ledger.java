package org.confocal.strategy;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

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
 */
final class Ledger {
    static final Ledger EMPTY = new Ledger(new long[0], new double[0], new int[0]);

    private static final int TICKS = 200;
    private static final int FULL_TICKS = TICKS / 4;

    // Plain arrays, because a search that looks at a bridge waits for each object that it has to follow.
    /** Ticks by their start in milliseconds since the epoch, ascending. */
    private final long[] starts;
    /** What was promised in each tick; negative where credits prevail. */
    private final double[] loads;

    private final int[] reservations;

    private Ledger(long[] starts, double[] loads, int[] reservations) {
        this.starts = starts;
        this.loads = loads;
        this.reservations = reservations;
    }

    /** How many ticks have an entry. */
    int size() {
        return starts.length;
    }

    /** When a tick began, in milliseconds since the epoch; of the first one with 0, of the newest with the highest index. */
    long start(int index) {
        return starts[index];
    }

    /** The load of a tick; negative where credits prevail. */
    double load(int index) {
        return loads[index];
    }

    /** The start of the tick that {@code at} is in, in milliseconds since the epoch. */
    static long tick(Instant at, Duration rampup) {
        long length = Math.max(1, rampup.toMillis() / TICKS);
        return Math.floorDiv(at.toEpochMilli(), length) * length;
    }

    /** How much of an amount of that tick counts, 0 to 1. */
    static double weight(long start, long now, long rampup) {
        double age = now - start;
        double end = rampup;
        double full = full(rampup);
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
        return changed(tick(at, rampup), load, 1, at, rampup);
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
        int index = Arrays.binarySearch(starts, start);
        boolean listed = index >= 0 && reservations[index] > 0;
        double remaining = listed ? weight(start, at.toEpochMilli(), rampup.toMillis()) : 0;
        Ledger next = remaining > 0 ? changed(start, -load, -1, at, rampup) : this;
        return remaining < 1 ? next.changed(tick(at, rampup), -shown * (1 - remaining), 0, at, rampup) : next;
    }

    private Ledger changed(long start, double load, int reserved, Instant at, Duration rampup) {
        return settled(at, rampup).with(start, load, reserved);
    }

    private Ledger with(long start, double load, int reserved) {
        int found = Arrays.binarySearch(starts, start);
        if (found >= 0) {
            double[] nextLoads = loads.clone();
            int[] nextReservations = reservations.clone();
            nextLoads[found] += load;
            nextReservations[found] += reserved;
            return new Ledger(starts, nextLoads, nextReservations);
        }
        int place = -found - 1;
        int after = starts.length - place;
        long[] nextStarts = Arrays.copyOf(starts, starts.length + 1);
        double[] nextLoads = Arrays.copyOf(loads, starts.length + 1);
        int[] nextReservations = Arrays.copyOf(reservations, starts.length + 1);
        System.arraycopy(starts, place, nextStarts, place + 1, after);
        System.arraycopy(loads, place, nextLoads, place + 1, after);
        System.arraycopy(reservations, place, nextReservations, place + 1, after);
        nextStarts[place] = start;
        nextLoads[place] = load;
        nextReservations[place] = reserved;
        return new Ledger(nextStarts, nextLoads, nextReservations);
    }

    /** Without the entries that have aged out. */
    Ledger settled(Instant at, Duration rampup) {
        long now = at.toEpochMilli();
        long end = rampup.toMillis();
        int left = 0;
        for (long start : starts) {
            left += weight(start, now, end) > 0 ? 1 : 0;
        }
        if (left == starts.length) {
            return this;
        }
        if (left == 0) {
            return EMPTY;
        }
        long[] leftStarts = new long[left];
        double[] leftLoads = new double[left];
        int[] leftReservations = new int[left];
        int next = 0;
        for (int i = 0; i < starts.length; i++) {
            if (weight(starts[i], now, end) > 0) {
                leftStarts[next] = starts[i];
                leftLoads[next] = loads[i];
                leftReservations[next] = reservations[i];
                next++;
            }
        }
        return new Ledger(leftStarts, leftLoads, leftReservations);
    }

    /** The load that reports do not show yet; negative where they show what has left. */
    double pending(Instant at, Duration rampup) {
        long now = at.toEpochMilli();
        long end = rampup.toMillis();
        double sum = 0;
        for (int i = 0; i < starts.length; i++) {
            sum += loads[i] * weight(starts[i], now, end);
        }
        return sum;
    }

    /** How much may have changed that reports do not show yet, whatever its sign; 0 or more. */
    double unreported(Instant at, Duration rampup) {
        long now = at.toEpochMilli();
        long end = rampup.toMillis();
        double sum = 0;
        for (int i = 0; i < starts.length; i++) {
            sum += Math.abs(loads[i]) * weight(starts[i], now, end);
        }
        return sum;
    }

    /** How many reservations still count. */
    int counting(Instant at, Duration rampup) {
        long now = at.toEpochMilli();
        long end = rampup.toMillis();
        int count = 0;
        for (int i = 0; i < starts.length; i++) {
            count += weight(starts[i], now, end) > 0 ? reservations[i] : 0;
        }
        return count;
    }
}
