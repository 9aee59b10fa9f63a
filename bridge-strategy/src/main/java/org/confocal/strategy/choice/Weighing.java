package org.confocal.strategy.choice;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.BridgeKind;
import org.confocal.strategy.BridgeSnapshot;
import org.confocal.strategy.ConferenceShape.BridgeUse;
import org.confocal.strategy.FleetView;
import org.confocal.strategy.Region;
import org.confocal.strategy.Selection;
import org.confocal.strategy.Selection.Candidate;
import org.confocal.strategy.Selection.Explanation;
import org.confocal.strategy.Selection.Refusal;
import org.confocal.strategy.Selection.Rejected;
import org.confocal.strategy.Selection.Rejection;
import org.confocal.strategy.SelectionRequest;
import org.confocal.strategy.choice.StrategyConfig.ParticipantLimits;

/**
 * The questions that Jicofo's strategies ask about bridges (spec/05, section 9), for one selection. Each looks at the
 * conference's bridges and at the head of the order of stress, not at the whole fleet.
 *
 * <p>A bridge is <i>loaded</i> for a conference when its stress has reached the threshold, or it has as many people of the
 * conference as it may have, or too many came to it lately (spec/05, section 8).
 */
final class Weighing {
    private final String strategy;
    private final SelectionRequest request;
    private final FleetView fleet;
    private final ParticipantLimits limits;
    /** The conference's bridges that may be taken, in the order of stress. */
    private final List<Used> used;

    Weighing(String strategy, SelectionRequest request, FleetView fleet, ParticipantLimits limits) {
        this.strategy = strategy;
        this.request = request;
        this.fleet = fleet;
        this.limits = limits;
        List<BridgeUse> uses = request.conference().bridges();
        used = new ArrayList<>(uses.size());
        for (BridgeUse use : uses) {
            Optional<BridgeSnapshot> found = fleet.bridge(use.bridge());
            if (found.isPresent()) {
                BridgeSnapshot bridge = found.get();
                double stress = fleet.stress(bridge, request.at());
                used.add(new Used(bridge, fleet.kind(bridge), stress, fleet.endpoints(bridge.id())));
            }
        }
        used.sort(Used.LEAST_STRESSED);
    }

    /** A bridge of the conference with what is asked of it, which costs more to find out than to compare. */
    private record Used(BridgeSnapshot bridge, BridgeKind kind, double stress, int endpoints) {
        static final Comparator<Used> LEAST_STRESSED = (one, other) -> {
            int byStress = Double.compare(one.stress, other.stress);
            return byStress == 0 ? Integer.compare(one.endpoints, other.endpoints) : byStress;
        };
    }

    private static Comparator<BridgeSnapshot> leastStressed(FleetView fleet, Instant at) {
        return Comparator.<BridgeSnapshot>comparingDouble(bridge -> fleet.stress(bridge, at))
                .thenComparingInt(bridge -> fleet.endpoints(bridge.id()));
    }

    /**
     * Bridges of some kinds in the order of {@link FleetView#byStress(Instant)}; of equal ones of different kinds the one
     * that joined the brewery first.
     */
    static Iterator<BridgeSnapshot> byStress(FleetView fleet, Predicate<BridgeKind> wanted, Instant at) {
        List<Iterator<BridgeSnapshot>> kinds = new ArrayList<>();
        for (BridgeKind kind : fleet.kinds()) {
            if (wanted.test(kind)) {
                kinds.add(fleet.byStress(kind, at));
            }
        }
        return kinds.size() == 1
                ? kinds.getFirst()
                : new Merged(kinds, leastStressed(fleet, at).thenComparing(BridgeSnapshot::joinedAt));
    }

    /** Of the conference's bridges the least stressed one that is not loaded. */
    Optional<BridgeSnapshot> usedNotLoaded(Predicate<BridgeKind> wanted) {
        for (Used one : used) {
            if (wanted.test(one.kind) && load(one.bridge, one.stress).isEmpty()) {
                return Optional.of(one.bridge);
            }
        }
        return Optional.empty();
    }

