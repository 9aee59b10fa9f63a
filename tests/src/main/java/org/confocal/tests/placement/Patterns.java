package org.confocal.tests.placement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The cheapest ways to place a conference within a bound on its mean round trip, none of which another one {@linkplain
 * Pattern#dominates dominates}. Every metro goes to one site as a whole; the sites form a mesh or a star around one of them.
 *
 * <p>Up to {@value Demand#MOST_METROS} metros: all assignments, by enumeration. More (town halls): for every set of regions, every
 * metro in the nearest of them, on the cheapest bridges there.
 */
final class Patterns {
    private static final double HOUR_MS = 3_600_000;

    private final World world;
    private final Crowd crowd;
    private final double boundMsSum;
    private final Set<Integer> without;
    private final int most;
    private final int sites;
    private final double[] leastUsdFrom;
    private final double[] leastMsFrom;
    private final int[] chosen;
    private final List<Pattern> kept = new ArrayList<>();

    // What is on each site while one assignment is looked at.
    private final int[] people;
    private final double[] packets;
    private final double[] upKbps;
    private final double[] upPackets;
    private final int[] used;
    private int usedCount;
    private double allUpKbps;
    private double allUpPackets;

    private Patterns(World world, Crowd crowd, double boundMs, Set<Integer> without, int most) {
        this.world = world;
        this.crowd = crowd;
        boundMsSum = boundMs * crowd.pairs() + 1e-6;
        this.without = Set.copyOf(without);
        this.most = most;
        sites = world.machines().size();
        int groups = crowd.groups().size();
        chosen = new int[groups];
        people = new int[sites];
        packets = new double[sites];
        upKbps = new double[sites];
        upPackets = new double[sites];
        used = new int[sites];
        leastUsdFrom = new double[groups + 1];
        leastMsFrom = new double[groups + 1];
        for (int group = groups - 1; group >= 0; group--) {
            double usd = Double.POSITIVE_INFINITY;
            double ms = Double.POSITIVE_INFINITY;
            for (int site = 0; site < sites; site++) {
                usd = Math.min(usd, internetUsd(group, site));
                ms = Math.min(ms, accessMsSum(group, site));
            }
            leastUsdFrom[group] = leastUsdFrom[group + 1] + usd;
            leastMsFrom[group] = leastMsFrom[group + 1] + ms;
        }
    }

    /**
     * @param world one machine for each site
     * @param crowd at least two people
     * @param without sites that nobody may be on
     * @param most no more than these, the cheapest
     * @return the cheapest first; empty where nothing is within the bound
     */
    static List<Pattern> of(World world, Crowd crowd, double boundMs, Set<Integer> without, int most) {
        Patterns search = new Patterns(world, crowd, boundMs, without, most);
        if (crowd.groups().size() <= Demand.MOST_METROS) {
            search.assign(0, 0, 0);
        } else {
            search.byRegions();
        }
        return List.copyOf(search.kept);
    }

    private void assign(int group, double usd, double msSum) {
        if (usd + leastUsdFrom[group] >= tooDear() || msSum + leastMsFrom[group] > boundMsSum) {
            return;
        }
        if (group == chosen.length) {
            weigh();
            return;
        }
        for (int site = 0; site < sites; site++) {
            if (!without.contains(site)) {
                chosen[group] = site;
                assign(group + 1, usd + internetUsd(group, site), msSum + accessMsSum(group, site));
            }
        }
    }

    private double tooDear() {
        return kept.size() < most ? Double.POSITIVE_INFINITY : kept.getLast().usdPerHour();
    }

    private void byRegions() {
        List<Integer> cheapest = cheapestOfRegions();
        for (int set = 1; set < 1 << cheapest.size(); set++) {
            for (int group = 0; group < chosen.length; group++) {
                chosen[group] = nearest(group, cheapest, set);
            }
            weigh();
        }
    }

    private List<Integer> cheapestOfRegions() {
        Map<Integer, Integer> sitesByRegion = new LinkedHashMap<>();
        for (Machine site : world.machines()) {
            if (!without.contains(site.number())) {
                sitesByRegion.merge(
                        site.region(), site.number(), (a, b) -> internetUsd(0, b) < internetUsd(0, a) ? b : a);
            }
        }
        return List.copyOf(sitesByRegion.values());
    }

    /** @param set of the sites that count, a bit each */
    private int nearest(int group, List<Integer> of, int set) {
        int best = -1;
        double bestMs = Double.POSITIVE_INFINITY;
        for (int i = 0; i < of.size(); i++) {
            double ms = (set >> i & 1) == 0 ? Double.POSITIVE_INFINITY : accessMsSum(group, of.get(i));
            if (ms < bestMs) {
                best = of.get(i);
                bestMs = ms;
            }
        }
        return best;
    }

    private double internetUsd(int group, int site) {
        return HOUR_MS
                * crowd.groups().get(group).downKbps()
                * world.tariffs().internet(world.machines().get(site));
    }

    /** The ways to the site, of everybody's pairs together. */
    private double accessMsSum(int group, int site) {
        Crowd.Group of = crowd.groups().get(group);
        int region = world.machines().get(site).region();
        return of.people() * (crowd.people() - 1.0) * world.geography().accessMs(of.metro(), region);
    }

    private void weigh() {
        gather();
        double usd = 0;
        double ms = 0;
        for (int group = 0; group < chosen.length; group++) {
            usd += internetUsd(group, chosen[group]);
            ms += accessMsSum(group, chosen[group]);
        }
        weigh(-1, usd, ms);
        for (int i = 0; usedCount > 2 && i < usedCount; i++) {
            weigh(used[i], usd, ms);
        }
    }

    private void gather() {
        Arrays.fill(people, 0);
        Arrays.fill(packets, 0);
        Arrays.fill(upKbps, 0);
        Arrays.fill(upPackets, 0);
        allUpKbps = 0;
        allUpPackets = 0;
        usedCount = 0;
        for (int group = 0; group < chosen.length; group++) {
            Crowd.Group of = crowd.groups().get(group);
            int site = chosen[group];
            if (people[site] == 0) {
                used[usedCount++] = site;
            }
            people[site] += of.people();
            packets[site] += of.packets();
            upKbps[site] += of.upKbps();
            upPackets[site] += of.upPackets();
            allUpKbps += of.upKbps();
            allUpPackets += of.upPackets();
        }
    }

    /**
     * With a mesh or a star.
     *
     * @param hub a site, or -1 for a mesh
     */
    private void weigh(int hub, double internetUsd, double accessMsSum) {
        double ms = accessMsSum;
        double usd = internetUsd;
        for (int i = 0; i < usedCount; i++) {
            int site = used[i];
            for (int j = 0; j < i; j++) {
                ms += (double) people[site] * people[used[j]] * pathMs(site, used[j], hub);
            }
            usd += HOUR_MS * (hub < 0 ? meshUsdPerMs(site) : starUsdPerMs(site, hub));
        }
        if (ms <= boundMsSum && usd < tooDear()) {
            keep(new Pattern(usd, loads(hub)));
        }
    }

    private double pathMs(int a, int b, int hub) {
        return hub < 0 ? legMs(a, b) : legMs(a, hub) + legMs(hub, b);
    }

    private double legMs(int a, int b) {
        return a == b
                ? 0
                : world.geography()
                        .betweenMs(
                                world.machines().get(a).region(),
                                world.machines().get(b).region());
    }

    private double meshUsdPerMs(int site) {
        double usd = 0;
        for (int i = 0; i < usedCount; i++) {
            usd += used[i] == site ? 0 : upKbps[site] * between(site, used[i]);
        }
        return usd;
    }

    /** What a site sends to the hub, and the hub to it. */
    private double starUsdPerMs(int site, int hub) {
        return site == hub ? 0 : upKbps[site] * between(site, hub) + (allUpKbps - upKbps[site]) * between(hub, site);
    }

    private double between(int from, int to) {
        return world.tariffs()
                .between(world.machines().get(from), world.machines().get(to));
    }

    private List<Pattern.Load> loads(int hub) {
        List<Pattern.Load> loads = new ArrayList<>(usedCount);
        int others = usedCount - 1;
        for (int i = 0; i < usedCount; i++) {
            int site = used[i];
            double relayed;
            if (hub < 0) {
                relayed = upPackets[site] * others + allUpPackets - upPackets[site];
            } else {
                // Between the hub and each of the others passes what everybody sends, one way or the other.
                relayed = site == hub ? others * allUpPackets : allUpPackets;
            }
            loads.add(new Pattern.Load(site, people[site], packets[site] + relayed));
        }
        return loads;
    }

    private void keep(Pattern pattern) {
        for (Pattern other : kept) {
            if (other.dominates(pattern)) {
                return;
            }
        }
        kept.removeIf(pattern::dominates);
        int place = 0;
        while (place < kept.size() && kept.get(place).usdPerHour() <= pattern.usdPerHour()) {
            place++;
        }
        kept.add(place, pattern);
        if (kept.size() > most) {
            kept.removeLast();
        }
    }
}
