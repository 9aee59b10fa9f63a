package org.confocal.strategy.choice;

import org.confocal.strategy.BridgeSelectionStrategy;
import org.confocal.strategy.FleetView;
import org.confocal.strategy.Selection;
import org.confocal.strategy.SelectionRequest;
import org.confocal.strategy.choice.StrategyConfig.ParticipantLimits;

/**
 * Everybody on a bridge of their own while there are enough of them, for testing relays (spec/05, section 9): the bridge
 * with the fewest people of the conference, of these the least stressed, overloaded or not.
 */
public final class SplitBridgeSelectionStrategy implements BridgeSelectionStrategy {
    @Override
    public String name() {
        return "SplitBridgeSelectionStrategy";
    }

    @Override
    public Selection select(SelectionRequest request, FleetView fleet) {
        Weighing weighing = new Weighing(name(), request, fleet, ParticipantLimits.DEFAULTS);
        return weighing.fewestOfConference()
                .map(bridge -> weighing.chosen(bridge, "fewest people of the conference: " + weighing.peopleOn(bridge)))
                .orElseGet(() -> weighing.none("no bridge to choose from"));
    }
}
