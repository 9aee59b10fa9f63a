package org.confocal.tests.placement;

import java.util.Optional;
import org.confocal.strategy.BridgeSelectionStrategy;
import org.confocal.strategy.FleetConfig;
import org.confocal.strategy.cascade.CascadePlanner;
import org.confocal.strategy.choice.LoadRelief;

/**
 * One way of running a site.
 *
 * @param name as reports have it
 * @param strategy the real one
 * @param fleet how the focus reads load
 * @param redistribution what moves people away from hot bridges; empty where nothing does
 * @param relief what cools hot bridges by the cheapest moves; empty where nothing does
 * @param cascades what links the bridges of a conference; empty for full meshes
 * @param replan what moves people of a conference that has settled; empty where nothing does
 */
record Contender(
        String name,
        BridgeSelectionStrategy strategy,
        FleetConfig fleet,
        Optional<Redistribution> redistribution,
        Optional<Replanner> replan,
        Optional<LoadRelief> relief,
        Optional<CascadePlanner> cascades) {

    static Contender plain(String name, BridgeSelectionStrategy strategy, FleetConfig fleet) {
        return new Contender(
                name, strategy, fleet, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
