package org.confocal.focus.conference.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.confocal.focus.model.ConferenceRequest.Origin;
import org.confocal.focus.model.MeetingId;
import org.confocal.focus.model.RoomMetadata;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.RoomId;

/**
 * The room's side of a conference.
 *
 * @param meeting known once the room is joined
 * @param breakout whether this is a breakout room
 * @param mainRoom of a breakout room
 * @param settings what the creating request asked for
 * @param waiting requests that are not answered yet; at most the one that created the conference
 * @param metadata the last that was received
 * @param owner the member that was found to be owner or made one; empty where nobody was
 * @param rejoins how often the room was lost in a row
 */
public record RoomLife(
        RoomPhase phase,
        Optional<MeetingId> meeting,
        boolean breakout,
        Optional<RoomId> mainRoom,
        Settings settings,
        List<Origin> waiting,
        RoomMetadata metadata,
        Optional<EndpointId> owner,
        Rejoins rejoins) {
    public static final RoomLife NEW = new RoomLife(
            RoomPhase.NEW,
            Optional.empty(),
            false,
            Optional.empty(),
            Settings.DEFAULTS,
            List.of(),
            new RoomMetadata(Optional.empty(), Optional.empty()),
            Optional.empty(),
            Rejoins.NONE);

    public RoomLife {
        waiting = List.copyOf(waiting);
    }

    public RoomLife with(RoomPhase next) {
        return new RoomLife(next, meeting, breakout, mainRoom, settings, waiting, metadata, owner, rejoins);
    }

    public RoomLife withRoom(MeetingId id, boolean isBreakout, Optional<RoomId> main) {
        return new RoomLife(phase, Optional.of(id), isBreakout, main, settings, waiting, metadata, owner, rejoins);
    }

    public RoomLife withSettings(Settings next) {
        return new RoomLife(phase, meeting, breakout, mainRoom, next, waiting, metadata, owner, rejoins);
    }

    public RoomLife withWaiting(Origin another) {
        List<Origin> more = new ArrayList<>(waiting);
        more.add(another);
        return new RoomLife(phase, meeting, breakout, mainRoom, settings, more, metadata, owner, rejoins);
    }

    public RoomLife withNobodyWaiting() {
        return new RoomLife(phase, meeting, breakout, mainRoom, settings, List.of(), metadata, owner, rejoins);
    }

    public RoomLife withMetadata(RoomMetadata next) {
        return new RoomLife(phase, meeting, breakout, mainRoom, settings, waiting, next, owner, rejoins);
    }

    public RoomLife withOwner(Optional<EndpointId> next) {
        return new RoomLife(phase, meeting, breakout, mainRoom, settings, waiting, metadata, next, rejoins);
    }

    public RoomLife withRejoins(Rejoins next) {
        return new RoomLife(phase, meeting, breakout, mainRoom, settings, waiting, metadata, owner, next);
    }
}
