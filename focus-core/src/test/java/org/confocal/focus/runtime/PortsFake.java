package org.confocal.focus.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
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

/** Writes down what the core wants, as one line a call; used from any thread. */
final class PortsFake implements RoomGateway, ParticipantGateway, BridgeGateway, AnswerGateway {
    final List<String> calls = Collections.synchronizedList(new ArrayList<>());

    FocusPorts ports() {
        return new FocusPorts(this, this, this, this);
    }

    /** The calls that start like this. */
    List<String> calls(String start) {
        synchronized (calls) {
            return calls.stream().filter(call -> call.startsWith(start)).toList();
        }
    }

    @Override
    public void join(RoomId room) {
        calls.add("join " + room.local());
    }

    @Override
    public void leave(RoomId room) {
        calls.add("leave " + room.local());
    }

    @Override
    public void publish(RoomId room, FocusPresence presence) {
        calls.add("publish " + room.local());
    }

    @Override
    public void grantOwner(RoomId room, Jid bareJid) {
        calls.add("grant " + room.local() + " " + bareJid);
    }

    @Override
    public void discoverFeatures(RoomId room, RequestId request, EndpointId id, Optional<Caps> caps) {
        calls.add("discover " + room.local() + " " + id);
    }

    @Override
    public void offer(RoomId room, EndpointId id, Offer offer) {
        calls.add("offer " + room.local() + " " + id);
    }

    @Override
    public void addSources(
            RoomId room, EndpointId id, SessionId session, OwnedSources sources, SourceEncoding encoding) {
        calls.add("add " + room.local() + " " + id);
    }

    @Override
    public void removeSources(
            RoomId room, EndpointId id, SessionId session, OwnedSources sources, SourceEncoding encoding) {
        calls.add("remove " + room.local() + " " + id);
    }

    @Override
    public void transportInfo(RoomId room, EndpointId id, SessionId session, IceTransport transport) {
        calls.add("transport " + room.local() + " " + id);
    }

    @Override
    public void terminate(RoomId room, EndpointId id, SessionId session, TerminateReason reason) {
        calls.add("terminate " + room.local() + " " + id + " " + reason);
    }

    @Override
    public void mute(RoomId room, EndpointId id, MutedMedia media, EndpointId actor) {
        calls.add("mute " + room.local() + " " + id + " " + media);
    }

    @Override
    public void modify(RoomId room, RequestId request, BridgeId bridge, BridgeRequest change) {
        calls.add("modify " + room.local() + " " + bridge.nick() + (change.expire() ? " expire" : ""));
    }

    @Override
    public void await(RoomId room, RequestId request, BridgeId bridge) {
        calls.add("await " + room.local() + " " + bridge.nick());
    }

    @Override
    public void awaitOffer(RoomId room, EndpointId id, SessionId session, Offer.Kind kind) {
        calls.add("awaitOffer " + room.local() + " " + id);
    }

    @Override
    public void restore(RoomId room, Optional<FocusPresence> shown, Stage stage) {
        calls.add("restore " + room.local() + " " + stage);
    }

    @Override
    public void check(BridgeId bridge) {
        calls.add("check " + bridge.nick());
    }

    @Override
    public void acknowledge(StanzaRef stanza) {
        calls.add("acknowledge " + stanza.id());
    }

    @Override
    public void refuse(StanzaRef stanza, StanzaError error) {
        calls.add("refuse " + stanza.id() + " " + error.condition().element());
    }

    @Override
    public void answer(StanzaRef stanza, ConferenceAnswer answer) {
        calls.add("answer " + stanza.id() + " ready=" + answer.ready()
                + answer.login().map(login -> " to " + login.identity()).orElse(""));
    }

    @Override
    public void answer(StanzaRef stanza, AuthenticationReply reply) {
        calls.add(
                switch (reply) {
                    case AuthenticationReply.LoginUrl login ->
                        "login " + stanza.id() + " at " + login.url().orElse("-");
                    case AuthenticationReply.LoggedOut out -> "logged out " + stanza.id();
                    case AuthenticationReply.Refused refused ->
                        "refuse " + stanza.id() + " "
                                + refused.error().condition().element();
                });
    }
}
