package org.confocal.strategy;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * A lower bound of the stress of one bridge, or of the least stressed one of several, at any time: what a search for the
 * least stressed bridge needs, to leave out all that cannot be better. Immutable.
 *
 * <p>Where nothing changes, the stress of a bridge still does, because reservations age. So that the bound need not be
 * renewed with the clock, it is a function of time: a piece for each of {@value #PIECES} intervals of an eighth of the
 * ramp-up, on a grid that all bridges share. They reach from the newest entry of the ledger to the time when all of it has
 * aged out; from there on stress is what was reported. Before them (which somebody asks for who was overtaken by an event, or
 * after the clock was set back) there is one coarse bound. Within a piece the weight of an entry is linear but for the two
 * bends of {@link Ledger#weight}; a bend is taken on its safe side. The bound of several bridges has, at both ends of each
 * piece, the least of theirs: exact where the same one is the least at both.
 *
 * <p>Where no weight changes, the piece is exactly the stress, to the last bit. Elsewhere it is lower by a margin for rounding,
 * so ties of equally aged bridges cost a look at each of them, and never the order.
 */
final class LoadCurve {
    /** Eight to the end of the ramp-up, and one because the newest entry lies within the first. */
    private static final int PIECES = 9;

    private static final double ROUNDING = 1e-12;
    private static final int FLOOR = 0;
    private static final int FINAL = 1;
    private static final int FIRST = 2;
    private static final long NO_EPOCH = Long.MIN_VALUE;

    /** The number of the first piece; {@link #NO_EPOCH} where the bound never changes. */
    private final long epoch;
    /** The coarse bound, the one after the last piece, then left and right end of each piece. */
    private final double[] values;

    private LoadCurve(long epoch, double[] values) {
        this.epoch = epoch;
        this.values = values;
    }

    static LoadCurve of(double reported, Ledger ledger, Duration rampup) {
        long end = rampup.toMillis();
        if (ledger.size() == 0) {
            return new LoadCurve(NO_EPOCH, new double[] {reported, reported});
        }
        long step = step(end);
        double credits = 0;
        double amounts = reported;
        for (int i = 0; i < ledger.size(); i++) {
            credits += Math.min(0, ledger.load(i));
            amounts += Math.abs(ledger.load(i));
        }
        double margin = amounts * ROUNDING;
        double[] values = new double[FIRST + 2 * PIECES];
        values[FLOOR] = reported + credits - margin;
        values[FINAL] = reported;
        long epoch = Math.floorDiv(ledger.start(ledger.size() - 1), step);
        for (int piece = 0; piece < PIECES; piece++) {
            Piece sum = new Piece(ledger, (epoch + piece) * step, step, end);
            values[FIRST + 2 * piece] = reported + sum.left - (sum.level ? 0 : margin);
            values[FIRST + 2 * piece + 1] = reported + sum.right - (sum.level ? 0 : margin);
        }
        return new LoadCurve(epoch, values);
    }

    /** How long a piece is; both in milliseconds. */
    private static long step(long rampup) {
        return Math.max(1, Math.ceilDiv(rampup, PIECES - 1));
    }

    /** What a ledger adds at both ends of a piece, at least. */
    private static final class Piece {
        final double left;
        final double right;
        /** Whether no weight changes in it. */
        final boolean level;

        Piece(Ledger ledger, long from, long length, long end) {
            double full = Ledger.full(end);
            double leftSum = 0;
            double rightSum = 0;
            boolean unchanged = true;
            for (int i = 0; i < ledger.size(); i++) {
                double before = from - ledger.start(i);
                double after = before + length;
                double load = ledger.load(i);
                if (after <= full) {
                    leftSum += load;
                    rightSum += load;
                } else if (before < end) {
                    unchanged = false;
                    double start = (end - before) / (end - full);
                    double stop = (end - after) / (end - full);
                    if (load >= 0) {
                        // Below zero at the right where the entry ends within the piece: it goes on falling.
                        leftSum += load * Math.min(1, start);
                        rightSum += load * stop;
                    } else {
                        leftSum += load * Math.min(1, start);
                        rightSum += load * (start > 1 ? 1 : Math.max(0, stop));
                    }
                }
            }
            left = leftSum;
            right = rightSum;
            level = unchanged;
        }
    }

    /** The lower of the two at each time, or less. */
    LoadCurve lower(LoadCurve other) {
        if (epoch == NO_EPOCH && other.epoch == NO_EPOCH) {
            return values[FINAL] <= other.values[FINAL] ? this : other;
        }
        long newest = Math.max(epoch, other.epoch);
        double[] least = new double[FIRST + 2 * PIECES];
        least[FLOOR] = Math.min(values[FLOOR], other.values[FLOOR]);
        least[FINAL] = Math.min(values[FINAL], other.values[FINAL]);
        int known = known(newest);
        System.arraycopy(values, values.length - known, least, FIRST, known);
        Arrays.fill(least, FIRST + known, least.length, values[FINAL]);
        int otherKnown = other.known(newest);
        int skipped = other.values.length - otherKnown;
        for (int i = 0; i < otherKnown; i++) {
            least[FIRST + i] = Math.min(least[FIRST + i], other.values[skipped + i]);
        }
        for (int i = FIRST + otherKnown; i < least.length; i++) {
            least[i] = Math.min(least[i], other.values[FINAL]);
        }
        return new LoadCurve(newest, least);
    }

    /** How many ends of pieces there are from a later epoch on. */
    private int known(long from) {
        return epoch == NO_EPOCH || from - epoch >= PIECES ? 0 : 2 * (PIECES - (int) (from - epoch));
    }

    /** A time on the grid: its piece, counted from the epoch of the clock, and how far into that it is, 0 to below 1. */
    record Moment(long piece, double within) {
        static Moment of(Instant at, Duration rampup) {
            long millis = at.toEpochMilli();
            long step = step(rampup.toMillis());
            return new Moment(Math.floorDiv(millis, step), (double) Math.floorMod(millis, step) / step);
        }
    }

    /**
     * The bound at a time.
     *
     * @param at on the grid of the same ramp-up
     * @return at least 0, and at most the stress
     */
    double at(Moment at) {
        if (epoch == NO_EPOCH) {
            return Math.max(0, values[FINAL]);
        }
        long piece = at.piece - epoch;
        if (piece < 0) {
            return Math.max(0, values[FLOOR]);
        }
        if (piece >= PIECES) {
            return Math.max(0, values[FINAL]);
        }
        double left = values[FIRST + 2 * (int) piece];
        double right = values[FIRST + 2 * (int) piece + 1];
        // Rounding must not lift it above a bridge that stays level.
        return Math.max(0, Math.min(Math.max(left, right), left + (right - left) * at.within));
    }
}
