package org.confocal.focus.runtime;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.conference.Effect;
import org.confocal.focus.conference.Machine;
import org.confocal.focus.view.ConferenceLayout;
import org.confocal.focus.view.FocusSnapshot;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.Region;
import org.confocal.strategy.RoomId;

/**
 * A kind of conference as the runtime sees it: how one begins, steps and looks. The runtime never looks into the state
 * itself. All methods are pure and called from any thread.
 *
 * @param <S> the state, immutable
 */
public interface ConferenceModel<S> extends Machine<S, ConferenceInput> {

    /** A conference that nothing has happened to. Everything random in it comes from {@code seed}. */
    S initial(RoomId room, long seed, Instant now);

    /** For a conference of which nothing has been written down. */
    StateKeeper<S> keeper();

    /**
     * A state that was written down, for another process to go on with, and who goes on writing.
     *
     * @param fresh a random number; nothing that is drawn from now on was drawn by the process before
     * @throws IllegalArgumentException where that is not the whole of a state, or of another version, with a sentence
     */
    Kept<S> read(Map<String, byte[]> records, long fresh);

    /** What {@link #read} gives. */
    record Kept<S>(S state, StateKeeper<S> keeper) {}

    /** When the conference was created. */
    Instant startedAt(S state);

    /** What this state has under way in the world. */
    List<LooseEnd> looseEnds(S state);

    /** The conference in numbers. */
    FocusSnapshot.Conference summary(S state);

    /** Who of this conference is on that bridge; empty where nobody is. */
    Optional<MovePlan.Part> on(S state, BridgeId bridge);

    /** Where the conference is. */
    ConferenceLayout layout(S state, Instant now);

    /** The bridges that it is on. */
    Set<BridgeId> bridges(S state);

    /** Who of that region has a session on that bridge, those who are missed least first. */
    List<Passenger> passengers(S state, BridgeId bridge, Optional<Region> region);

    /** The state in a few words, for the log of a conference that broke. Without secrets. */
    String describe(S state);

    /** The room that this breakout room belongs to; empty for any other room. */
    Optional<RoomId> mainRoom(S state);

    /** The state as {@link org.confocal.focus.view.FocusView#conferenceDebug} shows it. */
    Map<String, Object> debug(S state);

    /**
     * What is to be done about a conference whose machine broke in this state, without stepping it again: expire its
     * bridges, leave its room. Timers, reservations and unanswered IQs are the runtime's business.
     */
    List<Effect> abandon(S state);
}
