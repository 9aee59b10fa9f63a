package org.confocal.strategy.choice;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.confocal.strategy.BridgeSelectionStrategy;
import org.confocal.strategy.BridgeSnapshot;
import org.confocal.strategy.FleetView;
import org.confocal.strategy.Selection;
import org.confocal.strategy.Selection.Candidate;
import org.confocal.strategy.Selection.Explanation;
import org.confocal.strategy.Selection.Refusal;
import org.confocal.strategy.SelectionRequest;
import org.confocal.strategy.choice.CostComparison.Priced;
import org.confocal.strategy.network.Distances;

/**
 * The bridge that costs least: egress to the participant and between bridges, round trips, and stress (docs/placement.md).
 *
 * <p>Weighed are the conference's own bridges that take more of it, and, of every kind of bridge, the least stressed other
 * one (of two that are drawn, where bridges are shared). Those at the threshold are left out; where all are, they are weighed
 * nevertheless. What is slower than the {@linkplain EgressAwareConfig.LatencyRule latency rule} allows has its price, as has
 * stress; the cheapest is taken.
 */
public final class EgressAwareBridgeSelectionStrategy implements BridgeSelectionStrategy {
    private static final String RULE = "least egress, round trips and stress";

    private final EgressAwareConfig config;
    private final Distances distances;

    /** With the defaults: AWS prices, and a price for being slower than with Jitsi's region groups. */
    public EgressAwareBridgeSelectionStrategy() {
        this(EgressAwareConfig.defaults());
    }

    public EgressAwareBridgeSelectionStrategy(EgressAwareConfig config) {
        this.config = config;
        this.distances = new Distances(config.network().roundTrips(), config.accessStretch());
    }

    @Override
    public String name() {
        return "EgressAwareBridgeSelectionStrategy";
    }

    @Override
    public Selection select(SelectionRequest request, FleetView fleet) {
        CostComparison costs = new CostComparison(config, distances, request, fleet);
        Optional<Priced> cheapest = costs.cheapest(fleet.stressThreshold());
        if (cheapest.isPresent()) {
            return chosen(cheapest.get(), RULE, () -> costs.candidates(fleet.stressThreshold()));
        }
        return costs.cheapest(Double.POSITIVE_INFINITY)
                .map(priced -> chosen(
                        priced,
                        "every bridge is at the threshold: " + RULE,
                        () -> costs.candidates(Double.POSITIVE_INFINITY)))
                .orElseGet(() -> new Selection.None(
                        Refusal.STRATEGY_REFUSED,
                        new Explanation(name(), "no bridge to choose from", List.of(), List.of())));
    }

    private Selection chosen(Priced cheapest, String rule, Supplier<List<Candidate>> candidates) {
        BridgeSnapshot bridge = cheapest.bridge();
        return new Selection.Chosen(
                bridge.id(), bridge.region(), bridge.relayId(), new Explanation(name(), rule, candidates, List::of));
    }
}
