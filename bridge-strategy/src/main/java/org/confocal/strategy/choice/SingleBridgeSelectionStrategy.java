package org.confocal.strategy.choice;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.confocal.strategy.BridgeSelectionStrategy;
import org.confocal.strategy.BridgeSnapshot;
import org.confocal.strategy.FleetView;
import org.confocal.strategy.Region;
import org.confocal.strategy.Selection;
import org.confocal.strategy.Selection.Candidate;
import org.confocal.strategy.Selection.Explanation;
import org.confocal.strategy.Selection.Refusal;
import org.confocal.strategy.Selection.Rejected;
import org.confocal.strategy.Selection.Rejection;
import org.confocal.strategy.SelectionRequest;

/**
 * One bridge for the whole conference (spec/05, section 9): the least stressed one in the region of whoever comes first,
 * else the least stressed of all, overloaded or not. Everybody after that goes where the first one is.
 */
public final class SingleBridgeSelectionStrategy implements BridgeSelectionStrategy {
    @Override
    public String name() {
        return "SingleBridgeSelectionStrategy";
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
        Instant at = request.at();
        Optional<Region> region = request.region();
        if (region.isPresent()) {
            List<BridgeSnapshot> near =
                    some(Weighing.byStress(fleet, kind -> kind.region().equals(region), at));
            if (!near.isEmpty()) {
                return chosen(
                        near, "least stressed in region " + region.get(), elsewhere(fleet, region, at), at, fleet);
            }
        }
        List<BridgeSnapshot> all = some(fleet.byStress(at));
        String rule = "least stressed; "
                + region.map(name -> "no bridge in region " + name).orElse("the participant's region is not known");
        return all.isEmpty()
                ? new Selection.None(
                        Refusal.STRATEGY_REFUSED,
                        new Explanation(name(), "no bridge to choose from", List.of(), List.of()))
                : chosen(all, rule, List.of(), at, fleet);
    }

    /** As many as an explanation lists. */
    private static List<BridgeSnapshot> some(Iterator<BridgeSnapshot> bridges) {
        List<BridgeSnapshot> some = new ArrayList<>();
        while (bridges.hasNext() && some.size() < Explanation.MAX_LISTED) {
            some.add(bridges.next());
        }
        return some;
    }

    private static List<Rejected> elsewhere(FleetView fleet, Optional<Region> region, Instant at) {
        return some(Weighing.byStress(fleet, kind -> !kind.region().equals(region), at)).stream()
                .map(bridge -> new Rejected(bridge.id(), Rejection.OTHER_REGION))
                .toList();
    }

    private Selection chosen(
            List<BridgeSnapshot> best, String rule, List<Rejected> rejected, Instant at, FleetView fleet) {
        BridgeSnapshot bridge = best.getFirst();
        List<Candidate> candidates = best.stream()
                .map(each -> new Candidate(each.id(), fleet.stress(each, at)))
                .toList();
        return new Selection.Chosen(
                bridge.id(), bridge.region(), bridge.relayId(), new Explanation(name(), rule, candidates, rejected));
    }
}
