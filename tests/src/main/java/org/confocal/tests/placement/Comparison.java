package org.confocal.tests.placement;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One contender against the strong baseline, seed by seed on the same arrivals: differences with their paired 95 % intervals.
 *
 * @param relay relay $ per participant-hour, as a share of the baseline's: -0.3 is 30 % less
 * @param total the same of all egress
 * @param e2eMs how much longer the fleet's mean round trip is, in milliseconds
 * @param e2e the same as a share of the baseline's
 * @param e2eCarried the same of the conferences that both carried without a bridge above its capacity
 * @param e2eFar the same of conferences with people of several regions, each of which counts once (placement.md, table of the
 *     headroom)
 * @param noSlower the share of conferences with company whose mean round trip is at most {@value #TOLERANCE_MS} ms longer
 * @param noSlowerFar the same of conferences with people of several regions
 * @param hotMinutes minutes of people on hot bridges, as a share of the baseline's
 */
record Comparison(
        Estimate relay,
        Estimate total,
        Estimate e2eMs,
        Estimate e2e,
        Estimate e2eCarried,
        Estimate e2eFar,
        Estimate noSlower,
        Estimate noSlowerFar,
        Estimate hotMinutes) {
    /** The round trip between two bridges of one region, twice. */
    static final double TOLERANCE_MS = 1;

    static Comparison of(String contender, List<SeedResult> results, Geography geography) {
        return new Comparison(
                estimate(results, result -> ratio(result, contender, DayResult::relayUsdPerPersonHour)),
                estimate(results, result -> ratio(result, contender, DayResult::totalUsdPerPersonHour)),
                estimate(
                        results,
                        result -> result.day(contender).meanMs()
                                - result.day(Contenders.BASELINE).meanMs()),
                estimate(results, result -> ratio(result, contender, DayResult::meanMs)),
                estimate(results, result -> carried(result, contender)),
                estimate(results, result -> far(result, contender, geography)),
                estimate(results, result -> noSlower(result, contender, geography, 1)),
                estimate(results, result -> noSlower(result, contender, geography, 2)),
                estimate(
                        results,
                        result ->
                                1 + ratio(result, contender, day -> day.loads().hotPersonMinutes())));
    }

    private static Estimate estimate(List<SeedResult> results, Function<SeedResult, Double> value) {
        return Estimate.of(results.stream().map(value).toList());
    }

    private static double ratio(SeedResult result, String contender, Function<DayResult, Double> value) {
        double baseline = value.apply(result.day(Contenders.BASELINE));
        return baseline > 0 ? value.apply(result.day(contender)) / baseline - 1 : 0;
    }

    /**
     * Where a bridge is asked for more than it can do, round trips over it are not what they are on paper; whoever sends people
     * elsewhere instead has longer ones.
     */
    private static double carried(SeedResult result, String contender) {
        List<CallResult> ours = result.day(contender).calls();
        List<CallResult> theirs = result.day(Contenders.BASELINE).calls();
        double ourSum = 0;
        double ourWeight = 0;
        double theirSum = 0;
        double theirWeight = 0;
        for (int i = 0; i < ours.size(); i++) {
            if (!ours.get(i).overloaded() && !theirs.get(i).overloaded()) {
                ourSum += ours.get(i).personMsSum();
                ourWeight += ours.get(i).personWeight();
                theirSum += theirs.get(i).personMsSum();
                theirWeight += theirs.get(i).personWeight();
            }
        }
        double lastMiles = 2 * LastMile.meanMs();
        return ourWeight > 0 && theirWeight > 0
                ? (ourSum / ourWeight + lastMiles) / (theirSum / theirWeight + lastMiles) - 1
                : 0;
    }

    private static double far(SeedResult result, String contender, Geography geography) {
        List<CallResult> ours = result.day(contender).calls();
        List<CallResult> theirs = result.day(Contenders.BASELINE).calls();
        double lastMiles = 2 * LastMile.meanMs();
        double our = 0;
        double their = 0;
        for (Meeting meeting : result.workload().meetings()) {
            CallResult here = ours.get(meeting.number());
            CallResult there = theirs.get(meeting.number());
            if (here.pairWeight() > 0 && there.pairWeight() > 0 && regions(meeting, geography) > 1) {
                our += here.meanMs() + lastMiles;
                their += there.meanMs() + lastMiles;
            }
        }
        return their > 0 ? our / their - 1 : 0;
    }

    /** @param regions of the people of a conference, at least */
    private static double noSlower(SeedResult result, String contender, Geography geography, int regions) {
        List<CallResult> ours = result.day(contender).calls();
        List<CallResult> theirs = result.day(Contenders.BASELINE).calls();
        int all = 0;
        int kept = 0;
        for (Meeting meeting : result.workload().meetings()) {
            CallResult our = ours.get(meeting.number());
            CallResult their = theirs.get(meeting.number());
            if (our.pairWeight() > 0 && their.pairWeight() > 0 && regions(meeting, geography) >= regions) {
                all++;
                kept += our.meanMs() <= their.meanMs() + TOLERANCE_MS ? 1 : 0;
            }
        }
        return all > 0 ? (double) kept / all : 1;
    }

    private static long regions(Meeting meeting, Geography geography) {
        return meeting.people().stream()
                .mapToInt(person -> geography.nearestRegion(person.metro()))
                .distinct()
                .count();
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("relay", relay.fields());
        fields.put("total", total.fields());
        fields.put("e2eMs", e2eMs.fields());
        fields.put("e2e", e2e.fields());
        fields.put("e2eCarried", e2eCarried.fields());
        fields.put("e2eMultiRegionConferences", e2eFar.fields());
        fields.put("conferencesNoSlower", noSlower.fields());
        fields.put("multiRegionConferencesNoSlower", noSlowerFar.fields());
        fields.put("hotMinutesShare", hotMinutes.fields());
        return fields;
    }
}
