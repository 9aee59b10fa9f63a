package org.confocal.focus.conference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.confocal.focus.conference.RelayNews.Item;
import org.confocal.focus.conference.state.Allocation;
import org.confocal.focus.conference.state.Announcement;
import org.confocal.focus.conference.state.BridgeSession;
import org.confocal.focus.conference.state.Member;
import org.confocal.focus.conference.state.OrderedMap;
import org.confocal.focus.conference.state.Pending;
import org.confocal.focus.conference.state.Pending.Attempt;
import org.confocal.focus.conference.state.Pending.Said;
import org.confocal.focus.conference.state.RelayEnd;
import org.confocal.focus.conference.state.RelayEnd.Stage;
import org.confocal.focus.config.ConferenceConfig;
import org.confocal.focus.model.BridgeRequest;
import org.confocal.focus.model.BridgeRequest.Details;
import org.confocal.focus.model.BridgeRequest.EndpointRequest;
import org.confocal.focus.model.BridgeRequest.Lifecycle;
import org.confocal.focus.model.BridgeRequest.NewRelay;
import org.confocal.focus.model.BridgeRequest.RelayRequest;
import org.confocal.focus.model.BridgeRequest.RelaySide;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.IceTransport;
import org.confocal.focus.model.RequestId;
import org.confocal.focus.offer.OfferFactory;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.cascade.Link;

/** Says to bridges what concerns their relays (spec/04, section 3). */
final class RelayRequests {
    /** Endpoints in one request; a large room is told in several, so that no stanza grows without bound. */
    static final int MAX_ENDPOINTS = 100;

    private final ConferenceConfig config;
    private final BridgeRequests bridges;

    RelayRequests(ConferenceConfig config, BridgeRequests bridges) {
        this.config = config;
        this.bridges = bridges;
    }

    /**
     * Asks a bridge for its end of a link.
     *
     * @param heard all that it hears over it
     * @param announced what is known of these
     */
    RelayEnd create(
            Draft d,
            BridgeSession at,
            BridgeSession peer,
            Link link,
            RelaySide side,
            List<Item> heard,
            OrderedMap<EndpointId, Announcement> announced) {
        RequestId request = d.newRequest();
        RelayEnd end = new RelayEnd(at.bridge(), peer.bridge(), relayId(peer), link.mesh(), side, request, Stage.ASKED);
        NewRelay create = new NewRelay(
                link.mesh().value(), side, config.octo().sctpDataChannels(), OfferFactory.all(config.codecs()));
        List<EndpointRequest> first = endpoints(d, heard.subList(0, Math.min(heard.size(), MAX_ENDPOINTS)), announced);
        d.pending.put(request, new Pending.RelayCreate(request, where(at), end.peer()));
        send(
                d,
                request,
                end,
                new RelayRequest(end.peerRelayId(), Lifecycle.CREATE, Optional.of(create), Optional.empty(), first));
        tell(d, end, heard.subList(first.size(), heard.size()), announced);
        return end;
    }

    /** Tells a bridge of endpoints that it hears over a relay, or no longer hears. */
    void tell(Draft d, RelayEnd end, List<Item> news, OrderedMap<EndpointId, Announcement> announced) {
        for (int from = 0; from < news.size(); from += MAX_ENDPOINTS) {
            List<Item> some = news.subList(from, Math.min(news.size(), from + MAX_ENDPOINTS));
            change(d, end, Lifecycle.UPDATE, Optional.empty(), endpoints(d, some, announced), Attempt.FIRST);
        }
    }

    /**
     * Tells a bridge once more what it may not have heard, as it is by now: a request without an answer may have been
     * carried out, and a bridge takes the create of an endpoint that it hears over the same relay for an update.
     */
    void repeat(Draft d, RelayEnd end, Said said) {
        List<Item> items = new ArrayList<>();
        for (EndpointId id : said.about()) {
            boolean heard = d.relays
                    .announced()
                    .get(id)
                    .map(announcement -> d.relays.cascade().hearers(announcement.home()))
                    .filter(hearers -> end.peer().equals(hearers.get(end.at())))
                    .isPresent();
            items.add(new Item(id, heard ? Lifecycle.CREATE : Lifecycle.EXPIRE));
        }
        change(d, end, Lifecycle.UPDATE, said.transport(), endpoints(d, items, d.relays.announced()), Attempt.REPEATED);
    }

    /** Hands a bridge the transport of the other end. */
    void transport(Draft d, RelayEnd end, IceTransport remote) {
        change(d, end, Lifecycle.UPDATE, Optional.of(remote), List.of(), Attempt.FIRST);
    }

    /** Ends a relay. */
    void expire(Draft d, RelayEnd end) {
        change(d, end, Lifecycle.EXPIRE, Optional.empty(), List.of(), Attempt.FIRST);
    }

    private static void change(
            Draft d,
            RelayEnd end,
            Lifecycle lifecycle,
            Optional<IceTransport> remote,
            List<EndpointRequest> endpoints,
            Attempt attempt) {
        BridgeSession at = d.bridges
                .get(end.at())
                .orElseThrow(() -> new IllegalStateException("a relay on a bridge without a session: " + end));
        RequestId request = d.newRequest();
        List<EndpointId> about = endpoints.stream().map(EndpointRequest::id).toList();
        Said said = new Said(end.request(), about, remote, attempt);
        d.pending.put(request, new Pending.RelayChange(request, where(at), end.peer(), said));
        send(d, request, end, new RelayRequest(end.peerRelayId(), lifecycle, Optional.empty(), remote, endpoints));
    }

    private static void send(Draft d, RequestId request, RelayEnd end, RelayRequest relay) {
        d.emit(new Effect.ModifyConference(request, end.at(), new BridgeRequest(d.meeting(), relay)));
    }

    private List<EndpointRequest> endpoints(Draft d, List<Item> news, OrderedMap<EndpointId, Announcement> announced) {
        List<EndpointRequest> endpoints = new ArrayList<>();
        for (Item item : news) {
            Optional<EndpointSources> sources = announced.get(item.id()).map(Announcement::sources);
            endpoints.add(
                    switch (item.what()) {
                        case CREATE -> endpoint(item, Optional.of(member(d, item.id())), sources);
                        case UPDATE -> endpoint(item, Optional.empty(), sources);
                        case EXPIRE -> endpoint(item, Optional.empty(), Optional.empty());
                    });
        }
        return endpoints;
    }

    private EndpointRequest endpoint(Item item, Optional<Member> created, Optional<EndpointSources> sources) {
        return new EndpointRequest(
                item.id(),
                item.what(),
                created.flatMap(member -> member.presence().statsId()),
                created.map(member -> new Details(
                        List.of(), bridges.capabilities(member, SignalingMachine.features(member)), false, false)),
                Optional.empty(),
                sources,
                Optional.empty(),
                OptionalInt.empty());
    }

    private static Member member(Draft d, EndpointId id) {
        return d.members.get(id).orElseThrow(() -> new IllegalStateException(id + " is announced and not here"));
    }

    private static String relayId(BridgeSession session) {
        return session.relayId()
                .orElseThrow(() -> new IllegalStateException(session.bridge() + " is linked and cannot relay"));
    }

    private static Allocation where(BridgeSession session) {
        return new Allocation(session.bridge(), session.id());
    }
}
