package org.confocal.strategy.choice;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.confocal.strategy.BridgeSelectionStrategy;
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
        List<BridgeUse> used = request.conference().bridges();
        return used.isEmpty() ? first(request, fleet) : stay(used, request.at(), fleet);
    }

    private Selection stay(List<BridgeUse> used, Instant at, FleetView fleet) {
        Optional<BridgeSnapshot> only =
                used.size() == 1 ? fleet.bridge(used.getFirst().bridge()) : Optional.empty();
        return only.<Selection>map(bridge -> chosen(
                        bridge,
                        "the conference's bridge",
                        List.of(new Candidate(bridge.id(), fleet.stress(bridge, at))),
                        List.of()))
                .orElseGet(() -> new Selection.None(
                        Refusal.SECOND_BRIDGE_NOT_ALLOWED,
                        new Explanation(
                                name(),
                                used.size() == 1
                                        ? "the conference's bridge "
                                                + used.getFirst().bridge()
                                                + " may not be taken, and there must be no second one"
                                        : "the conference is on " + used.size() + " bridges already",
                                List.of(),
                                List.of())));
    }

    private Selection first(SelectionRequest request, FleetView fleet) {
        Instant at = request.at();
        Optional<Region> region = request.region();
        if (region.isPresent()) {
            Ranking near = ranking(fleet, at, bridge -> bridge.region().equals(region));
            if (near.first().isPresent()) {
                return chosen(
                        near.first().get(),
                        "least stressed in region " + region.get(),
                        near.candidates(),
                        elsewhere(fleet, region));
            }
        }
        Ranking all = ranking(fleet, at, bridge -> true);
        String rule = "least stressed; "
                + region.map(name -> "no bridge in region " + name).orElse("the participant's region is not known");
        return all.first()
                .map(bridge -> chosen(bridge, rule, all.candidates(), List.of()))
                .orElseGet(() -> new Selection.None(
                        Refusal.STRATEGY_REFUSED,
                        new Explanation(name(), "no bridge to choose from", List.of(), List.of())));
    }

    private static Ranking ranking(FleetView fleet, Instant at, Predicate<BridgeSnapshot> wanted) {
        Ranking ranking = new Ranking();
        for (BridgeSnapshot bridge : fleet.bridges()) {
            if (wanted.test(bridge)) {
                ranking.weigh(bridge, fleet.stress(bridge, at), fleet.endpoints(bridge.id()));
            }
        }
        return ranking;
    }

    private static List<Rejected> elsewhere(FleetView fleet, Optional<Region> region) {
        List<Rejected> rejected = new ArrayList<>();
        for (BridgeSnapshot bridge : fleet.bridges()) {
            if (rejected.size() == Explanation.MAX_LISTED) {
                break;
            }
            if (!bridge.region().equals(region)) {
                rejected.add(new Rejected(bridge.id(), Rejection.OTHER_REGION));
            }
        }
        return rejected;
    }

    private Selection chosen(BridgeSnapshot bridge, String rule, List<Candidate> candidates, List<Rejected> rejected) {
        return new Selection.Chosen(
                bridge.id(), bridge.region(), bridge.relayId(), new Explanation(name(), rule, candidates, rejected));
    }
}
