package org.confocal.focus.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.model.AuthenticationReply;
import org.confocal.focus.model.BridgeAnswer;
import org.confocal.focus.model.BridgeRequest;
import org.confocal.focus.model.Caps;
import org.confocal.focus.model.ConferenceAnswer;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.Feature;
import org.confocal.focus.model.FocusPresence;
import org.confocal.focus.model.IceTransport;
import org.confocal.focus.model.Jid;
import org.confocal.focus.model.JingleRequest;
import org.confocal.focus.model.MediaType;
import org.confocal.focus.model.MutedMedia;
import org.confocal.focus.model.Offer;
import org.confocal.focus.model.OwnedSources;
import org.confocal.focus.model.RequestId;
import org.confocal.focus.model.RoomForm;
import org.confocal.focus.model.SessionId;
import org.confocal.focus.model.Source;
import org.confocal.focus.model.SourceEncoding;
import org.confocal.focus.model.Ssrc;
import org.confocal.focus.model.StanzaError;
import org.confocal.focus.model.StanzaRef;
import org.confocal.focus.model.TerminateReason;
import org.confocal.focus.model.VideoType;
import org.confocal.focus.port.AnswerGateway;
import org.confocal.focus.port.BridgeGateway;
import org.confocal.focus.port.FocusInbox;
import org.confocal.focus.port.FocusPorts;
import org.confocal.focus.port.ParticipantGateway;
import org.confocal.focus.port.RoomGateway;
import org.confocal.focus.serial.Receipt;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.RoomId;
import org.jspecify.annotations.Nullable;

/**
 * A world that answers at once and as it should: rooms that can be joined, people who accept, bridges that keep books. Used
 * from any thread.
 */
final class WorldFake implements RoomGateway, ParticipantGateway, BridgeGateway, AnswerGateway {
    private static final IceTransport TRANSPORT = new IceTransport(
            Optional.of("ufrag"),
            Optional.of("pwd"),
            true,
            List.of(),
            List.of(),
            List.of("wss://jvb1.example.org/colibri-ws"),
            OptionalInt.empty());

    private static final IceTransport RELAY_TRANSPORT = new IceTransport(
            Optional.of("ufrag"),
            Optional.of("pwd"),
            true,
            List.of(new IceTransport.Fingerprint("sha-256", Optional.of("actpass"), false, false, "AB:CD")),
            List.of(),
            List.of("wss://jvb1.example.org/relay"),
            OptionalInt.empty());

    private final AtomicInteger stanzas = new AtomicInteger();
    private final Map<BridgeId, Map<String, Set<EndpointId>>> books = new ConcurrentHashMap<>();
    private @Nullable FocusInbox inbox;

    final AtomicInteger offers = new AtomicInteger();
    final AtomicInteger accepted = new AtomicInteger();
    final AtomicInteger ready = new AtomicInteger();
    final Set<RoomId> joined = ConcurrentHashMap.newKeySet();
    /** One for each offer. */
    final List<SessionId> sessions = java.util.Collections.synchronizedList(new ArrayList<>());

    final List<String> errors = java.util.Collections.synchronizedList(new ArrayList<>());

    FocusPorts ports() {
        return new FocusPorts(this, this, this, this);
    }

    void attach(FocusInbox focus) {
        inbox = focus;
    }

    /** How many endpoints this bridge carries. */
    int endpointsOn(BridgeId bridge) {
        return books.getOrDefault(bridge, Map.of()).values().stream()
                .mapToInt(Set::size)
                .sum();
    }

    int conferencesOn(BridgeId bridge) {
        return books.getOrDefault(bridge, Map.of()).size();
    }

    private void tell(RoomId room, ConferenceInput input) {
        if (inbox == null) {
            throw new IllegalStateException("nobody to tell");
        }
        FocusInbox told = inbox;
        // What comes of this comes in by itself, not by what is being handled just now.
        Receipt.NONE.during(() -> told.happened(room, input));
    }

    @Override
    public void join(RoomId room) {
        joined.add(room);
        tell(room, new ConferenceInput.RoomJoined(RoomForm.PLAIN, List.of()));
    }

    @Override
    public void leave(RoomId room) {
        joined.remove(room);
    }

    @Override
    public void publish(RoomId room, FocusPresence presence) {}

    @Override
    public void grantOwner(RoomId room, Jid bareJid) {}

    @Override
    public void discoverFeatures(RoomId room, RequestId request, EndpointId id, Optional<Caps> caps) {
        tell(room, new ConferenceInput.FeaturesDiscovered(request, id, Feature.DEFAULTS));
    }

