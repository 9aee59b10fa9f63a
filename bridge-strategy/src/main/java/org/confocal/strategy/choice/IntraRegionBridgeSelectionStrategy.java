package org.confocal.strategy.choice;

import java.util.Optional;
import org.confocal.strategy.BridgeKind;
import org.confocal.strategy.BridgeSelectionStrategy;
import org.confocal.strategy.BridgeSnapshot;
import org.confocal.strategy.FleetView;
import org.confocal.strategy.Region;
import org.confocal.strategy.Selection;
import org.confocal.strategy.SelectionRequest;
import org.confocal.strategy.choice.StrategyConfig.ParticipantLimits;

/**
 * Several bridges, all of the region in which the conference began (spec/05, section 9). Decisions by number, as in
 * explanations:
 *
 * <ol>
 *   <li>the first bridge: not loaded, in the participant's region
 *   <li>the first bridge: the least stressed of all
 *   <li>a bridge of the conference in its region that is not loaded
 *   <li>any bridge in its region that is not loaded
 *   <li>a bridge of the conference in its region, loaded or not
 * </ol>
 *
 * Otherwise none. A region that is not known is one of its own: participants without one go with bridges without one.
 */
public final class IntraRegionBridgeSelectionStrategy implements BridgeSelectionStrategy {
    private final ParticipantLimits limits;

    public IntraRegionBridgeSelectionStrategy(ParticipantLimits limits) {
        this.limits = limits;
    }

    @Override
    public String name() {
        return "IntraRegionBridgeSelectionStrategy";
    }

    @Override
    public Selection select(SelectionRequest request, FleetView fleet) {
        Weighing weighing = new Weighing(name(), request, fleet, limits);
        return request.conference().bridges().isEmpty()
                ? first(request.region(), weighing)
                : further(conferenceRegion(request, fleet), weighing);
    }

    /** Its first bridge's, even where that one takes nobody any more. */
    private static Optional<Region> conferenceRegion(SelectionRequest request, FleetView fleet) {
        return fleet.known(request.conference().bridges().getFirst().bridge()).flatMap(BridgeSnapshot::region);
    }

    private static Selection first(Optional<Region> region, Weighing weighing) {
        return weighing.notLoaded(kind -> kind.region().equals(region))
                .map(bridge -> weighing.chosen(bridge, "1: not loaded, in " + Weighing.named(region)))
                .or(() -> weighing.leastStressed()
                        .map(bridge -> weighing.chosen(
                                bridge, "2: least stressed; none that is not loaded in " + Weighing.named(region))))
                .orElseGet(() -> weighing.none("no bridge to choose from"));
    }

    private static Selection further(Optional<Region> region, Weighing weighing) {
        String where = "the conference's " + Weighing.named(region);
        return weighing.usedNotLoaded(kind -> in(region, kind))
                .map(bridge -> weighing.chosen(bridge, "3: has the conference, not loaded, in " + where))
                .or(() -> weighing.notLoaded(kind -> in(region, kind))
                        .map(bridge -> weighing.chosen(bridge, "4: not loaded, in " + where)))
                .or(() -> weighing.used(kind -> in(region, kind))
                        .map(bridge -> weighing.chosen(bridge, "5: has the conference, loaded, in " + where)))
                .orElseGet(() -> weighing.none("no bridge in " + where + " that is not loaded or has the conference"));
    }

    private static boolean in(Optional<Region> region, BridgeKind kind) {
        return kind.region().equals(region);
    }
}
