package org.confocal.focus.conference.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.confocal.focus.model.Jid;
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
 * @param authenticated real JIDs that have authenticated and whose domain does not show it, oldest first; at most {@value
 *     #MAX_AUTHENTICATED}
 * @param rejoins how often the room was lost in a row
 */
public record RoomLife(
        RoomPhase phase,
        Optional<MeetingId> meeting,
        boolean breakout,
        Optional<RoomId> mainRoom,
        Settings settings,
        List<Waiting> waiting,
        RoomMetadata metadata,
        Optional<EndpointId> owner,
        List<Jid> authenticated,
        Rejoins rejoins) {
    /** More than come to one room; one who asks again and again from new addresses displaces the oldest. */
    static final int MAX_AUTHENTICATED = 1_000;

    public static final RoomLife NEW = new RoomLife(
            RoomPhase.NEW,
            Optional.empty(),
            false,
            Optional.empty(),
            Settings.DEFAULTS,
            List.of(),
            new RoomMetadata(Optional.empty(), Optional.empty()),
            Optional.empty(),
            List.of(),
            Rejoins.NONE);

    public RoomLife {
        waiting = List.copyOf(waiting);
        authenticated = List.copyOf(authenticated);
    }

    public RoomLife with(RoomPhase next) {
        return new RoomLife(
                next, meeting, breakout, mainRoom, settings, waiting, metadata, owner, authenticated, rejoins);
    }

    public RoomLife withRoom(MeetingId id, boolean isBreakout, Optional<RoomId> main) {
        return new RoomLife(
                phase, Optional.of(id), isBreakout, main, settings, waiting, metadata, owner, authenticated, rejoins);
    }

    public RoomLife withSettings(Settings next) {
        return new RoomLife(phase, meeting, breakout, mainRoom, next, waiting, metadata, owner, authenticated, rejoins);
    }

    public RoomLife withWaiting(Waiting another) {
        List<Waiting> more = new ArrayList<>(waiting);
        more.add(another);
        return new RoomLife(
                phase, meeting, breakout, mainRoom, settings, more, metadata, owner, authenticated, rejoins);
    }

    public RoomLife withNobodyWaiting() {
        return new RoomLife(
                phase, meeting, breakout, mainRoom, settings, List.of(), metadata, owner, authenticated, rejoins);
    }

    public RoomLife withMetadata(RoomMetadata next) {
        return new RoomLife(phase, meeting, breakout, mainRoom, settings, waiting, next, owner, authenticated, rejoins);
    }

    public RoomLife withOwner(Optional<EndpointId> next) {
        return new RoomLife(
                phase, meeting, breakout, mainRoom, settings, waiting, metadata, next, authenticated, rejoins);
    }

    /** With somebody else who has authenticated; it is the newest of them now. */
    public RoomLife withAuthenticated(Jid user) {
        List<Jid> more = new ArrayList<>(authenticated);
        more.remove(user);
        if (more.size() >= MAX_AUTHENTICATED) {
            more.removeFirst();
        }
        more.add(user);
        return new RoomLife(phase, meeting, breakout, mainRoom, settings, waiting, metadata, owner, more, rejoins);
    }

    /** After somebody left: it says who it is when it comes back. */
    public RoomLife withoutAuthenticated(Jid user) {
        if (!authenticated.contains(user)) {
            return this;
        }
        List<Jid> fewer = new ArrayList<>(authenticated);
        fewer.remove(user);
        return new RoomLife(phase, meeting, breakout, mainRoom, settings, waiting, metadata, owner, fewer, rejoins);
    }

    public RoomLife withRejoins(Rejoins next) {
        return new RoomLife(
                phase, meeting, breakout, mainRoom, settings, waiting, metadata, owner, authenticated, next);
    }
}
