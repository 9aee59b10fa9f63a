package org.confocal.strategy.choice;

import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.confocal.strategy.BridgeKind;
import org.confocal.strategy.BridgeSelectionStrategy;
import org.confocal.strategy.FleetView;
import org.confocal.strategy.Region;
import org.confocal.strategy.Selection;
import org.confocal.strategy.SelectionRequest;
import org.confocal.strategy.choice.StrategyConfig.ParticipantLimits;

/**
 * Several bridges, each near its participants (spec/05, section 9). The region that counts is the participant's, else the
 * local one. Where there is a local region, it replaces the participant's in two cases: for the first bridge of a conference
 * if both are in one group, because the participant is then most likely to talk with somebody in the local region; and where
 * no bridge is in the group of the participant's. Then the first of these that finds a bridge, by number as in explanations:
 *
 * <ol>
 *   <li>a bridge of the conference that is not loaded, in the region
 *   <li>the same in the region's group
 *   <li>any that is not loaded, in the region
 *   <li>the same in the region's group
 *   <li>a bridge of the conference that is not loaded, anywhere
 *   <li>any that is not overloaded, however many of the conference it has
 *   <li>a bridge of the conference that has not the most people of it that it may have
 *   <li>the least stressed of all
 * </ol>
 *
 * A region that is not known is one of its own, without a group: participants without one go with bridges without one.
 */
public final class RegionBasedBridgeSelectionStrategy implements BridgeSelectionStrategy {
    private final RegionGroups groups;
    private final Optional<Region> localRegion;
    private final ParticipantLimits limits;

    public RegionBasedBridgeSelectionStrategy(StrategyConfig config) {
        this.groups = config.regionGroups();
        this.localRegion = config.localRegion();
        this.limits = config.limits();
    }

    @Override
    public String name() {
        return "RegionBasedBridgeSelectionStrategy";
    }

    @Override
    public Selection select(SelectionRequest request, FleetView fleet) {
        Weighing weighing = new Weighing(name(), request, fleet, limits);
        Optional<Region> region = region(request, fleet);
        Set<Region> group = group(region);
        Predicate<BridgeKind> inRegion = kind -> kind.region().equals(region);
        Predicate<BridgeKind> inGroup = kind -> within(group, kind);
        String where = Weighing.named(region);
        return weighing.usedNotLoaded(inRegion)
                .map(bridge -> weighing.chosen(bridge, "1: has the conference, not loaded, in " + where))
                .or(() -> weighing.usedNotLoaded(inGroup)
                        .map(bridge ->
                                weighing.chosen(bridge, "2: has the conference, not loaded, in the group of " + where)))
                .or(() -> weighing.notLoaded(inRegion)
                        .map(bridge -> weighing.chosen(bridge, "3: not loaded, in " + where)))
                .or(() -> weighing.notLoaded(inGroup)
                        .map(bridge -> weighing.chosen(bridge, "4: not loaded, in the group of " + where)))
                .or(() -> weighing.usedNotLoaded(kind -> true)
                        .map(bridge ->
                                weighing.chosen(bridge, "5: has the conference, not loaded; none near " + where)))
                .or(() -> weighing.notOverloaded()
                        .map(bridge -> weighing.chosen(bridge, "6: not overloaded; none near " + where)))
                .or(() -> weighing.usedNotFull()
                        .map(bridge -> weighing.chosen(bridge, "7: has the conference; all are overloaded")))
                .or(() -> weighing.leastStressed()
                        .map(bridge -> weighing.chosen(bridge, "8: least stressed; all are overloaded")))
                .orElseGet(() -> weighing.none("no bridge to choose from"));
    }

    private Optional<Region> region(SelectionRequest request, FleetView fleet) {
        Optional<Region> region = request.region().or(() -> localRegion);
        if (localRegion.isEmpty()) {
            return region;
        }
        Set<Region> group = group(region);
        boolean first = request.conference().bridges().isEmpty();
        if (first && group.contains(localRegion.get())) {
            return localRegion;
        }
        return fleet.kinds().stream().anyMatch(kind -> within(group, kind)) ? region : localRegion;
    }

    /** Nothing where the region is not known. */
    private Set<Region> group(Optional<Region> region) {
        return region.map(groups::of).orElse(Set.of());
    }

    private static boolean within(Set<Region> group, BridgeKind kind) {
        return kind.region().map(group::contains).orElse(false);
    }
}
