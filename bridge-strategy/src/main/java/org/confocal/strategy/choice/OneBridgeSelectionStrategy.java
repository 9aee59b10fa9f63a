package org.confocal.strategy.choice;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.confocal.strategy.BridgeSelectionStrategy;
import org.confocal.strategy.BridgeSnapshot;
import org.confocal.strategy.FleetView;
import org.confocal.strategy.Region;
import org.confocal.strategy.Selection;
import org.confocal.strategy.Selection.Candidate;
import org.confocal.strategy.Selection.Explanation;
import org.confocal.strategy.Selection.Refusal;
import org.confocal.strategy.SelectionRequest;

/**
 * One bridge for the whole conference, for sites whose bridges are not linked. For the first participant: bridges that are
 * not overloaded before those that are, of these the ones in the participant's region before others, of these by what the
 * strategy counts, then by stress. Everybody after that goes where the first one is.
 *
 * <p>The first participant of a conference costs a look at each bridge; all others cost nothing.
 */
public final class OneBridgeSelectionStrategy implements BridgeSelectionStrategy {
    private final Order order;

    /** What is counted; the least wins. All of it is of this focus alone: several focuses do not see each other. */
    public enum Order {
        /** Conferences on the bridge. */
        LEAST_CONFERENCES("LeastConferencesBridgeSelectionStrategy"),
        /** Endpoints on the bridge, of all conferences. */
        LEAST_PARTICIPANTS("LeastParticipantsBridgeSelectionStrategy"),
        /** How long it is since a conference came to the bridge: the longest first, those that never had one before all. */
        ROUND_ROBIN("RoundRobinBridgeSelectionStrategy");

        private final String strategy;

        Order(String strategy) {
            this.strategy = strategy;
        }

        long count(BridgeSnapshot bridge, FleetView fleet) {
            return switch (this) {
                case LEAST_CONFERENCES -> fleet.conferences(bridge.id());
                case LEAST_PARTICIPANTS -> fleet.endpoints(bridge.id());
                case ROUND_ROBIN -> fleet.turn(bridge.id());
            };
        }

        String rule(long count) {
            return switch (this) {
                case LEAST_CONFERENCES -> "fewest conferences: " + count;
                case LEAST_PARTICIPANTS -> "fewest participants: " + count;
                case ROUND_ROBIN -> count == 0 ? "its first turn" : "its last turn is the longest ago";
            };
        }
    }

    private record Weighed(BridgeSnapshot bridge, boolean overloaded, boolean elsewhere, long count, double stress) {
        /** False sorts before true. */
        static final Comparator<Weighed> BEST_FIRST = Comparator.comparing(Weighed::overloaded)
                .thenComparing(Weighed::elsewhere)
                .thenComparingLong(Weighed::count)
                .thenComparingDouble(Weighed::stress);
    }

    public OneBridgeSelectionStrategy(Order order) {
        this.order = order;
    }

    @Override
    public String name() {
        return order.strategy;
    }

    @Override
    public Reach reach() {
        return Reach.ONE_BRIDGE;
    }

    @Override
    public Selection select(SelectionRequest request, FleetView fleet) {
        return OnlyBridge.of(name(), request, fleet).orElseGet(() -> first(request, fleet));
    }

    private Selection first(SelectionRequest request, FleetView fleet) {
        List<Weighed> best = weighed(request.region(), request.at(), fleet)
                .sorted(Weighed.BEST_FIRST)
                .limit(Explanation.MAX_LISTED)
                .toList();
        if (best.isEmpty()) {
            return new Selection.None(
                    Refusal.STRATEGY_REFUSED,
                    new Explanation(name(), "no bridge to choose from", List.of(), List.of()));
        }
        Weighed first = best.getFirst();
        BridgeSnapshot bridge = first.bridge;
        return new Selection.Chosen(
                bridge.id(),
                bridge.region(),
                bridge.relayId(),
                new Explanation(name(), rule(first, request.region()), candidates(best), List.of()));
    }

    private Stream<Weighed> weighed(Optional<Region> region, Instant at, FleetView fleet) {
        return fleet.bridges().stream().map(bridge -> {
            double stress = fleet.stress(bridge, at);
            boolean elsewhere = region.isPresent() && !bridge.region().equals(region);
            return new Weighed(
                    bridge, stress >= fleet.stressThreshold(), elsewhere, order.count(bridge, fleet), stress);
        });
    }

    private String rule(Weighed first, Optional<Region> region) {
        String where = region.map(
                        name -> first.elsewhere ? "; none that is better in region " + name : "; in region " + name)
                .orElse("");
        return order.rule(first.count) + where + (first.overloaded ? "; all are overloaded" : "");
    }

    private static List<Candidate> candidates(List<Weighed> best) {
        return best.stream()
                .map(weighed -> new Candidate(weighed.bridge.id(), weighed.stress))
                .toList();
    }
}
