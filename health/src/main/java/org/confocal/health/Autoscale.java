package org.confocal.health;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.confocal.focus.view.FocusSnapshot;

/**
 * How many bridges each region should have, now and in ten minutes (docs/autoscaling.md). Load is stress with what is
 * promised: of all bridges of the region, those included that leave, because their people will be on the others. Wanted are so many
 * bridges that each of them is at the target. A bridge whose load is not known counts as one that is at the target itself.
 *
 * <p>In ten minutes: as many people more as came in the last ten minutes, or as usually come at this time of the week, whichever is
 * more; never fewer. Each adds what one of the region costs now. Any thread.
 */
final class Autoscale {
    /** How often people are counted. */
    static final Duration SAMPLE = Duration.ofMinutes(1);

    static final Duration AHEAD = Duration.ofMinutes(10);

    /** A bridge that has been silent for so long is one whose load is not known; they report every 5 to 10 s. */
    static final Duration SILENCE = Duration.ofMinutes(1);

    private static final int SAMPLES = 11;

    private final double target;
    // Guards what has been learnt; nothing is waited for under it.
    private final Object lock = new Object();
    private final WeekTable week = new WeekTable();
    private final Map<String, Deque<Sample>> lately = new HashMap<>();

    private record Sample(Instant at, int people) {}

    /** @param target stress that a bridge is to have, above 0 */
    Autoscale(double target) {
        this.target = target;
    }

    /**
     * What a region should have.
     *
     * @param bridges that may be chosen and do not leave
     * @param unknown those of them whose load is not known
     * @param load stress of all, promises included, where it is known
     * @param wantedNow at least 1
     * @param wantedInTenMinutes at least 1
     * @param reason in words
     * @param cheapest the nickname of the bridge that would be cheapest to drain, where there are more than wanted
     */
    record Wanted(
            int bridges,
            int unknown,
            int people,
            int peopleInTenMinutes,
            double load,
            int wantedNow,
            int wantedInTenMinutes,
            String reason,
            Optional<String> cheapest) {
        /** The larger of the two: bridges take minutes to start. */
        int wanted() {
            return Math.max(wantedNow, wantedInTenMinutes);
        }
    }

    /** Remembers how many people there are. To be called every {@link #SAMPLE}. */
    void sample(FocusSnapshot focus) {
        SortedMap<String, List<FocusSnapshot.Bridge>> regions = regions(focus);
        synchronized (lock) {
            lately.keySet().retainAll(regions.keySet());
            regions.forEach((region, bridges) -> {
                int people = people(bridges);
                week.add(region, focus.at(), people);
                if (lately.size() < WeekTable.MOST_REGIONS || lately.containsKey(region)) {
                    Deque<Sample> samples = lately.computeIfAbsent(region, first -> new ArrayDeque<>());
                    samples.addLast(new Sample(focus.at(), people));
                    if (samples.size() > SAMPLES) {
                        samples.removeFirst();
                    }
                }
            });
        }
    }

    /** By region; under {@code unknown} the bridges that report none. */
    SortedMap<String, Wanted> wanted(FocusSnapshot focus) {
        SortedMap<String, Wanted> wanted = new TreeMap<>();
        regions(focus).forEach((region, bridges) -> wanted.put(region, wanted(region, bridges, focus.at())));
        return wanted;
    }

    private Wanted wanted(String region, List<FocusSnapshot.Bridge> bridges, Instant now) {
        List<FocusSnapshot.Bridge> usable = bridges.stream()
                .filter(bridge -> HealthCheck.usable(bridge) && !draining(bridge))
                .toList();
        int unknown = Math.toIntExact(
                usable.stream().filter(bridge -> !known(bridge, now)).count());
        double load = 0;
        int peopleOfLoad = 0;
        for (FocusSnapshot.Bridge bridge : bridges) {
            if (known(bridge, now)) {
                load += bridge.correctedStress();
                peopleOfLoad += bridge.endpoints();
            }
        }
        int people = people(bridges);
        Growth growth = growth(region, people, now);
        double each = peopleOfLoad == 0 ? 0 : load / peopleOfLoad;
        int wantedNow = count(load, unknown);
        int wantedThen = count(load + each * growth.people(), unknown);
        String reason = "stress %.2f over a target of %.2f".formatted(load, target)
                + (unknown == 0 ? "" : "; " + unknown + " of unknown load count as busy")
                + (growth.people() == 0 ? "" : "; " + growth.people() + " people more " + growth.why());
        Optional<String> cheapest =
                usable.size() > Math.max(wantedNow, wantedThen) ? cheapest(usable, now) : Optional.empty();
        return new Wanted(
                usable.size(),
                unknown,
                people,
                people + growth.people(),
                load,
                wantedNow,
                wantedThen,
                reason,
                cheapest);
    }

    /** So many more people, and why. */
    private record Growth(int people, String why) {}

    private Growth growth(String region, int people, Instant now) {
        synchronized (lock) {
            Deque<Sample> samples = lately.getOrDefault(region, new ArrayDeque<>());
            int came = samples.isEmpty() ? 0 : people - samples.getFirst().people();
            OptionalDouble usualNow = week.usual(region, now);
            OptionalDouble usualThen = week.usual(region, now.plus(AHEAD));
            int usual = usualNow.isPresent() && usualThen.isPresent()
                    ? (int) Math.round(usualThen.getAsDouble() - usualNow.getAsDouble())
                    : 0;
            return usual > came
                    ? new Growth(Math.max(0, usual), "as at this time of other weeks")
                    : new Growth(Math.max(0, came), "as in the last ten minutes");
        }
    }

    private int count(double load, int unknown) {
        // A little less than whole numbers would need one more only by rounding.
        return Math.max(1, unknown + (int) Math.ceil(load / target - 1e-9));
    }

    /** The fewest people, then the least load: never one whose load is not known. */
    private static Optional<String> cheapest(List<FocusSnapshot.Bridge> usable, Instant now) {
        return usable.stream()
                .filter(bridge -> known(bridge, now))
                .min(Comparator.comparingInt(FocusSnapshot.Bridge::endpoints)
                        .thenComparingDouble(FocusSnapshot.Bridge::correctedStress))
                .map(bridge -> bridge.bridge().id().nick());
    }

    private static boolean known(FocusSnapshot.Bridge bridge, Instant now) {
        return bridge.freeParticipants().isPresent()
                && bridge.bridge().reportedAt().plus(SILENCE).isAfter(now);
    }

    private static boolean draining(FocusSnapshot.Bridge bridge) {
        return bridge.bridge().report().drain().orElse(false);
    }

    private static int people(List<FocusSnapshot.Bridge> bridges) {
        return bridges.stream().mapToInt(FocusSnapshot.Bridge::endpoints).sum();
    }

    private static SortedMap<String, List<FocusSnapshot.Bridge>> regions(FocusSnapshot focus) {
        SortedMap<String, List<FocusSnapshot.Bridge>> regions = new TreeMap<>();
        for (FocusSnapshot.Bridge bridge : focus.bridges()) {
            String region = bridge.bridge().region().map(Object::toString).orElse("unknown");
            regions.computeIfAbsent(region, first -> new ArrayList<>()).add(bridge);
        }
        return regions;
    }
}
