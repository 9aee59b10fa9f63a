package org.confocal.strategy.choice;

import java.util.Optional;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.Region;

/** So many people of one region are to go from one of a conference's bridges to another bridge. */
public record Move(BridgeId from, BridgeId to, Optional<Region> region, int people) {
    public Move {
        if (people < 1) {
            throw new IllegalArgumentException("a move of " + people + " people");
        }
    }
}
