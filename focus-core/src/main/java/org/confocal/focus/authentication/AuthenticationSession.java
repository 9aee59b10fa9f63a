package org.confocal.focus.authentication;

import java.time.Instant;
import java.util.Optional;
import org.confocal.focus.model.Jid;
import org.confocal.focus.model.Login;
import org.confocal.strategy.RoomId;

/**
 * Somebody who has authenticated, on one machine.
 *
 * @param login its id, and who it is
 * @param machineUid the client's own id, which must come with the session's
 * @param room it was made for
 * @param user the full JID that used it last; empty where it was used over HTTP only
 */
record AuthenticationSession(Login login, String machineUid, RoomId room, Optional<Jid> user, Instant lastUsed) {

    /** The same, used again; over HTTP nobody's address is known, and the last one stays. */
    AuthenticationSession usedBy(Optional<Jid> sender, Instant now) {
        return new AuthenticationSession(login, machineUid, room, sender.or(() -> user), now);
    }
}
