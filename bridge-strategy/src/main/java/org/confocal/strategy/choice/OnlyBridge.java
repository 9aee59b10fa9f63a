package org.confocal.strategy.choice;

import java.util.List;
import java.util.Optional;
import org.confocal.strategy.BridgeSnapshot;
import org.confocal.strategy.ConferenceShape.BridgeUse;
import org.confocal.strategy.FleetView;
import org.confocal.strategy.Selection;
import org.confocal.strategy.Selection.Candidate;
import org.confocal.strategy.Selection.Explanation;
import org.confocal.strategy.Selection.Refusal;
import org.confocal.strategy.SelectionRequest;

/** What strategies for one bridge a conference have in common: whoever is not the first goes where the first one is. */
final class OnlyBridge {
    private OnlyBridge() {}

    /** The conference's bridge, or that it has none to go to any more; empty where the first one is still to be placed. */
    static Optional<Selection> of(String strategy, SelectionRequest request, FleetView fleet) {
        List<BridgeUse> used = request.conference().bridges();
        if (used.isEmpty()) {
            return Optional.empty();
        }
        Optional<BridgeSnapshot> only =
                used.size() == 1 ? fleet.bridge(used.getFirst().bridge()) : Optional.empty();
        return Optional.of(only.map(bridge -> stay(strategy, bridge, fleet.stress(bridge, request.at())))
                .orElseGet(() -> refused(strategy, used)));
    }

    private static Selection stay(String strategy, BridgeSnapshot bridge, double stress) {
        Explanation why = new Explanation(
                strategy, "the conference's bridge", List.of(new Candidate(bridge.id(), stress)), List.of());
        return new Selection.Chosen(bridge.id(), bridge.region(), bridge.relayId(), why);
    }

    private static Selection refused(String strategy, List<BridgeUse> used) {
        String rule = used.size() == 1
                ? "the conference's bridge " + used.getFirst().bridge()
                        + " may not be taken, and there must be no second one"
                : "the conference is on " + used.size() + " bridges already";
        return new Selection.None(
                Refusal.SECOND_BRIDGE_NOT_ALLOWED, new Explanation(strategy, rule, List.of(), List.of()));
    }
}
