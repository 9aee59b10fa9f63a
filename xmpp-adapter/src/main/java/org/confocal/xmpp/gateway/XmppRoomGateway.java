package org.confocal.xmpp.gateway;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.conference.ConferenceInput.RoomLoss;
import org.confocal.focus.model.FocusPresence;
import org.confocal.focus.model.Jid;
import org.confocal.focus.model.MemberPresence;
import org.confocal.focus.model.RoomForm;
import org.confocal.focus.port.FocusInbox;
import org.confocal.focus.port.RoomGateway;
import org.confocal.strategy.RoomId;
import org.confocal.xmpp.IqReply;
import org.confocal.xmpp.XmppConnection;
import org.confocal.xmpp.codec.Addresses;
import org.confocal.xmpp.codec.PresenceCodec;
import org.jivesoftware.smack.packet.ExtensionElement;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smackx.muc.MUCAffiliation;
import org.jivesoftware.smackx.muc.packet.MUCAdmin;
import org.jivesoftware.smackx.muc.packet.MUCItem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rooms as their owner (spec/02, sections 5.1, 6 and 8): one {@link MucSession} for each room that the core wants to be in, and
 * none other. A room that no conference owns any more is left.
 */
final class XmppRoomGateway implements RoomGateway {
    private static final Logger LOG = LoggerFactory.getLogger(XmppRoomGateway.class);

    private final XmppConnection connection;
    private final FocusInbox inbox;
    private final Timers timers;
    private final String nick;
    private final String version;
    private final Duration timeout;
    private final ConcurrentMap<RoomId, MucSession> sessions = new ConcurrentHashMap<>();

    XmppRoomGateway(
            XmppConnection connection, FocusInbox inbox, Timers timers, String nick, String version, Duration timeout) {
        this.connection = connection;
        this.inbox = inbox;
        this.timers = timers;
        this.nick = nick;
        this.version = version;
        this.timeout = timeout;
    }

    @Override
    public void join(RoomId room) {
        sessions.computeIfAbsent(room, this::session).join();
    }

    private MucSession session(RoomId room) {
        RoomEvents events = new RoomEvents(room);
        MucSession session = new MucSession(connection, room, nick, MucSession.Role.OWNER, timers, timeout, events);
        events.session.set(session);
        return session;
    }

    @Override
    public void leave(RoomId room) {
        MucSession session = sessions.remove(room);
        if (session != null) {
            session.leave();
        }
    }

    @Override
    public void publish(RoomId room, FocusPresence presence) {
        MucSession session = sessions.get(room);
        if (session != null) {
            session.show(PresenceCodec.focus(presence, version));
        }
    }

    @Override
    public void grantOwner(RoomId room, Jid bareJid) {
        Optional<org.jxmpp.jid.Jid> to = Addresses.of(room);
        Optional<org.jxmpp.jid.Jid> jid = Addresses.of(bareJid.bare());
        if (to.isEmpty() || jid.isEmpty()) {
            LOG.warn("{}: {} cannot be made owner, that is not an address", room, bareJid);
            return;
        }
        MUCAdmin iq = new MUCAdmin();
        iq.setType(IQ.Type.set);
        iq.setTo(to.get());
        iq.addItem(new MUCItem(MUCAffiliation.owner, jid.get()));
        connection.request(iq, reply -> {
            if (reply instanceof IqReply.Failed failed) {
                LOG.warn("{}: {} was not made owner: {}", room, bareJid, failed.error());
            }
        });
    }

    @Override
    public void restore(RoomId room, Optional<FocusPresence> shown, Stage stage) {
        List<ExtensionElement> extensions =
                shown.map(presence -> PresenceCodec.focus(presence, version)).orElse(List.of());
        sessions.computeIfAbsent(room, this::session).restore(extensions, stage);
    }

    /** A presence from that room; ignored where the focus is not there and does not want to be. */
    void onPresence(RoomId room, Presence presence) {
        MucSession session = sessions.get(room);
        if (session != null) {
            session.onPresence(presence);
        }
    }

    /** The stream is gone: no room is entered any more. What was shown in each is shown again on entering again. */
    void disconnected() {
        sessions.values().forEach(MucSession::disconnected);
    }

    /** The stream goes on where it had stopped. */
    void resumed() {
        sessions.values().forEach(MucSession::resumed);
    }

    /** How many rooms the focus is in or on its way to. */
    int count() {
        return sessions.size();
    }

    /** What happens in one room, as inputs of its conference. */
    private final class RoomEvents implements MucSession.Events {
        private final RoomId room;
        private final AtomicReference<MucSession> session = new AtomicReference<>();

        RoomEvents(RoomId room) {
            this.room = room;
        }

        @Override
        public void joined(RoomForm form, List<Presence> occupants) {
            List<MemberPresence> members = occupants.stream()
                    .flatMap(each -> PresenceCodec.member(each).stream())
                    .toList();
            tell(new ConferenceInput.RoomJoined(form, members));
        }

        @Override
        public void joinFailed(String reason) {
            forget();
            inbox.happened(room, new ConferenceInput.RoomJoinFailed(reason));
        }

        @Override
        public void present(Presence presence) {
            PresenceCodec.member(presence).ifPresent(member -> tell(new ConferenceInput.MemberPresent(member)));
        }

        @Override
        public void left(Presence presence) {
            Addresses.nick(presence.getFrom())
                    .ifPresent(id -> tell(new ConferenceInput.MemberLeft(id, PresenceCodec.departure(presence))));
        }

        @Override
        public void lost(RoomLoss loss) {
            if (loss != RoomLoss.NOT_OWNER) {
                forget();
            }
            inbox.happened(room, new ConferenceInput.RoomLost(loss));
        }

        private void tell(ConferenceInput input) {
            if (inbox.happened(room, input)) {
                return;
            }
            LOG.debug("{}: no conference is there any more, leaving the room", room);
            MucSession mine = session.get();
            if (forget() && mine != null) {
                mine.leave();
            }
        }

        private boolean forget() {
            MucSession mine = session.get();
            return mine != null && sessions.remove(room, mine);
        }
    }
}
