package org.confocal.tests.sim;

import java.util.Map;
import java.util.Optional;
import org.confocal.focus.conference.Effect;
import org.confocal.focus.model.AuthenticationReply;
import org.confocal.focus.model.BridgeRequest;
import org.confocal.focus.model.Caps;
import org.confocal.focus.model.ConferenceAnswer;
import org.confocal.focus.model.FocusPresence;
import org.confocal.focus.model.IceTransport;
import org.confocal.focus.model.Jid;
import org.confocal.focus.model.MutedMedia;
import org.confocal.focus.model.Offer;
import org.confocal.focus.model.OwnedSources;
import org.confocal.focus.model.RequestId;
import org.confocal.focus.model.SessionId;
import org.confocal.focus.model.SourceEncoding;
import org.confocal.focus.model.StanzaError;
import org.confocal.focus.model.StanzaRef;
import org.confocal.focus.model.TerminateReason;
import org.confocal.focus.port.AnswerGateway;
import org.confocal.focus.port.BridgeGateway;
import org.confocal.focus.port.FocusPorts;
import org.confocal.focus.port.ParticipantGateway;
import org.confocal.focus.port.RoomGateway;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.RoomId;

/** The focus' ways out: to simulated rooms and bridges. Signalling that nobody in a simulated room reacts to goes nowhere. */
final class SimPorts implements RoomGateway, ParticipantGateway, BridgeGateway, AnswerGateway {
    private final Map<RoomId, SimRoom> rooms;
    private final SimFleet fleet;

    SimPorts(Map<RoomId, SimRoom> rooms, SimFleet fleet) {
        this.rooms = rooms;
        this.fleet = fleet;
    }

    FocusPorts all() {
        return new FocusPorts(this, this, this, this);
    }

    private SimRoom room(RoomId id) {
        return Optional.ofNullable(rooms.get(id)).orElseThrow(() -> new Violation("there is no room " + id));
    }

    /** The room whose occupant sent a stanza. */
    private SimRoom room(StanzaRef stanza) {
        return room(new RoomId(bare(stanza.from())));
    }

    private static String bare(Jid jid) {
        int slash = jid.value().indexOf('/');
        return slash < 0 ? jid.value() : jid.value().substring(0, slash);
    }

    @Override
    public void join(RoomId room) {
        room(room).join();
    }

    @Override
    public void leave(RoomId room) {
        room(room).focusLeaves();
    }

    @Override
    public void publish(RoomId room, FocusPresence presence) {}

    @Override
    public void grantOwner(RoomId room, Jid bareJid) {}

    @Override
    public void discoverFeatures(RoomId room, RequestId request, EndpointId id, Optional<Caps> caps) {
        room(room).discover(request, id);
    }

    @Override
    public void offer(RoomId room, EndpointId id, Offer offer) {
        room(room).offer(id, offer);
    }

    @Override
    public void addSources(
            RoomId room, EndpointId id, SessionId session, OwnedSources sources, SourceEncoding encoding) {}

    @Override
    public void removeSources(
            RoomId room, EndpointId id, SessionId session, OwnedSources sources, SourceEncoding encoding) {}

    @Override
    public void transportInfo(RoomId room, EndpointId id, SessionId session, IceTransport transport) {}

    @Override
    public void terminate(RoomId room, EndpointId id, SessionId session, TerminateReason reason) {
        room(room).terminate(new Effect.SendTerminate(id, session, reason));
    }

    @Override
    public void mute(RoomId room, EndpointId id, MutedMedia media, EndpointId actor) {}

    @Override
    public void modify(RoomId room, RequestId request, BridgeId bridge, BridgeRequest change) {
        fleet.modify(room, request, bridge, change);
    }

    @Override
    public void await(RoomId room, RequestId request, BridgeId bridge) {}

    @Override
    public void awaitOffer(RoomId room, EndpointId id, SessionId session, Offer.Kind kind) {}

    @Override
    public void restore(RoomId room, Optional<FocusPresence> shown, Stage stage) {}

    @Override
    public void check(BridgeId bridge) {
        fleet.check(bridge);
    }

    @Override
    public void acknowledge(StanzaRef stanza) {
        room(stanza).acknowledged(stanza);
    }

    @Override
    public void refuse(StanzaRef stanza, StanzaError error) {
        room(stanza).refused(stanza, error);
    }

    @Override
    public void answer(StanzaRef stanza, ConferenceAnswer answer) {
        room(answer.room()).answered(answer.ready());
    }

    @Override
    public void answer(StanzaRef stanza, AuthenticationReply reply) {}
}
