package org.confocal.focus.conference;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.confocal.focus.conference.state.Allocation;
import org.confocal.focus.conference.state.BridgeSession;
import org.confocal.focus.conference.state.BridgeSession.Sight;
import org.confocal.focus.conference.state.Member;
import org.confocal.focus.conference.state.Pending;
import org.confocal.focus.config.ConferenceConfig;
import org.confocal.focus.model.BridgeRequest;
import org.confocal.focus.model.BridgeRequest.Capability;
import org.confocal.focus.model.BridgeRequest.EndpointRequest;
import org.confocal.focus.model.BridgeRequest.Lifecycle;
import org.confocal.focus.model.BridgeRequest.Transport;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.Feature;
import org.confocal.focus.model.IceTransport;
import org.confocal.focus.model.MemberPresence.Claim;
import org.confocal.focus.model.RequestId;
import org.confocal.focus.model.SessionId;
import org.confocal.focus.offer.OfferFactory;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.EndpointId;

/**
 * Says to bridges what was decided elsewhere (spec/04, sections 1 and 2), and keeps the books of sessions with them: one
 * begins with the create of its first endpoint and ends with the expire of its last. Requests are not held back for
 * answers; a bridge takes them in order.
 */
final class BridgeRequests {
    static final TimerKey MISSING = new TimerKey.MissingBridges();

    private final ConferenceConfig config;

    BridgeRequests(ConferenceConfig config) {
        this.config = config;
    }

    /**
     * Asks for an endpoint, and for the conference too where this is the first on that bridge.
     *
     * @return the request whose answer says what became of it
     */
    RequestId create(Draft d, BridgeSession session, Member member) {
        Optional<BridgeRequest.Create> conference = Optional.empty();
        if (d.session(session.bridge(), session.id()).isEmpty()) {
            d.bridges.put(session.bridge(), session);
            d.shown = d.shown.withBridgeCount();
            conference = Optional.of(
                    new BridgeRequest.Create(d.room, d.life.settings().rtcstats()));
        }
        Set<Feature> features = SignalingMachine.features(member);
        boolean sctp = OfferFactory.dataChannel(features, config);
        BridgeRequest.Details details = new BridgeRequest.Details(
                OfferFactory.media(config.codecs(), features),
                capabilities(member, features),
                member.visitor(),
                member.presence().diarize());
        EndpointRequest endpoint = new EndpointRequest(
                member.id(),
                Lifecycle.CREATE,
                member.presence().statsId(),
                Optional.of(details),
                Optional.of(new Transport.Allocate(sctp)),
                Optional.of(member.held().isPresent() ? d.sources.of(member.id()) : member.kept()),
                Optional.empty(),
                OptionalInt.empty());
        RequestId request = d.newRequest();
        Allocation where = new Allocation(session.bridge(), session.id());
        d.touched.add(member.id());
        d.pending.put(
                request,
                new Pending.Create(request, where, member.id(), sctp ? Pending.Sctp.ASKED : Pending.Sctp.NOT_ASKED));
        d.emit(new Effect.ModifyConference(
                request, session.bridge(), new BridgeRequest(d.meeting(), conference, false, List.of(endpoint))));
        return request;
    }

    /** The client's side of a session, as its session-accept gave it. */
    void accepted(
            Draft d, Member member, Optional<IceTransport> transport, EndpointSources sources, OptionalInt lastN) {
        change(d, member, transport.map(Transport.Remote::new), Optional.of(sources), lastN);
    }

    /** Everything an endpoint sends now: what is left out is gone. */
    void sources(Draft d, Member member, EndpointSources sources) {
        change(d, member, Optional.empty(), Optional.of(sources), OptionalInt.empty());
    }

    /** Candidates or credentials of the client. */
    void transport(Draft d, Member member, IceTransport transport) {
        change(d, member, Optional.of(new Transport.Remote(transport)), Optional.empty(), OptionalInt.empty());
    }

    /** Restarts ICE in place, for one Jingle session. */
    void iceRestart(Draft d, Member member, SessionId session) {
        Allocation where = allocation(member);
        RequestId request = d.newRequest();
        d.pending.put(request, new Pending.IceRestart(request, where, member.id(), session));
        send(
                d,
                request,
                where.bridge(),
                update(member, Optional.of(new Transport.IceRestart()), Optional.empty(), OptionalInt.empty()));
    }

    /**
     * Asks each bridge whether it has the conference, by a change of nothing: without a create, a bridge that has it not says
     * so (spec/04, section 4).
     */
    void checkAll(Draft d) {
        for (BridgeSession session : d.bridges.values()) {
            RequestId request = d.newRequest();
            d.pending.put(request, new Pending.Check(request, new Allocation(session.bridge(), session.id())));
            d.emit(new Effect.ModifyConference(
                    request, session.bridge(), new BridgeRequest(d.meeting(), Optional.empty(), false, List.of())));
        }
    }

