package org.confocal.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.strategy.StrategyFixture.NOW;
import static org.confocal.strategy.StrategyFixture.ROOM;
import static org.confocal.strategy.StrategyFixture.endpoint;
import static org.confocal.strategy.StrategyFixture.id;
import static org.confocal.strategy.StrategyFixture.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.confocal.strategy.BridgeCondition.Standing;
import org.confocal.strategy.FleetConfig.BridgeClass;
import org.confocal.strategy.Selection.Explanation;
import org.confocal.strategy.Selection.Refusal;
import org.confocal.strategy.Selection.Rejected;
import org.confocal.strategy.Selection.Rejection;

/** What a selection sees of a fleet, against a scan of all bridges and a sort. */
class FleetIndexPropertyTest {
    private static final int BRIDGES = 9;

    private static final FleetConfig CONFIG = new FleetConfig(
            FleetConfig.DEFAULTS.stressSource(),
            FleetConfig.DEFAULTS.maxPacketRate(),
            List.of(new BridgeClass(
                    "big", Optional.empty(), Optional.of(Pattern.compile(".*/jvb[0-2]")), OptionalDouble.of(1e5))),
            FleetConfig.DEFAULTS.averageParticipantStress(),
            FleetConfig.DEFAULTS.rampup(),
            FleetConfig.DEFAULTS.stressThreshold(),
            FleetConfig.DEFAULTS.failureReset());

    private static final PlacementRules RULES = new PlacementRules(List.of(
            new PlacementRules.Pools(PlacementRules.Verdict.DENY, Set.of("big"), "no big ones"),
            new PlacementRules.Regions(PlacementRules.Verdict.ALLOW_ONLY, Set.of(new Region("eu")), "in Europe")));

    enum Kind {
        REPORTED,
        LEFT,
        RESERVED,
        RELEASED,
        FAILED,
        UNHEALTHY,
        RECOVERED,
        MISSED,
        ALLOCATED,
        EMPTIED
    }

    /** Something happens {@code afterMillis} after the last, or before it: the clock was set back. */
    record Event(Kind kind, int bridge, int person, long afterMillis, BridgeReport report) {}

    @Property(tries = 1000)
    void whatASelectionSeesIsWhatAScanFinds(@ForAll("events") List<Event> events) {
        FleetSnapshot fleet = FleetSnapshot.empty(CONFIG);
        Instant now = NOW;
        for (Event event : events) {
            now = now.plusMillis(event.afterMillis);
            fleet = apply(fleet, event, now);
        }
        for (long ahead : new long[] {0, 1, 900, 4_000, 9_000, 59_999, 60_000, -1, -3_000, -61_000}) {
            Instant at = now.plusMillis(ahead);
            compareOrder(fleet, fleet, new ArrayList<>(fleet.bridges()), at);
            for (Optional<String> version : List.of(Optional.<String>empty(), Optional.of("2.3"), Optional.of("2.9"))) {
                compareSelection(fleet, at, version, PlacementRules.NONE, Set.of());
                compareSelection(fleet, at, version, PlacementRules.NONE, Set.of(id("jvb1"), id("jvb2")));
                compareSelection(fleet, at, version, RULES, Set.of());
            }
        }
    }

    private static void compareSelection(
            FleetSnapshot fleet, Instant at, Optional<String> version, PlacementRules rules, Set<BridgeId> avoided) {
        Eligible trusted = Eligible.of(fleet, at, version, rules);
        if (!avoided.isEmpty()) {
            Eligible elsewhere = trusted.avoiding(avoided);
            Scan others = new Scan(fleet, at, version, rules, Standing.TRUSTED, avoided);
            assertThat(elsewhere.isEmpty()).isEqualTo(others.eligible.isEmpty());
            if (!elsewhere.isEmpty()) {
                compare(fleet, elsewhere, others, at);
            }
            return;
        }
        Scan scan = new Scan(fleet, at, version, rules, Standing.TRUSTED, Set.of());
        compare(fleet, trusted, scan, at);
        if (!trusted.isEmpty()) {
            return;
        }
        assertThat(trusted.refusal()).isEqualTo(scan.refusal());
        Eligible suspected = trusted.lastResort();
        Scan wider = new Scan(fleet, at, version, rules, Standing.SUSPENDED, Set.of());
        assertThat(suspected.isEmpty()).isEqualTo(wider.eligible.isEmpty());
        if (!suspected.isEmpty()) {
            compare(fleet, suspected, wider, at);
        }
    }

