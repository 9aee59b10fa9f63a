package org.confocal.focus.port;

import java.util.Optional;
import org.confocal.focus.model.FocusPresence;
import org.confocal.focus.model.Jid;
import org.confocal.strategy.RoomId;

/** MUC rooms (spec/02, section 5.1). Every method returns at once; answers arrive in the inbox. */
public interface RoomGateway {

    /**
     * Joins as {@code focus}, anew where it is in the room already, reads the owner form and makes real JIDs visible. Ends in {@code RoomJoined} or {@code
     * RoomJoinFailed}; presences of members that change after that follow as {@code MemberPresent} and {@code MemberLeft}.
     * A room that was entered before a broken stream and is being entered again when the stream breaks once more is only
     * told so: {@code RoomLost(DISCONNECTED)}.
     */
    void join(RoomId room);

    void leave(RoomId room);

    void publish(RoomId room, FocusPresence presence);

    void grantOwner(RoomId room, Jid bareJid);

    /**
     * Goes on in a room where the process before this one had stopped, and sends nothing. Before the connection is started:
     * where its stream can be resumed the room goes on from here, where not it is told to be lost like any other.
     *
     * @param shown what was published last
     */
    void restore(RoomId room, Optional<FocusPresence> shown, Stage stage);

    /** How far the focus was with a room. */
    enum Stage {
        /** {@link #join} was called and not answered: it begins anew when the stream is resumed. */
        ENTERING,
        /** The same after it had been inside before. */
        REENTERING,
        INSIDE,
        /** It was inside until the stream was lost, and has not been told to join again. */
        AWAY
    }
}
