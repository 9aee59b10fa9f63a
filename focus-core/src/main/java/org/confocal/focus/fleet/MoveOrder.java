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
 * @param to the bridge that is planned for one person; empty where the strategy is to choose
 */
public record MoveOrder(
        RoomId room, BridgeId from, Optional<EndpointId> who, int people, Optional<BridgeId> to, MoveCause cause) {

    /** Wherever the strategy chooses. */
    public MoveOrder(RoomId room, BridgeId from, Optional<EndpointId> who, int people, MoveCause cause) {
        this(room, from, who, people, Optional.empty(), cause);
    }

    /** One person, who is to go to that bridge if it can still be taken. */
    public static MoveOrder planned(RoomId room, EndpointId who, BridgeId from, BridgeId to, MoveCause cause) {
        return new MoveOrder(room, from, Optional.of(who), 1, Optional.of(to), cause);
    }
}