    private static void compare(FleetSnapshot fleet, Eligible view, Scan scan, Instant at) {
        assertThat(view.isEmpty()).isEqualTo(scan.eligible.isEmpty());
        assertThat(view.bridges()).hasSize(scan.eligible.size()).containsExactlyElementsOf(scan.eligible);
        assertThat(view.rejected()).isEqualTo(scan.rejected());
        for (BridgeSnapshot bridge : fleet.bridges()) {
            assertThat(view.bridge(bridge.id()).isPresent()).isEqualTo(scan.eligible.contains(bridge));
        }
        compareOrder(fleet, view, scan.eligible, at);
    }

    private static void compareOrder(FleetSnapshot fleet, FleetView view, List<BridgeSnapshot> bridges, Instant at) {
        List<BridgeSnapshot> sorted = new ArrayList<>(bridges);
        sorted.sort(Comparator.<BridgeSnapshot>comparingDouble(bridge -> fleet.stress(bridge, at))
                .thenComparingInt(bridge -> fleet.endpoints(bridge.id())));
        assertThat(listed(view.byStress(at))).isEqualTo(sorted);
        Collection<BridgeKind> kinds = view.kinds();
        assertThat(kinds)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(
                        bridges.stream().map(fleet::kind).distinct().toList());
        for (BridgeKind kind : kinds) {
            assertThat(listed(view.byStress(kind, at)))
                    .isEqualTo(sorted.stream()
                            .filter(bridge -> fleet.kind(bridge).equals(kind))
                            .toList());
        }
        assertThat(view.byStress(new BridgeKind(Optional.of(new Region("moon")), Optional.empty()), at))
                .isExhausted();
    }

    private static List<BridgeSnapshot> listed(Iterator<BridgeSnapshot> bridges) {
        List<BridgeSnapshot> list = new ArrayList<>();
        bridges.forEachRemaining(list::add);
        return list;
    }

    private static FleetSnapshot apply(FleetSnapshot fleet, Event event, Instant now) {
        BridgeId bridge = id("jvb" + event.bridge);
        EndpointId endpoint = endpoint("p" + event.person);
        return switch (event.kind) {
            case REPORTED -> fleet.reported(bridge, event.report, now);
            case LEFT -> fleet.left(bridge);
            case RESERVED -> fleet.reserved(bridge, ROOM, endpoint, now);
            case RELEASED -> fleet.released(bridge, ROOM, endpoint, now);
            case FAILED -> fleet.failed(bridge, new RoomId("r" + event.person % 4 + "@x"), now);
            case MISSED -> fleet.failed(bridge, now);
            case ALLOCATED -> fleet.allocated(bridge);
            case UNHEALTHY -> fleet.unhealthy(bridge, now);
            case RECOVERED -> fleet.recovered(bridge);
            case EMPTIED -> fleet.gracefulShutdown(bridge);
        };
    }

    /** The steps of spec/05, section 8, one after the other, with every bridge. */
    private static final class Scan {
        final FleetSnapshot fleet;
        final Instant at;
        final Optional<String> version;
        final PlacementRules rules;
        final Standing leastTrust;
        final Set<BridgeId> avoided;
        final List<BridgeSnapshot> eligible;

        Scan(
                FleetSnapshot fleet,
                Instant at,
                Optional<String> version,
                PlacementRules rules,
                Standing leastTrust,
                Set<BridgeId> avoided) {
            this.avoided = avoided;
            this.fleet = fleet;
            this.at = at;
            this.version = version;
            this.rules = rules;
            this.leastTrust = leastTrust;
            List<BridgeSnapshot> left = fleet.bridges().stream()
                    .filter(bridge -> failedStep(bridge).isEmpty())
                    .toList();
            left = keepIfAny(left, bridge -> !bridge.draining());
            left = keepIfAny(left, bridge -> !bridge.inGracefulShutdown());
            if (leastTrust == Standing.SUSPENDED) {
                Optional<Instant> longestAgo = left.stream().map(Scan::failedAt).min(Comparator.naturalOrder());
                left = left.stream()
                        .filter(bridge -> longestAgo.equals(Optional.of(failedAt(bridge))))
                        .toList();
            }
            eligible = left;
        }

