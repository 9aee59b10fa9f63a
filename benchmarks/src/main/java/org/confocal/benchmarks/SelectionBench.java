package org.confocal.benchmarks;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.confocal.benchmarks.SelectionTable.Cost;
import org.confocal.strategy.choice.BridgeStrategies;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the benchmarks of the selection and prints what one costs by size of the fleet: {@code ./dev bench selection
 * [--json]}. What a machine says in microseconds is its own; the ratio to the textbook way is the claim.
 */
public final class SelectionBench {
    private static final String CONFOCAL = SelectionBenchmark.class.getName() + ".confocal";
    private static final String TEXTBOOK = SelectionBenchmark.class.getName() + ".textbook";
    /** What is measured of those that exist. */
    private static final List<String> STRATEGIES =
            List.of("EgressAwareBridgeSelectionStrategy", "RegionBasedBridgeSelectionStrategy");

    private SelectionBench() {}

    public static void main(String[] args) throws RunnerException {
        List<String> options = List.of(args);
        if (!List.of("--json").containsAll(options)) {
            throw new IllegalArgumentException("usage: SelectionBench [--json]");
        }
        String[] strategies =
                STRATEGIES.stream().filter(BridgeStrategies.names()::contains).toArray(String[]::new);
        Map<Cost.Key, Cost> costs = new TreeMap<>();
        String[] large = {"100", "1000", "10000"};
        run(costs, strategies, new String[] {"10"}, new String[] {"1", "5"});
        run(costs, strategies, large, new String[] {"1", "5", "20"});
        SelectionTable table = new SelectionTable(List.copyOf(costs.values()));
        System.out.println(options.isEmpty() ? table.text() : table.json());
    }

    private static void run(Map<Cost.Key, Cost> costs, String[] strategies, String[] bridges, String[] conferences)
            throws RunnerException {
        String[] five = {"5"};
        ChainedOptionsBuilder confocal = options(CONFOCAL + "$", bridges, conferences);
        note(costs, new Runner(confocal.param("strategy", strategies).build()).run());
        ChainedOptionsBuilder threads = options(CONFOCAL + "FromTwoThreads$", bridges, five);
        note(costs, new Runner(threads.param("strategy", strategies).build()).run());
        note(costs, new Runner(options(TEXTBOOK + ".*", bridges, five).build()).run());
    }

    private static ChainedOptionsBuilder options(String include, String[] bridges, String[] conferences) {
        return new OptionsBuilder()
                .include(include)
                .param("bridges", bridges)
                .param("conference", conferences)
                .forks(1)
                .jvmArgs("-Xms1g", "-Xmx1g", "-XX:+UseSerialGC")
                .warmupIterations(4)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(1)
                .measurementTime(TimeValue.seconds(1))
                .addProfiler(GCProfiler.class);
    }

    private static void note(Map<Cost.Key, Cost> costs, Collection<RunResult> results) {
        for (RunResult run : results) {
            boolean textbook = run.getParams().getBenchmark().startsWith(TEXTBOOK);
            Cost.Key key = new Cost.Key(
                    textbook ? Cost.TEXTBOOK : run.getParams().getParam("strategy"),
                    Integer.parseInt(run.getParams().getParam("bridges")),
                    Integer.parseInt(run.getParams().getParam("conference")));
            costs.merge(key, cost(key, run), Cost::and);
        }
    }

    private static Cost cost(Cost.Key key, RunResult run) {
        Result<?> primary = run.getPrimaryResult();
        if (run.getParams().getMode() == Mode.Throughput) {
            return Cost.ofThroughput(key, primary.getScore());
        }
        double bytes = Stream.ofNullable(run.getSecondaryResults().get("gc.alloc.rate.norm"))
                .mapToDouble(result -> result.getScore())
                .findFirst()
                .orElse(Double.NaN);
        return Cost.ofSamples(
                key,
                primary.getStatistics().getPercentile(50),
                primary.getStatistics().getPercentile(99),
                bytes);
    }
}
