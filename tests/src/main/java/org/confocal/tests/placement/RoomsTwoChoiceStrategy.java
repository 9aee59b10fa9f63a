package org.confocal.tests.placement;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.confocal.strategy.BridgeKind;
import org.confocal.strategy.BridgeSelectionStrategy;
import org.confocal.strategy.BridgeSnapshot;
import org.confocal.strategy.FleetView;
import org.confocal.strategy.Selection;
import org.confocal.strategy.SelectionRequest;

/**
 * As LiveKit chooses ({@code regionaware} with {@code twochoice}, placement.md, section (a)): a room is on one node; that
 * node is the less loaded one of two taken at random from the first participant's region. The draw is a hash of the room.
 */
final class RoomsTwoChoiceStrategy implements BridgeSelectionStrategy {
    @Override
    public String name() {
        return "LiveKitLike";
    }

    @Override
    public Reach reach() {
        return Reach.ONE_BRIDGE;
    }

    @Override
    public Selection select(SelectionRequest request, FleetView fleet) {
        List<BridgeSnapshot> candidates = new ArrayList<>();
        fleet.byStress(new BridgeKind(request.region(), Optional.empty()), request.at())
                .forEachRemaining(candidates::add);
        for (Iterator<BridgeSnapshot> all = fleet.byStress(request.at()); candidates.isEmpty() && all.hasNext(); ) {
            candidates.add(all.next());
        }
        if (candidates.isEmpty()) {
            return new Selection.None(
                    Selection.Refusal.STRATEGY_REFUSED,
                    new Selection.Explanation(name(), "no bridge", List.of(), List.of()));
        }
        // In ascending order of stress: of two draws the lower index is the less loaded one.
        int hash = spread(request.room().hashCode());
        int first = Math.floorMod(hash, candidates.size());
        int second = Math.floorMod(spread(hash), candidates.size());
        BridgeSnapshot bridge = candidates.get(Math.min(first, second));
        return new Selection.Chosen(
                bridge.id(),
                bridge.region(),
                bridge.relayId(),
                new Selection.Explanation(name(), "the better of two", List.of(), List.of()));
    }

    private static int spread(int hash) {
        int mixed = (hash ^ (hash >>> 16)) * 0x7feb352d;
        mixed = (mixed ^ (mixed >>> 15)) * 0x846ca68b;
        return mixed ^ (mixed >>> 16);
    }
}
