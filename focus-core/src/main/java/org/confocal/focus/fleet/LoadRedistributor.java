package org.confocal.focus.fleet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.confocal.focus.config.RedistributionConfig;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.BridgeSnapshot;
import org.confocal.strategy.FleetSnapshot;

/** Which bridges carry too much, and have not been helped lately (spec/05, section 10). Confined to the fleet's mailbox. */
final class LoadRedistributor {
    private final RedistributionConfig config;
    private final Map<BridgeId, Instant> helped = new HashMap<>();

    LoadRedistributor(RedistributionConfig config) {
        this.config = config;
    }

    /** From whom people are to be moved now. Nobody, where there is no bridge that could take them. */
    List<BridgeId> overloaded(FleetSnapshot fleet, Instant now) {
        helped.values().removeIf(at -> !at.plus(config.timeout()).isAfter(now));
        boolean room = fleet.bridges().stream()
                .anyMatch(bridge -> fleet.operational(bridge, now)
                        && !bridge.shuttingDown()
                        && !bridge.draining()
                        && !fleet.overloaded(bridge, now));
        if (!room) {
            return List.of();
        }
        List<BridgeId> overloaded = new ArrayList<>();
        for (BridgeSnapshot bridge : fleet.bridges()) {
            boolean tooMuch = fleet.stress(bridge, now) >= config.stressThreshold();
            if (tooMuch && helped.putIfAbsent(bridge.id(), now) == null) {
                overloaded.add(bridge.id());
            }
        }
        return overloaded;
    }
}
