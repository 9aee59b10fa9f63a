package org.confocal.focus.port;

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
}
