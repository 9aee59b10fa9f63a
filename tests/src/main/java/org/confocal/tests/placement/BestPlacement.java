package org.confocal.tests.placement;

import java.util.Arrays;
import java.util.List;

/**
 * The cheapest placement of a demand whose mean round trip does not exceed a bound, by enumeration: every metro goes to one
 * site as a whole, and the sites form a mesh or a star around one of them, whichever costs less. Without limits of capacity. A
 * branch is cut where even the best continuation is dearer than what was found, or slower than the bound.
 *
 * <p>A star counts its hub as being there all the time that media pass through it.
 */
final class BestPlacement {
    private final World world;
    private final Demand demand;
    private final double boundMs;
    private final int count;
    private final int sites;
    /** The least that the metros from here on cost, whatever is chosen. */
    private final double[] leastUsdFrom;

    private final int[] chosen;
    private int[] best;
    private double bestUsd = Double.POSITIVE_INFINITY;
    private double fastestMs = Double.POSITIVE_INFINITY;
    private int[] fastest;

    /**
     * A placement of every metro of the demand.
     *
     * @param usd in the demand's unit of time
     * @param meanMs over the backbone
     * @param sites by the position of the metro in the demand
     */
    record Found(double usd, double relayUsd, double meanMs, List<Integer> sites) {}

    private BestPlacement(World world, Demand demand, double boundMs) {
        this.world = world;
        this.demand = demand;
        this.boundMs = boundMs;
        count = demand.metros().size();
        sites = world.machines().size();
        chosen = new int[count];
        best = new int[count];
        fastest = new int[count];
        leastUsdFrom = new double[count + 1];
        for (int metro = count - 1; metro >= 0; metro--) {
            double least = Double.POSITIVE_INFINITY;
            for (int site = 0; site < sites; site++) {
                least = Math.min(least, internetUsd(metro, site));
            }
            leastUsdFrom[metro] = leastUsdFrom[metro + 1] + least;
        }
    }

    /** @param world one machine for each site */
    static Found of(World world, Demand demand, double boundMs) {
        BestPlacement search = new BestPlacement(world, demand, boundMs);
        search.place(0, 0, 0);
        // Where nothing is fast enough, the fastest.
        int[] sites = search.bestUsd < Double.POSITIVE_INFINITY ? search.best : search.fastest;
        System.arraycopy(sites, 0, search.chosen, 0, search.count);
        Offer linked = search.linked();
        double internet = 0;
        for (int metro = 0; metro < search.count; metro++) {
            internet += search.internetUsd(metro, sites[metro]);
        }
        double pairs = demand.allPairs();
        return new Found(
                internet + linked.usd(),
                linked.usd(),
                pairs > 0 ? linked.ms() / pairs : 0,
                Arrays.stream(sites).boxed().toList());
    }

    private double internetUsd(int metro, int site) {
        return demand.downKbps(metro)
                * world.tariffs().internet(world.machines().get(site));
    }

    private void place(int metro, double usd, double msSum) {
        double pairs = demand.allPairs();
        if (usd + leastUsdFrom[metro] >= bestUsd && fastestMs <= boundMs) {
            return;
        }
        if (metro == count) {
            weigh(usd, pairs);
            return;
        }
        for (int site = 0; site < sites; site++) {
            chosen[metro] = site;
            double more = ownMs(metro);
            // Between two metros the air line of their accesses is the least, whatever the cascade.
            for (int other = 0; other < metro; other++) {
                more += demand.pairs(other, metro) * (accessMs(other) + accessMs(metro));
            }
            if (msSum + more <= Math.max(boundMs, fastestMs) * pairs || pairs == 0) {
                place(metro + 1, usd + internetUsd(metro, site), msSum + more);
            }
        }
    }

    private double ownMs(int metro) {
        return 2 * demand.pairs(metro, metro) * accessMs(metro);
    }

    private double accessMs(int metro) {
        int region = world.machines().get(chosen[metro]).region();
        return world.geography().accessMs(demand.metros().get(metro), region);
    }

    private void weigh(double internetUsd, double pairs) {
        Offer linked = linked();
        double meanMs = pairs > 0 ? linked.ms() / pairs : 0;
        if (meanMs < fastestMs) {
            fastestMs = meanMs;
            fastest = chosen.clone();
        }
        if (meanMs <= boundMs && internetUsd + linked.usd() < bestUsd) {
            bestUsd = internetUsd + linked.usd();
            best = chosen.clone();
        }
    }

    /** The cheapest cascade within the bound, else the fastest one; its round trips are summed over the pairs. */
    private Offer linked() {
        int[] used = Arrays.stream(chosen).distinct().toArray();
        Offer better = linked(used, -1);
        for (int i = 0; used.length > 2 && i < used.length; i++) {
            Offer star = linked(used, used[i]);
            better = star.beats(better, boundMs * demand.allPairs()) ? star : better;
        }
        return better;
    }

    /** @param hub a site, or -1 for a mesh */
    private Offer linked(int[] used, int hub) {
        double usd = 0;
        double ms = 0;
        for (int metro = 0; metro < count; metro++) {
            int own = chosen[metro];
            for (int site : used) {
                if (site != own && (site != hub || hub < 0)) {
                    int source = hub < 0 ? own : hub;
                    usd += demand.upKbps(metro, on(site)) * between(source, site);
                }
            }
            if (hub >= 0 && own != hub) {
                usd += demand.upKbps(metro, ~on(own) & ((1 << count) - 1)) * between(own, hub);
            }
            ms += ownMs(metro);
            for (int other = 0; other < metro; other++) {
                double path = hub < 0 || own == chosen[other]
                        ? legMs(own, chosen[other])
                        : legMs(own, hub) + legMs(hub, chosen[other]);
                ms += demand.pairs(other, metro) * (accessMs(other) + accessMs(metro) + path);
            }
        }
        return new Offer(usd, ms);
    }

    /** The metros that are on a site, a bit each. */
    private int on(int site) {
        int set = 0;
        for (int metro = 0; metro < count; metro++) {
            set |= chosen[metro] == site ? 1 << metro : 0;
        }
        return set;
    }

    private double between(int from, int to) {
        return world.tariffs()
                .between(world.machines().get(from), world.machines().get(to));
    }

    private double legMs(int a, int b) {
        return a == b
                ? 0
                : world.geography()
                        .betweenMs(
                                world.machines().get(a).region(),
                                world.machines().get(b).region());
    }
}
