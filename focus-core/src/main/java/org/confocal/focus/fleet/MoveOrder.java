package org.confocal.focus.fleet;

import java.util.Optional;
import org.confocal.focus.conference.MoveCause;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.RoomId;

/**
 * Somebody is to leave a bridge, as soon as the budget of convenient moves allows it.
 *
 * @param who empty for the whole conference, as far as it is on that bridge
 * @param people how many that is; above 0
 */
public record MoveOrder(RoomId room, BridgeId from, Optional<EndpointId> who, int people, MoveCause cause) {}
