package org.confocal.tests.placement;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What all contenders made of one day, and of a few minutes of trouble.
 *
 * @param bursts by the burst's name, then by contender
 */
record SeedResult(
        long seed,
        Workload workload,
        List<DayResult> days,
        References.Results references,
        CoupledOptimum.Result coupled,
        Map<String, Map<String, Burst.Result>> bursts) {
    DayResult day(String contender) {
        return days.stream()
                .filter(day -> day.contender().equals(contender))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("nobody is called " + contender));
    }

    /** What all conferences cost with a contender in the minute of the coupled optimum, against it; 0.1 is 10 % more. */
    double gapToCoupled(String contender) {
        double ours = day(contender).minutes().get(coupled.minute()).usdPerHour();
        return coupled.usdPerHour() > 0 ? ours / coupled.usdPerHour() - 1 : 0;
    }

    /** What the conferences that the references were worked out for cost with a contender, against a reference; 0.1 is 10 % more. */
    double gap(String contender, Map<Integer, CallResult> reference, ToDoubleFunction<CallResult> usd) {
        List<CallResult> calls = day(contender).calls();
        double ours = reference.keySet().stream()
                .mapToDouble(number -> usd.applyAsDouble(calls.get(number)))
                .sum();
        double theirs = reference.values().stream().mapToDouble(usd).sum();
        return theirs > 0 ? ours / theirs - 1 : 0;
    }
}
