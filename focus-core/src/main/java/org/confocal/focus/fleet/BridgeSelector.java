package org.confocal.focus.fleet;

import java.time.Duration;
import java.time.Instant;
import org.confocal.focus.conference.Effect;
import org.confocal.focus.conference.state.Pace;
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
     *
     * @param pace whether this takes a turn of the budget for those who lost their session
     */
    Answer select(SelectionRequest request, Pace pace);

    /** Enters a reservation that the process before this one made then; nothing happens where the bridge is not there. */
    void restored(BridgeId bridge, RoomId room, EndpointId endpoint, Instant since);

    /** Gives a reservation on this bridge back; nothing happens where there is none, as after a move. */
    void release(BridgeId bridge, RoomId room, EndpointId endpoint);

    /** What a conference learnt about a bridge. The next selection takes it into account. */
    void experienced(RoomId room, BridgeId bridge, Effect.BridgeExperience experience);

    /** What became of a question for a bridge. */
    sealed interface Answer {
        record Now(Selection selection) implements Answer {}

        /** Too many at once: ask again then. Nothing is reserved. */
        record Later(Duration delay, Turn turn) implements Answer {}
    }

    /** What is waited for. */
    enum Turn {
        /** This one's turn is then, and costs nothing any more. */
        GRANTED,
        /** There is no turn to be had yet. */
        ASK_AGAIN
    }
}
