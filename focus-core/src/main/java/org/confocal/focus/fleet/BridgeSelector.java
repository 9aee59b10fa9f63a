package org.confocal.focus.fleet;

import org.confocal.focus.conference.Effect;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.RoomId;
import org.confocal.strategy.Selection;
import org.confocal.strategy.SelectionRequest;

/** The fleet as conferences use it. Called from any thread, at any rate; never waits. */
public interface BridgeSelector {

    /**
     * Chooses a bridge and, where one is chosen, reserves the endpoint's load on it in the same instant: no other selection
     * sees the fleet in between. An endpoint that is reserved already moves.
     */
    Selection select(SelectionRequest request);

    /** Gives a reservation on this bridge back; nothing happens where there is none, as after a move. */
    void release(BridgeId bridge, RoomId room, EndpointId endpoint);

    /** What a conference learnt about a bridge. The next selection takes it into account. */
    void experienced(RoomId room, BridgeId bridge, Effect.BridgeExperience experience);
}
