package org.confocal.xmpp.gateway;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.model.AuthenticationRequest;
import org.confocal.focus.model.ConferenceRequest;
import org.confocal.focus.model.StanzaError;
import org.confocal.focus.model.StanzaRef;
import org.confocal.focus.port.FocusInbox;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.RoomId;
import org.confocal.xmpp.DiscoveredComponents;
import org.confocal.xmpp.StanzaListener;
import org.confocal.xmpp.codec.Addresses;
import org.confocal.xmpp.codec.AuthenticationCodec;
import org.confocal.xmpp.codec.ConferenceRequestCodec;
import org.confocal.xmpp.codec.JingleCodec;
import org.confocal.xmpp.codec.MetadataCodec;
import org.confocal.xmpp.codec.MuteCodec;
import org.jitsi.xmpp.extensions.jingle.JingleIQ;
import org.jitsi.xmpp.extensions.jitsimeet.AbstractMuteIq;
import org.jitsi.xmpp.extensions.jitsimeet.ConferenceIq;
import org.jitsi.xmpp.extensions.jitsimeet.LoginUrlIq;
import org.jitsi.xmpp.extensions.jitsimeet.LogoutIq;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.Stanza;
import org.jxmpp.jid.Jid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What arrives on the connection of the rooms, as inputs for the core: conference requests, Jingle and mute requests of
 * members, logins and logouts, presences of rooms, room metadata. An IQ that it takes is answered exactly once, here or by the core; one that it
 * does not know is left to the transport. Runs on the connection's thread and under the stanza's receipt, which is held by
 * what the core enqueues; nothing waits here.
 */
final class FocusStanzaRouter implements StanzaListener {
    private static final Logger LOG = LoggerFactory.getLogger(FocusStanzaRouter.class);

    private final Jid self;
    private final FocusInbox inbox;
    private final XmppAnswerGateway answers;
    private final XmppRoomGateway rooms;
    private final UnaryOperator<Jid> sender;
    private final Supplier<DiscoveredComponents> components;

    /**
     * @param sender the true sender behind an address of the client proxy; any other address as it is
     * @param components what the server is known to have now
     */
    FocusStanzaRouter(
            Jid self,
            FocusInbox inbox,
            XmppAnswerGateway answers,
            XmppRoomGateway rooms,
            UnaryOperator<Jid> sender,
            Supplier<DiscoveredComponents> components) {
        this.self = self;
        this.inbox = inbox;
        this.answers = answers;
        this.rooms = rooms;
        this.sender = sender;
        this.components = components;
    }

    @Override
    public Verdict onStanza(Stanza stanza) {
        return switch (stanza) {
            case Presence presence -> {
                onPresence(presence);
                yield Verdict.NOT_MINE;
            }
            case Message message -> {
                onMessage(message);
                yield Verdict.NOT_MINE;
            }
            case IQ iq -> onIq(iq);
            default -> Verdict.NOT_MINE;
        };
    }

    private void onPresence(Presence presence) {
        if (presence.getFrom() != null) {
            Addresses.room(presence.getFrom()).ifPresent(room -> rooms.onPresence(room, presence));
        }
    }

    private void onMessage(Message message) {
        Jid from = message.getFrom();
        boolean trusted = from != null
                && message.getType() == Message.Type.normal
                && components.get().roomMetadata().filter(from::equals).isPresent();
        if (!trusted) {
            return;
        }
        Optional<MetadataCodec.Announcement> announcement = MetadataCodec.decode(message);
        if (announcement.isEmpty()) {
            LOG.debug("A message of {} cannot be read", from);
            return;
        }
        inbox.happened(
                announcement.get().room(),
                new ConferenceInput.MetadataReceived(announcement.get().metadata()));
    }

    private Verdict onIq(IQ iq) {
        Optional<StanzaRef> reference = XmppAnswerGateway.reference(iq, self);
        if (reference.isEmpty()) {
            return Verdict.NOT_MINE;
        }
        return switch (iq.getType()) {
            case get -> onGet(iq, reference.get());
            case set -> onSet(iq, reference.get());
            case result, error -> Verdict.NOT_MINE;
        };
    }

    private Verdict onGet(IQ iq, StanzaRef stanza) {
        return iq instanceof LoginUrlIq login ? onLogin(AuthenticationCodec.decode(login, stanza)) : Verdict.NOT_MINE;
    }

    private Verdict onSet(IQ iq, StanzaRef stanza) {
        return switch (iq) {
            case ConferenceIq request -> {
                onConferenceRequest(request, stanza);
                yield Verdict.TAKEN;
            }
            case JingleIQ jingle -> {
                onMember(
                        jingle,
                        stanza,
                        member -> new ConferenceInput.JingleReceived(stanza, member.id(), JingleCodec.decode(jingle)));
                yield Verdict.TAKEN;
            }
            case AbstractMuteIq mute -> {
                onMember(mute, stanza, member -> MuteCodec.decode(mute, stanza, member.room(), member.id()));
                yield Verdict.TAKEN;
            }
            case LogoutIq logout -> onLogin(AuthenticationCodec.decode(logout, stanza));
            default -> Verdict.NOT_MINE;
        };
    }

    private Verdict onLogin(AuthenticationRequest request) {
        return inbox.asked(request) ? Verdict.TAKEN : Verdict.NOT_MINE;
    }

    private void onConferenceRequest(ConferenceIq iq, StanzaRef stanza) {
        org.confocal.focus.model.Jid from = Addresses.jid(sender.apply(iq.getFrom()));
        Optional<ConferenceRequest> request = ConferenceRequestCodec.decode(iq, stanza, from);
        if (request.isPresent()) {
            inbox.requested(request.get());
        } else {
            answers.refuse(stanza, StanzaError.of(StanzaError.Condition.BAD_REQUEST, "No 'room' specified."));
        }
    }

    /** An occupant of a room. */
    private record Member(RoomId room, EndpointId id) {}

    private void onMember(IQ iq, StanzaRef stanza, Function<Member, ConferenceInput> input) {
        Optional<Member> member = Addresses.room(iq.getFrom())
                .flatMap(room -> Addresses.nick(iq.getFrom()).map(id -> new Member(room, id)));
        boolean taken = member.isPresent() && inbox.happened(member.get().room(), input.apply(member.get()));
        if (!taken) {
            answers.refuse(stanza, StanzaError.of(StanzaError.Condition.ITEM_NOT_FOUND, "no such conference"));
        }
    }
}
