package org.confocal.tests.placement;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** The seeds of a run, put together for people and programs. */
record Summary(Map<String, Object> fields) {
    private static final double FAR_MS = 300;

    static Summary of(Options options, List<SeedResult> results, Geography geography, double seconds) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("scenario", options.scenario().concurrent());
        fields.put("hours", options.scenario().hours());
        fields.put("prices", options.prices().name().toLowerCase(Locale.ROOT));
        fields.put("firstSeed", options.firstSeed());
        fields.put("seeds", options.seeds());
        fields.put("bridges", results.getFirst().days().getFirst().loads().bridges());
        fields.put("baseline", Contenders.BASELINE);
        fields.put(
                "conferences",
                mean(results, result -> result.workload().meetings().size()));
        fields.put("joins", mean(results, result -> result.workload().people()));
        Map<String, Object> strategies = new LinkedHashMap<>();
        for (DayResult day : results.getFirst().days()) {
            strategies.put(day.contender(), strategy(day.contender(), results, geography));
        }
        fields.put("strategies", strategies);
        fields.put("bursts", bursts(results));
        fields.put("references", references(results));
        fields.put("seconds", rounded(seconds));
        return new Summary(fields);
    }

    private static Map<String, Object> strategy(String name, List<SeedResult> results, Geography geography) {
        List<DayResult> days = results.stream().map(result -> result.day(name)).toList();
        List<Histogram> e2e = days.stream()
                .map(day -> day.tally().pairs.foldedWith(LastMile.shares(2)))
                .toList();
        List<Histogram> hop = days.stream()
                .map(day -> day.tally().hops.foldedWith(LastMile.shares(1)))
                .toList();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("relayUsdPerPh", mean(days, DayResult::relayUsdPerPersonHour));
        fields.put("internetUsdPerPh", mean(days, DayResult::internetUsdPerPersonHour));
        fields.put("totalUsdPerPh", mean(days, DayResult::totalUsdPerPersonHour));
        fields.put("e2eMs", roundTrips(mean(days, DayResult::meanMs), e2e));
        fields.put("e2ePairMeanMs", mean(days, DayResult::pairMeanMs));
        fields.put("pairsOver300ms", mean(e2e, histogram -> histogram.shareFrom(FAR_MS)));
        fields.put("hopMs", roundTrips(mean(days, DayResult::hopMeanMs), hop));
        fields.put("stressMax", mean(days, day -> day.loads().highest()));
        fields.put("stressP99", mean(days, day -> day.loads().stress().quantile(0.99)));
        fields.put("hotMinutes", mean(days, day -> day.loads().hotPersonMinutes()));
        fields.put("bridgeTimeOver0.8", mean(days, day -> day.loads().hotShare()));
        fields.put("bridgeTimeOver1.0", mean(days, day -> day.loads().fullShare()));
        fields.put("bridgesPerConference", mean(days, DayResult::bridgesPerCall));
        fields.put("movesPer1000", mean(days, DayResult::movesPer1000));
        fields.put("refused", mean(days, DayResult::refused));
        fields.put("gapToMyopic", gap(name, results, References.Results::myopic, CallResult::totalUsd));
        fields.put("gapToFrozen", gap(name, results, References.Results::frozen, CallResult::totalUsd));
        fields.put("gapToClairvoyant", gap(name, results, References.Results::clairvoyant, CallResult::totalUsd));
        fields.put("gapToCoupled", mean(results, result -> result.gapToCoupled(name)));
        fields.put("relayGapToMyopic", gap(name, results, References.Results::myopic, CallResult::relayUsd));
        fields.put("relayGapToFrozen", gap(name, results, References.Results::frozen, CallResult::relayUsd));
        fields.put("relayGapToClairvoyant", gap(name, results, References.Results::clairvoyant, CallResult::relayUsd));
        fields.put("vsBaseline", Comparison.of(name, results, geography).fields());
        return fields;
    }

    private static double gap(
            String name,
            List<SeedResult> results,
            Function<References.Results, Map<Integer, CallResult>> reference,
            ToDoubleFunction<CallResult> usd) {
        return mean(results, result -> result.gap(name, reference.apply(result.references()), usd));
    }

    private static Map<String, Object> bursts(List<SeedResult> results) {
        Map<String, Object> bursts = new LinkedHashMap<>();
        results.getFirst().bursts().forEach((burst, byContender) -> {
            Map<String, Object> contenders = new LinkedHashMap<>();
            byContender.keySet().forEach(name -> {
                List<Burst.Result> all = results.stream()
                        .flatMap(result -> Stream.ofNullable(
                                result.bursts().getOrDefault(burst, Map.of()).get(name)))
                        .toList();
                Map<String, Object> fields = new LinkedHashMap<>();
                fields.put("peakStress", mean(all, Burst.Result::peakStress));
                fields.put("peakStressWorstSeed", highest(all, Burst.Result::peakStress));
                fields.put("bridges", mean(all, Burst.Result::bridges));
                fields.put("bridgesWorstSeed", highest(all, Burst.Result::bridges));
                fields.put("refused", mean(all, Burst.Result::refused));
                contenders.put(name, fields);
            });
            bursts.put(burst, contenders);
        });
        return bursts;
    }

    private static <T> double highest(List<T> of, ToDoubleFunction<T> value) {
        return rounded(of.stream().mapToDouble(value).max().orElse(0));
    }

    /** The references themselves, of the sampled conferences: $ per conference, and the mean of their mean round trips. */
    private static Map<String, Object> references(List<SeedResult> results) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(
                "conferences",
                mean(results, result -> result.references().rule().size()));
        fields.put("rule", reference(results, References.Results::rule));
        fields.put("myopic", reference(results, References.Results::myopic));
        fields.put("frozen", reference(results, References.Results::frozen));
        fields.put("clairvoyant", reference(results, References.Results::clairvoyant));
        fields.put("coupled", coupled(results.stream().map(SeedResult::coupled).toList()));
        return fields;
    }

    private static Map<String, Object> coupled(List<CoupledOptimum.Result> results) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("usdPerHour", mean(results, CoupledOptimum.Result::usdPerHour));
        fields.put("boundUsdPerHour", mean(results, CoupledOptimum.Result::boundUsdPerHour));
        fields.put("uncoupledUsdPerHour", mean(results, CoupledOptimum.Result::uncoupledUsdPerHour));
        fields.put("conferences", mean(results, CoupledOptimum.Result::conferences));
        fields.put("patterns", mean(results, CoupledOptimum.Result::patterns));
        fields.put("overflowPackets", mean(results, CoupledOptimum.Result::overflowPackets));
        fields.put("overflowPeople", mean(results, CoupledOptimum.Result::overflowPeople));
        fields.put("solveSeconds", mean(results, CoupledOptimum.Result::solveSeconds));
        Map<String, Object> status = new LinkedHashMap<>();
        status.put(
                "optimal",
                results.stream().filter(CoupledOptimum.Result::proven).count());
        status.put(
                "feasible", results.stream().filter(result -> !result.proven()).count());
        fields.put("status", status);
        return fields;
    }

    private static Map<String, Object> reference(
            List<SeedResult> results, Function<References.Results, Map<Integer, CallResult>> which) {
        List<CallResult> calls = results.stream()
                .flatMap(result -> which.apply(result.references()).values().stream())
                .toList();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("totalUsd", mean(calls, CallResult::totalUsd));
        fields.put("relayUsd", mean(calls, CallResult::relayUsd));
        fields.put("meanMs", mean(calls, call -> call.meanMs() + 2 * LastMile.meanMs()));
        return fields;
    }

    private static Map<String, Object> roundTrips(double mean, List<Histogram> histograms) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("mean", mean);
        fields.put("p95", mean(histograms, histogram -> histogram.quantile(0.95)));
        fields.put("p99", mean(histograms, histogram -> histogram.quantile(0.99)));
        return fields;
    }

    private static <T> double mean(List<T> of, ToDoubleFunction<T> value) {
        return rounded(of.stream().mapToDouble(value).average().orElse(0));
    }

    private static double rounded(double value) {
        return Math.round(value * 1e6) / 1e6;
    }

    String json() {
        return JsonMapper.builder().build().writeValueAsString(fields);
    }

    String text() {
        return SummaryText.of(fields);
    }
}
