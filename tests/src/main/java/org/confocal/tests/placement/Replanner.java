package org.confocal.tests.placement;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.confocal.strategy.ConferenceShape;
import org.confocal.strategy.FleetView;
import org.confocal.strategy.choice.Move;

/** Looks once more at a conference that has settled, and may move people. Pure. */
interface Replanner {
    /** How long after a conference's first join it is asked. */
    Duration AFTER = Duration.ofMinutes(5);

    List<Move> replan(ConferenceShape conference, FleetView fleet, Instant at);
}
