package org.confocal.focus.view;

import java.util.List;
import java.util.Optional;
import org.confocal.strategy.Audience;
import org.confocal.strategy.Region;
import org.confocal.strategy.RoomId;

/**
 * Why people are where they are. Called from any thread; nothing here waits, and nothing changes by it. The last decisions
 * are kept, as many as {@code jicofo.explain.decisions} says.
 */
public interface Explanations {

    /** Those decisions for a room that are still kept, newest first. */
    List<Decision> decisions(RoomId room);

    /** One decision; empty where it was never made, or is kept no more. */
    Optional<Decision> decision(long id);

    /** Decisions that are kept and were made after this one, newest first, at most so many; 0 stands before all. */
    List<Decision> decisionsAfter(long id, int most);

    /** Where a conference is now; empty where there is no such conference. */
    Optional<ConferenceLayout> layout(RoomId room);

    /**
     * Where a participant would be placed now. Nothing is reserved.
     *
     * @param room a conference; empty for one that would begin with that participant
     * @return the decision, with id 0; empty where there is no such conference
     */
    Optional<Decision> whatIf(Optional<RoomId> room, Region region, Audience audience);
}
