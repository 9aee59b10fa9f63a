package org.confocal.strategy.cascade;

import java.util.List;
import org.confocal.strategy.network.Network;

/**
 * What a cascade is to be good at: first that no two people are further apart than the bound, then little cost (placement.md,
 * section 4). Of what is over the bound, the sum over all pairs of people counts. A pair may always take {@value #SLACK_MS} ms
 * more than a direct link between its bridges would.
 *
 * @param maxRoundTripMs the bound, between the bridges of two people
 * @param usdPerMs what one millisecond of the mean round trip between two people's bridges is worth, in $ per hour of the
 *     conference; 0 where only the bound counts
 */
public record CascadeGoal(Network network, double maxRoundTripMs, double usdPerMs) {
    /** For pairs whose direct link is near the bound or over it (placement.md, section 4: best feasible + 20). */
    public static final double SLACK_MS = 20;

    public CascadeGoal {
        if (!(maxRoundTripMs >= 0)) {
            throw new IllegalArgumentException("the bound must be at least 0 ms, not " + maxRoundTripMs);
        }
        if (!(usdPerMs >= 0 && usdPerMs < 1e6)) {
            throw new IllegalArgumentException("a millisecond must be worth 0 to 1e6 $ per hour, not " + usdPerMs);
        }
    }

    /** How far a cascade misses the goal. */
    Score score(Cascade cascade, List<CascadeMember> members) {
        CascadeBooks books = CascadeBooks.of(cascade, members, network);
        Legs legs = books.legs();
        double excess = 0;
        for (int i = 0; i < legs.size(); i++) {
            for (int j = 0; j < i; j++) {
                excess += excess(legs, i, j, books.roundTripMs(i, j));
            }
        }
        RelayCost cost = books.cost();
        return score(excess, cost.usdPerHour(), cost.meanRoundTripMs());
    }

    Score score(double excess, double usdPerHour, double meanRoundTripMs) {
        return new Score(excess, usdPerHour + usdPerMs * meanRoundTripMs);
    }

    /** Of one pair of bridges that are so far apart: milliseconds over the bound, times their pairs of people. */
    double excess(Legs legs, int i, int j, double roundTripMs) {
        return excess(legs.pairs[i][j], legs.ms[i][j], roundTripMs);
    }

    double excess(double pairs, double directMs, double roundTripMs) {
        return pairs * Math.max(0, roundTripMs - Math.max(maxRoundTripMs, directMs + SLACK_MS));
    }

    /**
     * @param excess milliseconds over the bound, times the pairs of people that have them
     * @param usdPerHour of relaying, and for the mean round trip
     */
    record Score(double excess, double usdPerHour) {
        /** Sums in another order differ in their last digits; such cascades are equally good. */
        private static final double TOLERANCE = 1e-9;

        boolean betterThan(Score other) {
            if (differ(excess, other.excess)) {
                return excess < other.excess;
            }
            return differ(usdPerHour, other.usdPerHour) && usdPerHour < other.usdPerHour;
        }

        private static boolean differ(double a, double b) {
            return Math.abs(a - b) > TOLERANCE * Math.max(1e-3, Math.max(a, b));
        }
    }
}
