package org.confocal.focus.fleet;

import org.confocal.focus.conference.ConferenceInput.BridgeLoss;
import org.confocal.strategy.BridgeId;

/** Whom the fleet tells what conferences must know. Called serially; must not block. */
public interface FleetListener {
    /** Conferences on it move away. */
    void bridgeLost(BridgeId bridge, BridgeLoss loss);

    /** A convenient move has its turn. */
    void move(MoveOrder order);

    /** Up to so many people are to leave a bridge that carries too much. */
    void relieve(BridgeId bridge, int people);

    /** Moves that know where to may be planned now: all that were planned before are on their way. */
    void plan();

    /**
     * Up to so many people are to leave a bridge that is being emptied, or a conference as a whole. Whoever does it tells {@link
     * Drains#told}.
     */
    void drain(String drain, BridgeId bridge, int people);

    /** It is new, has recovered, or is no longer used last: who has no bridge may get one. */
    void bridgeUsable(BridgeId bridge);
}