        private Optional<Rejection> failedStep(BridgeSnapshot bridge) {
            Standing standing = bridge.condition().standing(at, CONFIG.failureReset());
            if (!bridge.healthy()) {
                return Optional.of(Rejection.UNHEALTHY);
            } else if (standing.compareTo(leastTrust) > 0) {
                return Optional.of(
                        switch (standing) {
                            case BROKEN -> Rejection.UNHEALTHY;
                            case SUSPENDED -> Rejection.SUSPENDED;
                            case SUSPECTED, TRUSTED -> Rejection.NOT_OPERATIONAL;
                        });
            } else if (bridge.shuttingDown()) {
                return Optional.of(Rejection.SHUTTING_DOWN);
            }
            if (version.isPresent() && !bridge.fullVersion().equals(version)) {
                return Optional.of(Rejection.OTHER_VERSION);
            }
            if (rules.against(fleet.kind(bridge)).isPresent()) {
                return Optional.of(Rejection.DENIED_BY_POLICY);
            }
            return avoided.contains(bridge.id()) ? Optional.of(Rejection.AVOIDED) : Optional.empty();
        }

        Refusal refusal() {
            List<Rejection> steps = fleet.bridges().stream()
                    .flatMap(bridge -> failedStep(bridge).stream())
                    .toList();
            if (steps.contains(Rejection.DENIED_BY_POLICY)) {
                return Refusal.DENIED_BY_POLICY;
            } else if (steps.contains(Rejection.OTHER_VERSION)) {
                return Refusal.NO_MATCHING_VERSION;
            } else if (steps.contains(Rejection.SHUTTING_DOWN)) {
                return Refusal.ALL_SHUTTING_DOWN;
            }
            return steps.isEmpty() ? Refusal.NO_BRIDGES : Refusal.NONE_OPERATIONAL;
        }

        List<Rejected> rejected() {
            return fleet.bridges().stream()
                    .filter(bridge -> !eligible.contains(bridge))
                    .map(bridge -> new Rejected(bridge.id(), failedStep(bridge).orElseGet(() -> outranked(bridge))))
                    .limit(Explanation.MAX_LISTED)
                    .toList();
        }

        private Rejection outranked(BridgeSnapshot bridge) {
            BridgeSnapshot chosen = eligible.getFirst();
            if (bridge.draining() && !chosen.draining()) {
                return Rejection.DRAINING;
            }
            return bridge.inGracefulShutdown() && !chosen.inGracefulShutdown()
                    ? Rejection.IN_GRACEFUL_SHUTDOWN
                    : Rejection.NOT_OPERATIONAL;
        }

        private static Instant failedAt(BridgeSnapshot bridge) {
            return bridge.condition().failedAt().orElse(Instant.MIN);
        }

        private static List<BridgeSnapshot> keepIfAny(List<BridgeSnapshot> bridges, Predicate<BridgeSnapshot> wanted) {
            List<BridgeSnapshot> kept = bridges.stream().filter(wanted).toList();
            return kept.isEmpty() ? bridges : kept;
        }
    }

    @Provide
    Arbitrary<List<Event>> events() {
        Arbitrary<Kind> kinds = Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.just(Kind.REPORTED)),
                Tuple.of(8, Arbitraries.just(Kind.RESERVED)),
                Tuple.of(3, Arbitraries.just(Kind.RELEASED)),
                Tuple.of(4, Arbitraries.just(Kind.FAILED)),
                Tuple.of(2, Arbitraries.of(Kind.MISSED, Kind.ALLOCATED)),
                Tuple.of(1, Arbitraries.of(Kind.LEFT, Kind.UNHEALTHY, Kind.RECOVERED, Kind.EMPTIED)));
        Arbitrary<Long> pauses = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just(0L)),
                Tuple.of(10, Arbitraries.longs().between(1, 4_000)),
                Tuple.of(1, Arbitraries.of(10_000L, 59_000L, 60_000L, 61_000L)),
                Tuple.of(1, Arbitraries.of(-5L, -2_000L, -70_000L)));
        return Combinators.combine(
                        kinds,
                        Arbitraries.integers().between(0, BRIDGES - 1),
                        Arbitraries.integers().between(0, 12),
                        pauses,
                        reports())
                .as(Event::new)
                .list()
                .ofMaxSize(60);
    }

    private static Arbitrary<BridgeReport> reports() {
        Arbitrary<String> rarely = Arbitraries.of("false", "false", "false", "false", "false", "true");
        return Combinators.combine(
                        Arbitraries.of("0", "0", "0.1", "0.11", "0.2", "0.9"),
                        Arbitraries.of("eu", "us"),
                        Arbitraries.of("2.3", "2.4"),
                        rarely,
                        rarely,
                        rarely,
                        rarely)
                .as((stress, region, version, drain, graceful, shuttingDown, unhealthy) -> report(
                        "stress_level", stress,
                        "region", region,
                        "version", version,
                        "drain", drain,
                        "graceful_shutdown", graceful,
                        "shutting_down", shuttingDown,
                        "healthy", unhealthy.equals("true") ? "false" : "true"));
    }
}
