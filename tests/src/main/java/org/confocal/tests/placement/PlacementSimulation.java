package org.confocal.tests.placement;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.confocal.strategy.network.EgressPrices;
import org.confocal.strategy.network.EgressPrices.Tariff;

/**
 * {@code ./dev sim placement}: days of conferences, the same for every strategy, seed by seed.
 *
 * <p>Options: {@link Options#USAGE}. Exit code 0, or 2 for a wrong option. Seeds run on threads of their own.
 */
public final class PlacementSimulation {
    /** Beyond the included traffic, $ per GB (placement.md, section 2.2); there is no backbone between regions. */
    private static final Tariff HETZNER_LIKE = new Tariff(0.00116, 0.00116);

    private final Options options;
    private final List<Contender> contenders;
    private final Geography geography = Geography.world();

    PlacementSimulation(Options options) {
        this.options = options;
        List<Contender> all = new ArrayList<>(Contenders.all(prices()));
        if (!options.only().isEmpty()) {
            all.addAll(Contenders.onDemand(prices()));
            all.removeIf(contender -> !options.only().contains(contender.name())
                    && !contender.name().equals(Contenders.BASELINE));
        }
        contenders = List.copyOf(all);
    }

    /** Runs all seeds; the result of a seed stands at its place, whichever was ready first. */
    List<SeedResult> run() throws InterruptedException {
        World world = World.of(geography, machines(), prices());
        List<Future<SeedResult>> pending = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(options.threads())) {
            for (int i = 0; i < options.seeds(); i++) {
                long seed = options.firstSeed() + i;
                pending.add(executor.submit(() -> run(seed, world)));
            }
            List<SeedResult> results = new ArrayList<>();
            for (Future<SeedResult> result : pending) {
                results.add(result.get());
            }
            return results;
        } catch (ExecutionException broken) {
            throw new IllegalStateException("a run broke", broken.getCause());
        }
    }

    private SeedResult run(long seed, World world) {
        Workload workload = new WorkloadGenerator(geography).generate(options.scenario(), seed);
        List<Crash> crashes = Crash.ofDay(world.machines(), options.scenario(), seed);
        Portrait.Wish wish = Portrait.Wish.of(workload, geography);
        List<DayResult> days = new ArrayList<>();
        for (Contender contender : contenders) {
            Day day = new Day(workload, world, contender, crashes, seed);
            day.draw(wish);
            days.add(day.run());
        }
        Map<String, Map<String, Burst.Result>> bursts = new LinkedHashMap<>();
        for (Burst burst : Burst.all(geography, prices(), world.machines(), seed)) {
            Map<String, Burst.Result> results = new LinkedHashMap<>();
            contenders.forEach(contender -> results.put(contender.name(), burst.run(contender, seed)));
            bursts.put(burst.name(), results);
        }
        return new SeedResult(
                seed,
                workload,
                days,
                new References(world, prices(), workload).run(seed),
                new CoupledOptimum(world, prices(), workload).run(),
                bursts);
    }

    private List<Machine> machines() {
        return options.prices() == Options.Prices.MIXED
                ? FleetPlan.mixed(geography, options.scenario())
                : FleetPlan.of(geography, options.scenario());
    }

    private EgressPrices prices() {
        return switch (options.prices()) {
            case AWS -> EgressPrices.aws();
            case GCP -> EgressPrices.gcp();
            case OCI -> EgressPrices.oci();
            case MIXED -> EgressPrices.aws().with(FleetPlan.STATIC_POOL, HETZNER_LIKE);
        };
    }

    public static void main(String[] args) throws InterruptedException, IOException {
        System.exit(main(args, System.out, System.err));
    }

    static int main(String[] args, PrintStream out, PrintStream err) throws InterruptedException, IOException {
        Options options;
        try {
            options = Options.parse(args);
        } catch (IllegalArgumentException wrong) {
            err.println("sim: " + wrong.getMessage());
            err.println(Options.USAGE);
            return 2;
        }
        long start = System.nanoTime();
        List<SeedResult> results = new PlacementSimulation(options).run();
        double seconds = (System.nanoTime() - start) / 1e9;
        Summary summary = Summary.of(options, results, Geography.world(), seconds);
        if (options.html().isPresent()) {
            Path file = options.html().get();
            Files.writeString(file, HtmlReport.of(summary, results.getFirst(), Geography.world()));
            err.println("sim: report written to " + file.toAbsolutePath());
        }
        out.println(options.json() ? summary.json() : summary.text());
        return 0;
    }
}
