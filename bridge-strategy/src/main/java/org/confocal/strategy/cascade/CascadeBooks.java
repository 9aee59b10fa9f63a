package org.confocal.strategy.cascade;

import java.util.List;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.network.Network;

/**
 * The accounts of one cascade: how far its bridges are apart, what it costs that somebody sends from one of them, and what a further
 * bridge would cost, without building the cascade for each question. Setting up takes a few lookups per pair of bridges, an
 * answer none or one per bridge.
 */
public final class CascadeBooks {
    private final Cascade cascade;
    private final List<CascadeMember> members;
    private final Network network;
    private final Legs legs;
    private final double[][] distances;
    private final double[] spreadUsd;
    private final RelayCost cost;

    private CascadeBooks(Cascade cascade, List<CascadeMember> members, Network network) {
        this.cascade = cascade;
        this.members = members;
        this.network = network;
        legs = new Legs(members, network);
        distances = new double[legs.size()][legs.size()];
        spreadUsd = new double[legs.size()];
        for (int i = 0; i < legs.size(); i++) {
            follow(i);
        }
        cost = total();
    }

    private void follow(int source) {
        double[] row = distances[source];
        cascade.reach(source, (from, to) -> {
            row[to] = row[from] + legs.ms[from][to];
            spreadUsd[source] += legs.usd[from][to];
        });
    }

    private RelayCost total() {
        double usd = 0;
        double pairMs = 0;
        double max = 0;
        for (int i = 0; i < legs.size(); i++) {
            usd += spreadUsd[i] * legs.upstreamBps[i];
            for (int j = 0; j < i; j++) {
                if (legs.pairs[i][j] > 0) {
                    pairMs += legs.pairs[i][j] * distances[i][j];
                    max = Math.max(max, distances[i][j]);
                }
            }
        }
        return new RelayCost(usd, legs.allPairs > 0 ? pairMs / legs.allPairs : 0, max);
    }

    /** @param members at least those of the cascade; refused if one is missing */
    public static CascadeBooks of(Cascade cascade, List<CascadeMember> members, Network network) {
        return new CascadeBooks(cascade, new CascadeMembers(members).of(cascade), network);
    }

    /** Of the cascade as it is. */
    public RelayCost cost() {
        return cost;
    }

    /** Between two bridges, along their path; 0 from a bridge to itself. Refuses bridges that are not of the cascade. */
    public double roundTripMs(BridgeId a, BridgeId b) {
        return distances[cascade.index(a)][cascade.index(b)];
    }

    double roundTripMs(int a, int b) {
        return distances[a][b];
    }

    /**
     * What all relays together cost for something that an endpoint of this bridge sends, in $ per hour.
     *
     * @param bps bits per second
     */
    public double usdPerHour(BridgeId source, double bps) {
        return spreadUsd[cascade.index(source)] * bps;
    }

    /** Of this cascade with one bridge more, linked with one other by a mesh of their own. */
    public RelayCost withLink(CascadeMember newcomer, BridgeId anchor) {
        int at = cascade.index(anchor);
        CascadeMember peer = members.get(at);
        double legMs = Legs.ms(newcomer, peer, network);
        double inUsd = Legs.usd(peer, newcomer, network);
        double outUsd = Legs.usd(newcomer, peer, network) + spreadUsd[at];
        double usd = cost.usdPerHour() + outUsd * newcomer.upstreamBps();
        double pairs = legs.allPairs + newcomer.pairsWithin();
        double pairMs = cost.meanRoundTripMs() * legs.allPairs;
        double max = cost.maxRoundTripMs();
        for (int i = 0; i < legs.size(); i++) {
            usd += inUsd * legs.upstreamBps[i];
            double between = newcomer.pairsWith(members.get(i));
            if (between > 0) {
                pairs += between;
                pairMs += between * (legMs + distances[at][i]);
                max = Math.max(max, legMs + distances[at][i]);
            }
        }
        return new RelayCost(usd, pairs > 0 ? pairMs / pairs : 0, max);
    }

    /** How far the cascade with that link would miss the goal. Of the excess, only what the newcomer adds. */
    CascadeGoal.Score score(CascadeMember newcomer, int anchor, CascadeGoal goal) {
        double legMs = Legs.ms(newcomer, members.get(anchor), network);
        double excess = 0;
        for (int i = 0; i < legs.size(); i++) {
            CascadeMember other = members.get(i);
            excess += goal.excess(
                    newcomer.pairsWith(other), Legs.ms(newcomer, other, network), legMs + distances[anchor][i]);
        }
        RelayCost with = withLink(newcomer, members.get(anchor).bridge());
        return goal.score(excess, with.usdPerHour(), with.meanRoundTripMs());
    }

    Legs legs() {
        return legs;
    }
}
