package org.confocal.xmpp.codec;

import java.util.Optional;
import org.confocal.focus.model.Jid;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.RoomId;
import org.jxmpp.jid.DomainBareJid;
import org.jxmpp.jid.EntityBareJid;
import org.jxmpp.jid.EntityFullJid;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.jid.parts.Resourcepart;
import org.jxmpp.stringprep.XmppStringprepException;

/** The core's ids and the library's JIDs. What cannot be an address is empty, never an exception. */
public final class Addresses {
    private Addresses() {}

    public static Optional<org.jxmpp.jid.Jid> of(Jid jid) {
        return parse(jid.value());
    }

    /** The brewery occupant that is this bridge. */
    public static Optional<org.jxmpp.jid.Jid> of(BridgeId bridge) {
        return parse(bridge.value());
    }

    public static Optional<org.jxmpp.jid.Jid> of(RoomId room) {
        return parse(room.value());
    }

    /** The domain of an address. */
    public static Optional<DomainBareJid> domain(Jid jid) {
        return of(jid).map(org.jxmpp.jid.Jid::asDomainBareJid);
    }

    /** The member of the room with that nick. */
    public static Optional<org.jxmpp.jid.Jid> occupant(RoomId room, EndpointId id) {
        return occupant(room, id.value());
    }

    /** The occupant of the room with that nick. */
    public static Optional<org.jxmpp.jid.Jid> occupant(RoomId room, String nick) {
        try {
            return Optional.of(
                    JidCreate.entityFullFrom(JidCreate.entityBareFrom(room.value()), Resourcepart.from(nick)));
        } catch (XmppStringprepException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public static Jid jid(org.jxmpp.jid.Jid jid) {
        return new Jid(jid.toString());
    }

    /** The room part of an occupant's or a room's address; empty where there is no local part. */
    public static Optional<RoomId> room(org.jxmpp.jid.Jid jid) {
        EntityBareJid bare = jid.asEntityBareJidIfPossible();
        return bare == null ? Optional.empty() : Optional.of(new RoomId(bare.toString()));
    }

    /** The nick of an occupant's address. */
    public static Optional<EndpointId> nick(org.jxmpp.jid.Jid jid) {
        EntityFullJid full = jid.asEntityFullJidIfPossible();
        return full == null
                ? Optional.empty()
                : Optional.of(new EndpointId(full.getResourcepart().toString()));
    }

    private static Optional<org.jxmpp.jid.Jid> parse(String text) {
        try {
            return Optional.of(JidCreate.from(text));
        } catch (XmppStringprepException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
