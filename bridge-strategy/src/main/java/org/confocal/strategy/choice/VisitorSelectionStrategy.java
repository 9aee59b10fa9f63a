package org.confocal.strategy.choice;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.confocal.strategy.Audience;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.BridgeSelectionStrategy;
import org.confocal.strategy.ConferenceShape;
import org.confocal.strategy.ConferenceShape.BridgeUse;
import org.confocal.strategy.FleetView;
import org.confocal.strategy.Selection;
import org.confocal.strategy.Selection.Explanation;
import org.confocal.strategy.Selection.Rejected;
import org.confocal.strategy.Selection.Rejection;
import org.confocal.strategy.SelectionRequest;

/**
 * Visitors on other bridges than participants, each kind placed by a strategy of its own (spec/05, section 9). The
 * strategy is shown neither the bridges that carry the conference's other kind nor that these carry it; where it then finds
 * none, it is asked once more and shown all. A bridge on which nobody is left belongs to neither kind.
 */
public final class VisitorSelectionStrategy implements BridgeSelectionStrategy {
    private final BridgeSelectionStrategy participants;
    private final BridgeSelectionStrategy visitors;

    public VisitorSelectionStrategy(BridgeSelectionStrategy participants, BridgeSelectionStrategy visitors) {
        this.participants = participants;
        this.visitors = visitors;
    }

    @Override
    public String name() {
        return "VisitorSelectionStrategy";
    }

    @Override
    public Selection select(SelectionRequest request, FleetView fleet) {
        BridgeSelectionStrategy strategy = switch (request.audience()) {
            case PARTICIPANT -> participants;
            case VISITOR -> visitors;
        };
        List<BridgeUse> others = request.conference().bridges().stream()
                .filter(use -> use.size() > 0 && use.audience() != request.audience())
                .toList();
        if (others.isEmpty()) {
            return explained(strategy.select(request, fleet), strategy, request.audience(), List.of());
        }
        Set<BridgeId> hidden = new HashSet<>();
        others.forEach(use -> hidden.add(use.bridge()));
        List<Rejected> rejected = others.stream()
                .map(use -> new Rejected(use.bridge(), Rejection.OTHER_AUDIENCE))
                .toList();
        Selection apart = strategy.select(without(hidden, request), new PartOfFleet(fleet, hidden, request.at()));
        return switch (apart) {
            case Selection.Chosen chosen -> explained(chosen, strategy, request.audience(), rejected);
            case Selection.None none ->
                explained(strategy.select(request, fleet), strategy, request.audience(), List.of());
        };
    }

    private static SelectionRequest without(Set<BridgeId> hidden, SelectionRequest request) {
        ConferenceShape conference = request.conference();
        ConferenceShape shape = conference.onOnly(conference.bridges().stream()
                .filter(use -> !hidden.contains(use.bridge()))
                .toList());
        return request.in(shape);
    }

    private Selection explained(
            Selection answer, BridgeSelectionStrategy strategy, Audience audience, List<Rejected> rejected) {
        String whose = switch (audience) {
            case PARTICIPANT -> "for participants, ";
            case VISITOR -> "for visitors, ";
        };
        return switch (answer) {
            case Selection.Chosen chosen ->
                new Selection.Chosen(
                        chosen.bridge(),
                        chosen.region(),
                        chosen.relayId(),
                        explanation(whose + strategy.name() + ": ", chosen.why(), rejected));
            case Selection.None none ->
                new Selection.None(none.reason(), explanation(whose + strategy.name() + ": ", none.why(), rejected));
        };
    }

    private Explanation explanation(String who, Explanation why, List<Rejected> rejected) {
        List<Rejected> all = new ArrayList<>(rejected);
        all.addAll(why.rejected());
        return new Explanation(name(), who + why.rule(), why::candidates, () -> all);
    }
}