    @Override
    public void offer(RoomId room, EndpointId id, Offer offer) {
        offers.incrementAndGet();
        sessions.add(offer.session());
        tell(room, new ConferenceInput.OfferAnswered(id, offer.session(), ConferenceInput.OfferAnswer.ACKNOWLEDGED));
        int number = stanzas.incrementAndGet();
        Source microphone = new Source(
                new Ssrc(1_000_000L + number),
                MediaType.AUDIO,
                Optional.of(id + "-a0"),
                Optional.of("stream" + number + " track" + number),
                VideoType.CAMERA);
        JingleRequest accept = new JingleRequest.Accept(
                Optional.of(offer.session()),
                new EndpointSources(List.of(microphone), List.of()),
                Optional.of(TRANSPORT),
                OptionalInt.empty());
        StanzaRef stanza =
                new StanzaRef(new Jid(room + "/" + id), new Jid("focus@focus.example.org/focus"), "accept-" + number);
        tell(room, new ConferenceInput.JingleReceived(stanza, id, accept));
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
    public void terminate(RoomId room, EndpointId id, SessionId session, TerminateReason reason) {}

    @Override
    public void mute(RoomId room, EndpointId id, MutedMedia media, EndpointId actor) {}

    @Override
    public void await(RoomId room, RequestId request, BridgeId bridge) {}

    @Override
    public void awaitOffer(RoomId room, EndpointId id, SessionId session, Offer.Kind kind) {}

    @Override
    public void restore(RoomId room, Optional<FocusPresence> shown, Stage stage) {}

    @Override
    public void modify(RoomId room, RequestId request, BridgeId bridge, BridgeRequest change) {
        boolean known = books.getOrDefault(bridge, Map.of())
                .containsKey(change.meeting().value());
        if (!known && change.create().isEmpty() && !change.expire()) {
            BridgeAnswer refused = new BridgeAnswer.Refused(
                    "item-not-found", Optional.of("conference_not_found"), Optional.empty(), "");
            tell(room, new ConferenceInput.BridgeAnswered(request, refused));
            return;
        }
        List<BridgeAnswer.EndpointAnswer> endpoints = new ArrayList<>();
        books.computeIfAbsent(bridge, b -> new ConcurrentHashMap<>())
                .compute(change.meeting().value(), (meeting, before) -> {
                    if (change.expire()) {
                        return null;
                    }
                    Set<EndpointId> after = before == null ? new HashSet<>() : before;
                    change.endpoints().forEach(endpoint -> {
                        switch (endpoint.lifecycle()) {
                            case CREATE -> {
                                if (!after.add(endpoint.id())) {
                                    errors.add("created twice: " + endpoint.id());
                                }
                                endpoints.add(new BridgeAnswer.EndpointAnswer(
                                        endpoint.id(), Optional.of(TRANSPORT), OptionalInt.of(5000)));
                            }
                            case UPDATE -> {
                                if (!after.contains(endpoint.id())) {
                                    errors.add("updated without being there: " + endpoint.id());
                                }
                            }
                            case EXPIRE -> after.remove(endpoint.id());
                        }
                    });
                    return after;
                });
        tell(
                room,
                new ConferenceInput.BridgeAnswered(
                        request, new BridgeAnswer.Modified(endpoints, relays(change), EndpointSources.EMPTY)));
    }

    private static List<BridgeAnswer.RelayAnswer> relays(BridgeRequest change) {
        return change.relay().stream()
                .map(relay ->
                        new BridgeAnswer.RelayAnswer(relay.id(), relay.create().map(create -> RELAY_TRANSPORT)))
                .toList();
    }

    /** The bridge crashes: its books are gone. */
    void crash(BridgeId bridge) {
        books.put(bridge, new ConcurrentHashMap<>(new HashMap<>()));
    }

    @Override
    public void check(BridgeId bridge) {}

    @Override
    public void acknowledge(StanzaRef stanza) {
        if (stanza.id().startsWith("accept-")) {
            accepted.incrementAndGet();
        }
    }

    @Override
    public void refuse(StanzaRef stanza, StanzaError error) {
        errors.add("refused " + stanza + ": " + error);
    }

    @Override
    public void answer(StanzaRef stanza, ConferenceAnswer answer) {
        if (answer.ready()) {
            ready.incrementAndGet();
        }
    }

    @Override
    public void answer(StanzaRef stanza, AuthenticationReply reply) {}
}
