package org.confocal.tests.placement;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.confocal.strategy.network.EgressPrices;
import org.confocal.tests.placement.Workload.Arrival;

/**
 * What all conferences of the minute with the most people would cost at least if their bridges were to stay cool: the cheapest
 * placement of everybody who is there then, with every conference's mean round trip no longer than by the strong baseline's rule
 * ({@link References}), and the bridges of every kind together below a stress of {@value Loads#HOT}. Nobody has to be moved to get
 * there, and nothing is known of the minutes before and after.
 *
 * <p>The bridges of a kind (region and class) count as one of their capacities' sum: what does not fit then fits on no set of them.
 * What a conference pays for bridges of one region that are linked is left out for the same reason. People of a metro stay together.
 * Of each conference the {@value #MOST_PATTERNS} cheapest placements and the rule's own may be chosen, and where sites are full, as
 * many without these; town halls of more than {@value Demand#MOST_METROS} metros have fewer to choose from ({@link Patterns}).
 */
final class CoupledOptimum {
    static final int MOST_PATTERNS = 20;
    /** Where sites are full, so often patterns without them are added. */
    private static final int MOST_ROUNDS = 3;

    private static final double FULL = 0.95;
    private static final int MINUTE_MS = 60_000;
    private static final double HOUR_MS = 3_600_000;

    private final World sites;
    private final double[] capacities;
    private final Workload workload;

    /**
     * @param minute since the run began
     * @param uncoupledUsdPerHour the same without limits of capacity, so that nothing couples the conferences
     * @param usdPerHour all egress
     * @param boundUsdPerHour proven by the solver: no choice of these patterns costs less
     * @param conferences of two people and more
     * @param patterns of all of them
     * @param overflowPackets per second over the capacities; the least that any choice of these patterns has, if proven
     * @param overflowPeople who cause them, at their site's mean
     * @param proven whether overflow and cost are within {@value PatternMaster#GAP} of the least
     */
    record Result(
            int minute,
            double uncoupledUsdPerHour,
            double usdPerHour,
            double boundUsdPerHour,
            int conferences,
            int patterns,
            double overflowPackets,
            double overflowPeople,
            double solveSeconds,
            boolean proven) {}

    CoupledOptimum(World world, EgressPrices prices, Workload workload) {
        this.sites = References.sites(world, prices);
        this.workload = workload;
        capacities = new double[sites.machines().size()];
        for (Machine machine : world.machines()) {
            for (Machine site : sites.machines()) {
                if (site.kind().equals(machine.kind())) {
                    capacities[site.number()] += Loads.HOT * machine.capacity();
                }
            }
        }
    }

    /** A conference, what it may be placed by, and the ways to place it. */
    private record Choice(Crowd crowd, double boundMs, List<Pattern> patterns) {}

    Result run() {
        int minute = workload.busiestMinute();
        List<Choice> choices = new ArrayList<>();
        for (Meeting meeting : workload.meetings()) {
            Crowd crowd = Crowd.at(meeting, minute * MINUTE_MS);
            if (crowd.people() > 1) {
                choices.add(choice(meeting, crowd, minute * MINUTE_MS));
            }
        }
        double uncoupled =
                choices.stream().mapToDouble(choice -> least(choice.patterns)).sum();
        long start = System.nanoTime();
        PatternMaster.Solution solution = solve(choices);
        Set<Integer> full = full(solution);
        for (int round = 0; round < MOST_ROUNDS && !full.isEmpty(); round++) {
            choices.forEach(choice -> addWithout(full, choice));
            solution = solve(choices);
            full.addAll(full(solution));
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Result(
                minute,
                uncoupled,
                solution.usdPerHour(),
                solution.boundUsdPerHour(),
                choices.size(),
                choices.stream().mapToInt(choice -> choice.patterns.size()).sum(),
                solution.allOverflow(),
                overflowPeople(choices, solution),
                seconds,
                solution.proven());
    }

    private PatternMaster.Solution solve(List<Choice> choices) {
        return PatternMaster.solve(choices.stream().map(Choice::patterns).toList(), capacities);
    }

    /** The sites that have no room to speak of. */
    private Set<Integer> full(PatternMaster.Solution solution) {
        Set<Integer> full = new TreeSet<>();
        for (int site = 0; site < capacities.length; site++) {
            if (solution.packets().get(site) > FULL * capacities[site]) {
                full.add(site);
            }
        }
        return full;
    }

    private void addWithout(Set<Integer> full, Choice choice) {
        for (Pattern pattern : Patterns.of(sites, choice.crowd, choice.boundMs, full, MOST_PATTERNS)) {
            add(choice.patterns, pattern);
        }
    }

    private static void add(List<Pattern> patterns, Pattern pattern) {
        if (patterns.stream().noneMatch(other -> other.dominates(pattern))) {
            patterns.add(pattern);
        }
    }

    private static double least(List<Pattern> patterns) {
        return patterns.stream().mapToDouble(Pattern::usdPerHour).min().orElse(0);
    }

    private Choice choice(Meeting meeting, Crowd crowd, int atMs) {
        Loads loads = new Loads(sites.machines());
        Call ruled = ruled(meeting, loads, atMs);
        double boundMs = ruled.meanMsNow() + References.TOLERANCE_MS;
        List<Pattern> patterns = new ArrayList<>(Patterns.of(sites, crowd, boundMs, Set.of(), MOST_PATTERNS));
        List<Pattern.Load> own = new ArrayList<>();
        for (Machine site : sites.machines()) {
            if (loads.people(site) > 0) {
                own.add(new Pattern.Load(site.number(), loads.people(site), loads.packets(site)));
            }
        }
        add(patterns, new Pattern(HOUR_MS * ruled.usdPerMs(), own));
        return new Choice(crowd, boundMs, patterns);
    }

    /** The conference at a moment, placed by the baseline's rule as people came. */
    private Call ruled(Meeting meeting, Loads loads, int atMs) {
        Call call = new Call(meeting, sites.with(World.meshes(sites.geography())), loads, new Tally(), 0);
        for (long arrival : Demand.arrivals(meeting)) {
            if (Arrival.atMs(arrival) > atMs) {
                break;
            }
            int person = Arrival.person(arrival);
            if (Arrival.joins(arrival)) {
                Machine site = References.ruled(sites, call, meeting.people().get(person));
                call.enter(person, site, Arrival.atMs(arrival));
            } else {
                call.leave(person, Arrival.atMs(arrival));
            }
        }
        return call;
    }

    private static double overflowPeople(List<Choice> choices, PatternMaster.Solution solution) {
        double sum = 0;
        for (int site = 0; site < solution.overflow().size(); site++) {
            double packets = 0;
            int people = 0;
            for (int conference = 0; conference < choices.size(); conference++) {
                Pattern pattern =
                        choices.get(conference).patterns.get(solution.chosen().get(conference));
                for (Pattern.Load load : pattern.loads()) {
                    packets += load.site() == site ? load.packets() : 0;
                    people += load.site() == site ? load.people() : 0;
                }
            }
            sum += packets > 0 ? people * solution.overflow().get(site) / packets : 0;
        }
        return sum;
    }
}
