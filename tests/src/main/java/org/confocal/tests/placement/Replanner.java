package org.confocal.tests.placement;

import java.time.Duration;
import java.util.List;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.FleetView;
import org.confocal.strategy.Region;
import org.confocal.strategy.SelectionRequest;

/** Looks once more at a conference that has settled, and may move people. Pure. */
interface Replanner {
    /** How long after a conference's first join it is asked. */
    Duration AFTER = Duration.ofMinutes(5);

    /** So many people of a region are to go from one bridge to another. */
    record Move(BridgeId from, BridgeId to, Region region, int people) {}

    /** @param request one of the conference, as for a selection; its endpoint means nothing */
    List<Move> replan(SelectionRequest request, FleetView fleet);
}
