package org.confocal.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.strategy.StrategyFixture.NOW;
import static org.confocal.strategy.StrategyFixture.id;
import static org.confocal.strategy.StrategyFixture.later;
import static org.confocal.strategy.StrategyFixture.pinned;
import static org.confocal.strategy.StrategyFixture.report;
import static org.confocal.strategy.StrategyFixture.request;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.confocal.strategy.Selection.Chosen;
import org.confocal.strategy.Selection.None;
import org.confocal.strategy.Selection.Refusal;
import org.confocal.strategy.choice.SingleBridgeSelectionStrategy;

/** The first selection of a conference against the steps of spec/05, section 8, taken literally with lists and sorting. */
class SelectionPropertyTest {
    /** One bridge: failed so many times a second ago. */
    record Bridge(
            int failures,
            boolean healthy,
            boolean shuttingDown,
            boolean draining,
            boolean graceful,
            String version,
            String region,
            int tenths) {
        BridgeReport asReport() {
            return report(
                    "healthy", "" + healthy,
                    "shutting_down", "" + shuttingDown,
                    "drain", "" + draining,
                    "graceful_shutdown", "" + graceful,
                    "version", version,
                    "region", region,
                    "stress_level", "0." + tenths);
        }
    }

    @Property(tries = 3000)
    void theFirstSelectionIsThatOfTheSpecification(
            @ForAll("bridges") List<Bridge> bridges, @ForAll("pins") Optional<String> pin) {
        FleetSnapshot fleet = FleetSnapshot.empty(FleetConfig.DEFAULTS);
        for (int i = 0; i < bridges.size(); i++) {
            fleet = fleet.reported(id("jvb" + i), bridges.get(i).asReport(), NOW);
            for (int failure = 0; failure < bridges.get(i).failures; failure++) {
                fleet = fleet.failed(id("jvb" + i), NOW);
            }
        }
        SelectionPipeline pipeline =
                new SelectionPipeline(SelectionConfig.DEFAULTS, new SingleBridgeSelectionStrategy());

        Selection selection = pipeline.select(request(pinned(pin), later(1), "eu"), fleet);

        switch (selection) {
            case Chosen chosen -> assertThat(chosen.bridge()).isEqualTo(expected(bridges, pin, 0));
            case None none -> assertThat(none.reason()).isEqualTo(expected(bridges, pin, 0));
        }
    }

    /** A bridge id or a refusal. */
    private static Object expected(List<Bridge> bridges, Optional<String> pin, int toleratedFailures) {
        Object result = byTheBook(bridges, pin, toleratedFailures);
        if (result instanceof Refusal && toleratedFailures == 0) {
            // The last resort; all failures are of the same moment, so it does not rotate.
            Object lastResort = byTheBook(bridges, pin, Integer.MAX_VALUE);
            return lastResort instanceof BridgeId ? lastResort : result;
        }
        return result;
    }

    private static Object byTheBook(List<Bridge> bridges, Optional<String> pin, int toleratedFailures) {
        if (bridges.isEmpty()) {
            return Refusal.NO_BRIDGES;
        }
        List<Bridge> left = keep(bridges, bridge -> bridge.healthy && bridge.failures <= toleratedFailures);
        if (left.isEmpty()) {
            return Refusal.NONE_OPERATIONAL;
        }
        left = keep(left, bridge -> !bridge.shuttingDown);
        if (left.isEmpty()) {
            return Refusal.ALL_SHUTTING_DOWN;
        }
        left = keep(left, bridge -> pin.isEmpty() || bridge.version.equals(pin.get()));
        if (left.isEmpty()) {
            return Refusal.NO_MATCHING_VERSION;
        }
        left = keepIfAny(left, bridge -> !bridge.draining);
        left = keepIfAny(left, bridge -> !bridge.graceful);
        left = keepIfAny(left, bridge -> bridge.region.equals("eu"));
        Bridge best = left.stream().min(Comparator.comparingInt(Bridge::tenths)).orElseThrow();
        // Of equal ones the first, as everywhere.
        return id("jvb" + bridges.indexOf(best));
    }

    private static List<Bridge> keep(List<Bridge> bridges, Predicate<Bridge> wanted) {
        return new ArrayList<>(bridges.stream().filter(wanted).toList());
    }

    private static List<Bridge> keepIfAny(List<Bridge> bridges, Predicate<Bridge> wanted) {
        List<Bridge> kept = keep(bridges, wanted);
        return kept.isEmpty() ? bridges : kept;
    }

    @Provide
    Arbitrary<List<Bridge>> bridges() {
        Arbitrary<Boolean> mostly = Arbitraries.of(true, true, true, false);
        return Combinators.combine(
                        Arbitraries.of(0, 0, 0, 1, 2, 3),
                        mostly,
                        mostly.map(value -> !value),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        Arbitraries.of("2.3", "2.4"),
                        Arbitraries.of("eu", "us"),
                        Arbitraries.integers().between(0, 9))
                .as(Bridge::new)
                .list()
                .ofMaxSize(7);
    }

    @Provide
    Arbitrary<Optional<String>> pins() {
        return Arbitraries.of(Optional.empty(), Optional.of("2.3"), Optional.of("2.5"));
    }
}
