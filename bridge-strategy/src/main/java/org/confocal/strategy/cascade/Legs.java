package org.confocal.strategy.cascade;

import java.util.List;
import org.confocal.strategy.network.Network;

/** Prices, round trips and traffic of all pairs of members, by their position. */
final class Legs {
    /** Gigabytes in an hour of one bit per second. */
    private static final double GB_PER_HOUR = 3600 / 8.0 / 1e9;

    /** What one bit per second from one to the other costs, in $ per hour. */
    final double[][] usd;

    /** The round trip of a direct link. */
    final double[][] ms;

    /** How many pairs of people talk to each other, one here and one there. */
    final double[][] pairs;

    /** All of them, and those who are on the same bridge. */
    final double allPairs;

    final double[] upstreamBps;

    Legs(List<CascadeMember> members, Network network) {
        int n = members.size();
        usd = new double[n][n];
        ms = new double[n][n];
        pairs = new double[n][n];
        upstreamBps = new double[n];
        double sum = 0;
        for (int i = 0; i < n; i++) {
            CascadeMember from = members.get(i);
            upstreamBps[i] = from.upstreamBps();
            sum += from.pairsWithin();
            for (int j = 0; j < n; j++) {
                if (i != j) {
                    CascadeMember to = members.get(j);
                    usd[i][j] = usd(from, to, network);
                    ms[i][j] = ms(from, to, network);
                    pairs[i][j] = from.pairsWith(to);
                    sum += pairs[i][j] / 2;
                }
            }
        }
        allPairs = sum;
    }

    int size() {
        return upstreamBps.length;
    }

    static double usd(CascadeMember from, CascadeMember to, Network network) {
        return network.prices().between(from.kind(), to.kind()) * GB_PER_HOUR;
    }

    static double ms(CascadeMember from, CascadeMember to, Network network) {
        return network.roundTrips().millis(from.kind().region(), to.kind().region());
    }
}
