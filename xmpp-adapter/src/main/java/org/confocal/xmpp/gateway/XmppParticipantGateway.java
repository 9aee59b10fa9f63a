package org.confocal.xmpp.gateway;

import java.util.Optional;
import java.util.function.Function;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.conference.ConferenceInput.OfferAnswer;
import org.confocal.focus.model.Caps;
import org.confocal.focus.model.Feature;
import org.confocal.focus.model.IceTransport;
import org.confocal.focus.model.MutedMedia;
import org.confocal.focus.model.Offer;
import org.confocal.focus.model.OwnedSources;
import org.confocal.focus.model.RequestId;
import org.confocal.focus.model.SessionId;
import org.confocal.focus.model.SourceEncoding;
import org.confocal.focus.model.TerminateReason;
import org.confocal.focus.port.FocusInbox;
import org.confocal.focus.port.ParticipantGateway;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.RoomId;
import org.confocal.xmpp.IqReply;
import org.confocal.xmpp.XmppConnection;
import org.confocal.xmpp.codec.Addresses;
import org.confocal.xmpp.codec.JingleCodec;
import org.confocal.xmpp.codec.MuteCodec;
import org.jivesoftware.smack.packet.IQ;
import org.jxmpp.jid.Jid;

/** Members of rooms: disco, Jingle and mute (spec/03, spec/02 section 10). Only an offer waits for its answer. */
final class XmppParticipantGateway implements ParticipantGateway {
    private final XmppConnection connection;
    private final FocusInbox inbox;
    private final FeatureDiscovery discovery;

    XmppParticipantGateway(XmppConnection connection, FocusInbox inbox) {
        this.connection = connection;
        this.inbox = inbox;
        this.discovery = new FeatureDiscovery(connection);
    }

    @Override
    public void discoverFeatures(RoomId room, RequestId request, EndpointId id, Optional<Caps> caps) {
        Optional<Jid> member = Addresses.occupant(room, id);
        if (member.isEmpty()) {
            inbox.happened(room, new ConferenceInput.FeaturesDiscovered(request, id, Feature.DEFAULTS));
            return;
        }
        discovery.discover(
                member.get(),
                caps,
                features -> inbox.happened(room, new ConferenceInput.FeaturesDiscovered(request, id, features)));
    }

    @Override
    public void offer(RoomId room, EndpointId id, Offer offer) {
        Optional<Jid> to = Addresses.occupant(room, id);
        if (to.isEmpty()) {
            answered(room, id, offer.session(), OfferAnswer.REFUSED);
            return;
        }
        IQ iq = JingleCodec.offer(to.get(), connection.self(), offer);
        iq.setStanzaId(RequestIds.offer(offer.session(), offer.kind()));
        connection.request(iq, reply -> answered(room, id, offer.session(), answer(reply)));
    }

    @Override
    public void awaitOffer(RoomId room, EndpointId id, SessionId session, Offer.Kind kind) {
        Addresses.occupant(room, id)
                .ifPresent(to -> connection.expect(
                        RequestIds.offer(session, kind), to, reply -> answered(room, id, session, answer(reply))));
    }

    private void answered(RoomId room, EndpointId id, SessionId session, OfferAnswer answer) {
        inbox.happened(room, new ConferenceInput.OfferAnswered(id, session, answer));
    }

    private static OfferAnswer answer(IqReply reply) {
        return switch (reply) {
            case IqReply.Result result -> OfferAnswer.ACKNOWLEDGED;
            case IqReply.Failed failed -> OfferAnswer.REFUSED;
            case IqReply.TimedOut timedOut -> OfferAnswer.NO_REPLY;
            case IqReply.ConnectionLost lost -> OfferAnswer.NO_REPLY;
            case IqReply.NotSent notSent -> OfferAnswer.NO_REPLY;
        };
    }

    @Override
    public void addSources(
            RoomId room, EndpointId id, SessionId session, OwnedSources sources, SourceEncoding encoding) {
        send(room, id, to -> JingleCodec.sourceAdd(to, session, sources, encoding));
    }

    @Override
    public void removeSources(
            RoomId room, EndpointId id, SessionId session, OwnedSources sources, SourceEncoding encoding) {
        send(room, id, to -> JingleCodec.sourceRemove(to, session, sources, encoding));
    }

    @Override
    public void transportInfo(RoomId room, EndpointId id, SessionId session, IceTransport transport) {
        send(room, id, to -> JingleCodec.transportInfo(to, session, transport));
    }

    @Override
    public void terminate(RoomId room, EndpointId id, SessionId session, TerminateReason reason) {
        send(room, id, to -> JingleCodec.terminate(to, session, reason));
    }

    @Override
    public void mute(RoomId room, EndpointId id, MutedMedia media, EndpointId actor) {
        Addresses.occupant(room, actor).ifPresent(by -> send(room, id, to -> MuteCodec.mute(to, media, by)));
    }

    private void send(RoomId room, EndpointId id, Function<Jid, IQ> iq) {
        Addresses.occupant(room, id).ifPresent(to -> connection.send(iq.apply(to)));
    }
}
