package org.confocal.tests.placement;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.json.JsonMapper;

/** The seeds of a run, put together for people and programs. */
record Summary(Map<String, Object> fields) {
    private static final double FAR_MS = 300;

    static Summary of(Options options, List<SeedResult> results, double seconds) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("scenario", options.scenario().concurrent());
        fields.put("hours", options.scenario().hours());
        fields.put("prices", options.prices().name().toLowerCase(Locale.ROOT));
        fields.put("firstSeed", options.firstSeed());
        fields.put("seeds", options.seeds());
        fields.put(
                "conferences",
                mean(results, result -> result.workload().meetings().size()));
        fields.put("joins", mean(results, result -> result.workload().people()));
        Map<String, Object> strategies = new LinkedHashMap<>();
        for (DayResult day : results.getFirst().days()) {
            strategies.put(day.contender(), strategy(day.contender(), results));
        }
        fields.put("strategies", strategies);
        fields.put("seconds", rounded(seconds));
        return new Summary(fields);
    }

    private static Map<String, Object> strategy(String name, List<SeedResult> results) {
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
        List<String> lines = new ArrayList<>();
        lines.add("%s concurrent, prices %s, %s seeds from %s: %s conferences, %s joins a seed, %s s"
                .formatted(
                        fields.get("scenario"),
                        fields.get("prices"),
                        fields.get("seeds"),
                        fields.get("firstSeed"),
                        fields.get("conferences"),
                        fields.get("joins"),
                        fields.get("seconds")));
        if (fields.get("strategies") instanceof Map<?, ?> strategies) {
            strategies.forEach((name, values) -> lines.add("%-24s %s".formatted(name, values)));
        }
        return String.join("\n", lines);
    }
}