    /** Of all bridges the least stressed one that is not loaded. */
    Optional<BridgeSnapshot> notLoaded(Predicate<BridgeKind> wanted) {
        Iterator<BridgeSnapshot> bridges = byStress(fleet, wanted, request.at());
        while (bridges.hasNext()) {
            BridgeSnapshot bridge = bridges.next();
            Optional<Rejection> load = load(bridge, fleet.stress(bridge, request.at()));
            if (load.isEmpty()) {
                return Optional.of(bridge);
            }
            if (load.get() == Rejection.OVERLOADED) {
                // Those that follow are no less stressed.
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** The least stressed of all bridges, if it is not overloaded; how many of the conference it has does not matter. */
    Optional<BridgeSnapshot> notOverloaded() {
        return leastStressed().filter(bridge -> !overloaded(fleet.stress(bridge, request.at())));
    }

    /** Of the conference's bridges the least stressed one, overloaded or not, that has room for one of it. */
    Optional<BridgeSnapshot> usedNotFull() {
        return used.stream().map(Used::bridge).filter(bridge -> !full(bridge)).findFirst();
    }

    /** Of the conference's bridges the least stressed one, loaded or not. */
    Optional<BridgeSnapshot> used(Predicate<BridgeKind> wanted) {
        return used.stream()
                .filter(one -> wanted.test(one.kind))
                .map(Used::bridge)
                .findFirst();
    }

    /** The least stressed of all bridges, loaded or not. */
    Optional<BridgeSnapshot> leastStressed() {
        Iterator<BridgeSnapshot> bridges = fleet.byStress(request.at());
        return bridges.hasNext() ? Optional.of(bridges.next()) : Optional.empty();
    }

    /** Of all bridges the one with the fewest of the conference, of these the least stressed. */
    Optional<BridgeSnapshot> fewestOfConference() {
        Iterator<BridgeSnapshot> bridges = fleet.byStress(request.at());
        Optional<BridgeSnapshot> fewest = Optional.empty();
        while (bridges.hasNext()) {
            BridgeSnapshot bridge = bridges.next();
            if (peopleOn(bridge) == 0) {
                return Optional.of(bridge);
            }
            if (fewest.isEmpty() || peopleOn(bridge) < peopleOn(fewest.get())) {
                fewest = Optional.of(bridge);
            }
        }
        return fewest;
    }

    /** How many of the conference are on a bridge. */
    int peopleOn(BridgeSnapshot bridge) {
        int people = 0;
        for (BridgeUse use : request.conference().bridges()) {
            people += use.bridge().equals(bridge.id()) ? use.size() : 0;
        }
        return people;
    }

    static String named(Optional<Region> region) {
        return region.map(known -> "region " + known).orElse("the unknown region");
    }

    private Optional<Rejection> load(BridgeSnapshot bridge, double stress) {
        if (overloaded(stress)) {
            return Optional.of(Rejection.OVERLOADED);
        }
        if (full(bridge)) {
            return Optional.of(Rejection.CONFERENCE_FULL);
        }
        boolean limited = limits.newcomers().isPresent()
                && fleet.recentlyAdded(bridge.id(), request.room(), limits.interval(), request.at())
                        >= limits.newcomers().getAsInt();
        return limited ? Optional.of(Rejection.RATE_LIMITED) : Optional.empty();
    }

    private boolean overloaded(double stress) {
        return stress >= fleet.stressThreshold();
    }

    private boolean full(BridgeSnapshot bridge) {
        return limits.people().isPresent()
                && peopleOn(bridge) >= limits.people().getAsInt();
    }

    /** The answer; its explanation has those of the conference's bridges that are loaded. */
    Selection chosen(BridgeSnapshot bridge, String rule) {
        Candidate candidate = new Candidate(bridge.id(), fleet.stress(bridge, request.at()));
        Explanation why = new Explanation(strategy, rule, List.of(candidate), () -> loaded(Optional.of(bridge.id())));
        return new Selection.Chosen(bridge.id(), bridge.region(), bridge.relayId(), why);
    }

    Selection none(String rule) {
        return new Selection.None(
                Refusal.STRATEGY_REFUSED, new Explanation(strategy, rule, List.of(), () -> loaded(Optional.empty())));
    }

    private List<Rejected> loaded(Optional<BridgeId> chosen) {
        List<Rejected> loaded = new ArrayList<>();
        for (Used one : used) {
            if (!chosen.equals(Optional.of(one.bridge.id()))) {
                load(one.bridge, one.stress).ifPresent(reason -> loaded.add(new Rejected(one.bridge.id(), reason)));
            }
        }
        return loaded;
    }
}
