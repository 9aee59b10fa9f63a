package org.confocal.benchmarks;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.confocal.strategy.Booking;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.FleetConfig;
import org.confocal.strategy.FleetSnapshot;
import org.confocal.strategy.Selection;
import org.confocal.strategy.SelectionConfig;
import org.confocal.strategy.SelectionPipeline;
import org.confocal.strategy.SelectionRequest;
import org.confocal.strategy.choice.BridgeStrategies;
import org.confocal.strategy.choice.StrategyConfig;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;

/**
 * One selection with its reservation, in the time that the requests of a {@link Site} tell. After
 * {@value Site#REQUESTS} of them the fleet is again what it was, so no run is longer than another in that respect.
 */
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SelectionBenchmark {

    /** Confocal's way: the selection of {@code BridgeFleet} in small. */
    @State(Scope.Benchmark)
    public static class Confocal {
        @Param({"10", "100", "1000", "10000"})
        public int bridges;

        /** How many bridges the conference is on already. */
        @Param({"1", "5", "20"})
        public int conference;

        @Param("RegionBased")
        public String strategy = "";

        private List<SelectionRequest> requests = List.of();
        private FleetSnapshot base = FleetSnapshot.empty(FleetConfig.DEFAULTS);
        private final AtomicReference<FleetSnapshot> fleet = new AtomicReference<>(base);
        private Optional<Booking> booking = Optional.empty();

        @Setup
        public void prepare() {
            Site site = new Site(bridges, conference);
            requests = site.requests();
            base = site.fleet();
            reset();
            SelectionPipeline pipeline = new SelectionPipeline(
                    new SelectionConfig(true, false), BridgeStrategies.named(strategy, StrategyConfig.DEFAULTS));
            booking = Optional.of(
                    new Booking(pipeline::select, () -> Objects.requireNonNull(fleet.get()), fleet::compareAndSet));
        }

        void reset() {
            fleet.set(base);
        }

        Selection select(int turn) {
            return booking.orElseThrow().select(requests.get(turn), (bridge, before, after) -> {});
        }
    }

    /** The way that it is measured against. */
    @State(Scope.Benchmark)
    public static class ByTheBook {
        @Param({"10", "100", "1000", "10000"})
        public int bridges;

        @Param({"1", "5", "20"})
        public int conference;

        private List<SelectionRequest> requests = List.of();
        private Optional<Textbook> textbook = Optional.empty();

        @Setup
        public void prepare() {
            Site site = new Site(bridges, conference);
            requests = site.requests();
            textbook = Optional.of(new Textbook(site));
        }

        void reset() {
            textbook.orElseThrow().reset();
        }

        Optional<BridgeId> select(int turn) {
            return textbook.orElseThrow().select(requests.get(turn));
        }
    }

    /** Which request is next; each thread has its own. */
    @State(Scope.Thread)
    public static class Turn {
        private int next = Site.REQUESTS - 1;

        /** From 0 on. */
        int next() {
            next = (next + 1) % Site.REQUESTS;
            return next;
        }
    }

    @Benchmark
    @BenchmarkMode(Mode.SampleTime)
    public Selection confocal(Confocal confocal, Turn turn) {
        return confocalInTurn(confocal, turn);
    }

    @Benchmark
    @BenchmarkMode(Mode.Throughput)
    @OutputTimeUnit(TimeUnit.SECONDS)
    @Threads(2)
    public Selection confocalFromTwoThreads(Confocal confocal, Turn turn) {
        return confocalInTurn(confocal, turn);
    }

    @Benchmark
    @BenchmarkMode(Mode.SampleTime)
    public Optional<BridgeId> textbook(ByTheBook textbook, Turn turn) {
        return textbookInTurn(textbook, turn);
    }

    @Benchmark
    @BenchmarkMode(Mode.Throughput)
    @OutputTimeUnit(TimeUnit.SECONDS)
    @Threads(2)
    public Optional<BridgeId> textbookFromTwoThreads(ByTheBook textbook, Turn turn) {
        return textbookInTurn(textbook, turn);
    }

    private static Selection confocalInTurn(Confocal confocal, Turn turn) {
        int next = turn.next();
        if (next == 0) {
            confocal.reset();
        }
        return confocal.select(next);
    }

    private static Optional<BridgeId> textbookInTurn(ByTheBook textbook, Turn turn) {
        int next = turn.next();
        if (next == 0) {
            textbook.reset();
        }
        return textbook.select(next);
    }
}
