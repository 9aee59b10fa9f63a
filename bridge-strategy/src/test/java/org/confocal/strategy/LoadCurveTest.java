package org.confocal.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.confocal.strategy.StrategyFixture.NOW;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class LoadCurveTest {
    private static final Duration RAMPUP = Duration.ofSeconds(20);

    /** Load that came so long before or after {@link StrategyFixture#NOW}, or went where it is negative. */
    record Entry(int millis, double load) {}

    record Bridge(double reported, List<Entry> entries) {
        Ledger ledger() {
            Ledger ledger = Ledger.EMPTY;
            List<Entry> sorted = new ArrayList<>(entries);
            sorted.sort((one, other) -> Integer.compare(one.millis, other.millis));
            for (Entry entry : sorted) {
                ledger = ledger.reserved(entry.load, NOW.plusMillis(entry.millis), RAMPUP);
            }
            return ledger;
        }

        double stress(Instant at, Duration rampup) {
            return Math.max(0, reported + ledger().pending(at, rampup));
        }

        LoadCurve curve(Duration rampup) {
            return LoadCurve.of(reported, ledger(), rampup);
        }
    }

    @Property(tries = 2000)
    void theBoundOfSeveralBridgesIsNeverAboveAnyOfThem(@ForAll("several") List<Bridge> bridges) {
        LoadCurve bound = bridges.stream()
                .map(bridge -> bridge.curve(RAMPUP))
                .reduce(LoadCurve::lower)
                .orElseThrow();
        for (int millis = -30_000; millis <= 45_000; millis += 487) {
            Instant at = NOW.plusMillis(millis);
            for (Bridge bridge : bridges) {
                assertThat(bound.at(LoadCurve.Moment.of(at, RAMPUP)))
                        .isNotNegative()
                        .isLessThanOrEqualTo(bridge.stress(at, RAMPUP));
            }
        }
    }

    @Property(tries = 1000)
    void theBoundHoldsForAnyRampUp(
            @ForAll("bridges") Bridge bridge, @ForAll("rampups") Duration rampup, @ForAll("offsets") int millis) {
        Instant at = NOW.plusMillis(millis);

        assertThat(bridge.curve(rampup).at(LoadCurve.Moment.of(at, rampup)))
                .isLessThanOrEqualTo(bridge.stress(at, rampup));
    }

    /** A bend costs a sixth of what it bends for a piece or two; after all entries nothing is lost. */
    @Property(tries = 1000)
    void theBoundOfOneBridgeIsNear(@ForAll("bridges") Bridge bridge) {
        double amounts = bridge.entries.stream()
                .mapToDouble(entry -> Math.abs(entry.load))
                .sum();
        int newest = bridge.entries.stream().mapToInt(Entry::millis).max().orElse(0);
        for (int millis = newest; millis < newest + 45_000; millis += 487) {
            Instant at = NOW.plusMillis(millis);
            double bound = bridge.curve(RAMPUP).at(LoadCurve.Moment.of(at, RAMPUP));
            assertThat(bound).isCloseTo(bridge.stress(at, RAMPUP), within(amounts / 6 + 1e-9));
        }
        Instant end = NOW.plusMillis(newest).plus(RAMPUP).plusMillis(5_000);
        assertThat(bridge.curve(RAMPUP).at(LoadCurve.Moment.of(end, RAMPUP))).isEqualTo(bridge.reported);
    }

    @Test
    void whereNothingAgesTheBoundIsTheStressToTheLastBit() {
        Bridge bridge = new Bridge(0.1, List.of(new Entry(0, 0.1), new Entry(700, 0.2), new Entry(900, -0.05)));

        for (int millis = 900; millis < 2_000; millis += 100) {
            Instant at = NOW.plusMillis(millis);
            assertThat(bridge.curve(RAMPUP).at(LoadCurve.Moment.of(at, RAMPUP))).isEqualTo(bridge.stress(at, RAMPUP));
        }
    }

    @Provide
    Arbitrary<List<Bridge>> several() {
        return bridges().list().ofMinSize(1).ofMaxSize(5);
    }

    @Provide
    Arbitrary<Bridge> bridges() {
        Arbitrary<Entry> entries = Combinators.combine(
                        Arbitraries.integers().between(-19_000, 3_000),
                        Arbitraries.doubles().between(-0.5, 0.5).ofScale(3))
                .as(Entry::new);
        return Combinators.combine(
                        Arbitraries.doubles().between(0, 1.5).ofScale(3),
                        entries.list().ofMaxSize(8))
                .as(Bridge::new);
    }

    @Provide
    Arbitrary<Duration> rampups() {
        return Arbitraries.of(0, 1, 2, 3, 7, 8, 9, 20, 150, 4_999, 60_000).map(Duration::ofMillis);
    }

    @Provide
    Arbitrary<Integer> offsets() {
        return Arbitraries.integers().between(-70_000, 90_000);
    }
}