    /** Whether a bridge still has to be told that an endpoint is gone. */
    enum Expiry {
        NEEDED,
        /** The bridge said itself that it does not know the endpoint. */
        NOT_NEEDED
    }

    /**
     * An endpoint has left its bridge: by now no member's invite says that it is there. The last one of a session takes
     * the conference on that bridge with it.
     */
    void release(Draft d, Allocation where, EndpointId id, Expiry expiry) {
        d.emit(new Effect.ReleaseEndpoint(where.bridge(), id));
        d.touched.add(id);
        forgetRestarts(d, id);
        Optional<BridgeSession> session = d.session(where.bridge(), where.session());
        if (session.isEmpty()) {
            return;
        }
        if (d.members.view().stream().noneMatch(member -> isOn(member, session.get()))) {
            expire(d, session.get());
        } else if (expiry == Expiry.NEEDED) {
            RequestId request = d.newRequest();
            d.pending.put(request, new Pending.Change(request, where, id));
            send(
                    d,
                    request,
                    where.bridge(),
                    new EndpointRequest(
                            id,
                            Lifecycle.EXPIRE,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            OptionalInt.empty()));
        }
    }

    /** What comes of a restart is of no use to the next endpoint, which may be in the same Jingle session. */
    private static void forgetRestarts(Draft d, EndpointId id) {
        for (Pending pending : d.pending.values()) {
            if (pending instanceof Pending.IceRestart restart
                    && restart.endpoint().equals(id)) {
                d.pending.remove(restart.request());
            }
        }
    }

    /**
     * Ends the conference on a bridge. The answer does not matter, nor do those that are still out. Its endpoints are the
     * caller's to release.
     */
    void expire(Draft d, BridgeSession session) {
        d.emit(new Effect.ModifyConference(
                d.newRequest(), session.bridge(), new BridgeRequest(d.meeting(), Optional.empty(), true, List.of())));
        d.bridges.remove(session.bridge());
        d.left.add(session.bridge());
        watchMissing(d);
        for (Pending pending : d.pending.values()) {
            if (pending.where().session().equals(session.id())) {
                d.pending.remove(pending.request());
            }
        }
    }

    static boolean anyMissing(Draft d) {
        return d.bridges.values().stream().anyMatch(session -> session.sight() == Sight.MISSING);
    }

    /** Nothing is waited for any more where nothing is missing. */
    static void watchMissing(Draft d) {
        if (!anyMissing(d)) {
            d.cancelTimer(MISSING);
        }
    }

    /** The members with an endpoint, or the promise of one, in a bridge session. */
    List<Member> on(Draft d, BridgeSession session) {
        List<Member> there = new ArrayList<>();
        for (Member member : d.members.view()) {
            if (isOn(member, session)) {
                there.add(member);
            }
        }
        return there;
    }

    private static boolean isOn(Member member, BridgeSession session) {
        return member.invite()
                .allocation()
                .filter(where -> where.session().equals(session.id()))
                .isPresent();
    }

    private void change(
            Draft d,
            Member member,
            Optional<Transport> transport,
            Optional<EndpointSources> sources,
            OptionalInt lastN) {
        Allocation where = allocation(member);
        RequestId request = d.newRequest();
        d.touched.add(member.id());
        d.pending.put(request, new Pending.Change(request, where, member.id()));
        send(d, request, where.bridge(), update(member, transport, sources, lastN));
    }

    private static EndpointRequest update(
            Member member, Optional<Transport> transport, Optional<EndpointSources> sources, OptionalInt lastN) {
        return new EndpointRequest(
                member.id(),
                Lifecycle.UPDATE,
                member.presence().statsId(),
                Optional.empty(),
                transport,
                sources,
                Optional.empty(),
                lastN);
    }

    private static void send(Draft d, RequestId request, BridgeId bridge, EndpointRequest endpoint) {
        d.emit(new Effect.ModifyConference(
                request, bridge, new BridgeRequest(d.meeting(), Optional.empty(), false, List.of(endpoint))));
    }

    Set<Capability> capabilities(Member member, Set<Feature> features) {
        Set<Capability> capabilities = EnumSet.copyOf(OfferFactory.capabilities(features, config));
        if (member.claims().contains(Claim.JIBRI) || member.claims().contains(Claim.JIGASI)) {
            capabilities.add(Capability.PRIVATE_ADDRESS_CONNECTIVITY);
        }
        return capabilities;
    }

    private static Allocation allocation(Member member) {
        return member.invite()
                .allocation()
                .orElseThrow(() -> new IllegalStateException(member.id() + " has no endpoint: " + member.invite()));
    }
}
