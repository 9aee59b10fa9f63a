package org.confocal.tests.placement;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.confocal.strategy.BridgeKind;
import org.confocal.strategy.BridgeSelectionStrategy;
import org.confocal.strategy.BridgeSnapshot;
import org.confocal.strategy.FleetView;
import org.confocal.strategy.Selection;
import org.confocal.strategy.SelectionRequest;

/** The least loaded bridge of the participant's region, whatever the others do; without one there, of all. */
final class NearestStrategy implements BridgeSelectionStrategy {
    @Override
    public String name() {
        return "Nearest";
    }

    @Override
    public Selection select(SelectionRequest request, FleetView fleet) {
        Iterator<BridgeSnapshot> near =
                fleet.byStress(new BridgeKind(request.region(), Optional.empty()), request.at());
        BridgeSnapshot bridge =
                near.hasNext() ? near.next() : fleet.byStress(request.at()).next();
        return new Selection.Chosen(
                bridge.id(),
                bridge.region(),
                bridge.relayId(),
                new Selection.Explanation(name(), "nearest", List.of(), List.of()));
    }
}
