package org.confocal.tests.placement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.confocal.strategy.Region;
import org.confocal.strategy.choice.RegionGroups;
import org.confocal.strategy.network.EgressPrices;
import org.confocal.tests.placement.Workload.Arrival;

/**
 * How many bridges each region has: the same for every strategy and seed.
 *
 * <p>A day of its own (a seed that is never measured) is played with the strong baseline's rule and no limit of capacity:
 * people go to the nearest region, or to one of its group that the conference is in already. Every region then gets as many
 * bridges as bring its busiest minute to a mean stress of {@value #TARGET}, and no fewer than {@value #FEWEST}. (placement.md,
 * section 5, says 4 a region; with 2,000 concurrent conferences that would be far too few by its own formula of packets.)
 * Of five bridges one has half the capacity: 100,000 and 50,000 packets per second (section 3, E4 and default).
 */
final class FleetPlan {
    static final double TARGET = 0.45;
    static final int FEWEST = 4;
    static final double LARGE = 100_000;
    static final double SMALL = 50_000;
    /** How the ids of small machines end. */
    static final String SMALL_SUFFIX = "-half";

    /** The class of the bridges of the static pool. */
    static final String STATIC_POOL = "static";

    private static final int ONE_SMALL_OF = 5;
    private static final long SEED = 0;
    private static final int MINUTE_MS = 60_000;

    private FleetPlan() {}

    /** Bridges of one provider, without a class. */
    static List<Machine> of(Geography geography, Scenario scenario) {
        return of(geography, scenario, 0);
    }

    /**
     * Every other bridge of each region is of a static pool with prices of its own, and large: together the pool can carry
     * about the peak, but only without any reserve.
     */
    static List<Machine> mixed(Geography geography, Scenario scenario) {
        return of(geography, scenario, 2);
    }

    /** @param oneStaticOf one bridge of so many is of the static pool; 0 for none */
    private static List<Machine> of(Geography geography, Scenario scenario, int oneStaticOf) {
        Workload workload = new WorkloadGenerator(geography).generate(Scenario.day(scenario.concurrent()), SEED);
        double[] peaks = peaks(geography, workload);
        List<Machine> machines = new ArrayList<>();
        double mean = (LARGE * (ONE_SMALL_OF - 1) + SMALL) / ONE_SMALL_OF;
        for (int region = 0; region < peaks.length; region++) {
            int count = Math.max(FEWEST, (int) Math.ceil(peaks[region] / (TARGET * mean)));
            for (int i = 0; i < count; i++) {
                boolean pooled = oneStaticOf > 0 && i % oneStaticOf == 0;
                double capacity = !pooled && i % ONE_SMALL_OF == ONE_SMALL_OF - 1 ? SMALL : LARGE;
                Optional<String> bridgeClass = pooled ? Optional.of(STATIC_POOL) : Optional.empty();
                machines.add(Machine.of(machines.size(), region, geography, bridgeClass, capacity));
            }
        }
        return machines;
    }

    /** So many large bridges in one region. */
    static List<Machine> idle(Geography geography, int region, int count) {
        List<Machine> machines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            machines.add(Machine.of(i, region, geography, Optional.empty(), LARGE));
        }
        return machines;
    }

    /** Packets per second of every region in its busiest minute. */
    private static double[] peaks(Geography geography, Workload workload) {
        int regions = geography.regions().size();
        List<Machine> unlimited = new ArrayList<>();
        for (int region = 0; region < regions; region++) {
            unlimited.add(Machine.of(region, region, geography, Optional.empty(), LARGE));
        }
        World world = World.of(geography, unlimited, EgressPrices.flat(0, 0));
        Loads loads = new Loads(unlimited);
        Tally tally = new Tally();
        Map<Integer, Call> calls = new HashMap<>();
        double[] peaks = new double[regions];
        int minute = 0;
        for (long arrival : workload.arrivals()) {
            for (; minute < Arrival.atMs(arrival); minute += MINUTE_MS) {
                for (int region = 0; region < regions; region++) {
                    peaks[region] = Math.max(peaks[region], loads.packets(unlimited.get(region)));
                }
            }
            Meeting meeting = workload.meetings().get(Arrival.meeting(arrival));
            int person = Arrival.person(arrival);
            Call call = calls.computeIfAbsent(
                    meeting.number(), number -> new Call(meeting, world, loads, tally, Arrival.atMs(arrival)));
            if (Arrival.joins(arrival)) {
                int nearest =
                        geography.nearestRegion(meeting.people().get(person).metro());
                call.enter(person, unlimited.get(regionByGroups(geography, nearest, call)), Arrival.atMs(arrival));
            } else {
                call.leave(person, Arrival.atMs(arrival));
                call.somebodyIsGone();
                if (call.isOver()) {
                    calls.remove(meeting.number());
                }
            }
        }
        return peaks;
    }

    /** Where the strong baseline's rule puts somebody who is nearest to a region, while load does not matter. */
    static int regionByGroups(Geography geography, int nearest, Call call) {
        int[] used = call.regions();
        if (Arrays.stream(used).anyMatch(region -> region == nearest)) {
            return nearest;
        }
        Region own = geography.regions().get(nearest);
        return Arrays.stream(used)
                .filter(region ->
                        RegionGroups.JITSI.near(own, geography.regions().get(region)))
                .findFirst()
                .orElse(nearest);
    }
}
