package org.confocal.tests.bridge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.confocal.tests.bridge.BridgeConfig.DataChannels;
import org.confocal.tests.bridge.BridgeConfig.WebSockets;
import org.confocal.tests.bridge.EndpointBook.Role;
import org.confocal.tests.xmpp.Element;
import org.confocal.tests.xmpp.Ns;

/**
 * Decides how a bridge answers colibri2 (spec/04, 7): books and request in, books and answer out. Random only in the
 * credentials it makes up. Used by one thread.
 */
public final class ColibriResponder {
    private final BridgeConfig config;
    private final BridgeTransport transports;

    public ColibriResponder(BridgeConfig config, RandomGenerator random) {
        this.config = config;
        this.transports = new BridgeTransport(config, random);
    }

    /** Answers one {@code <conference-modify>}. */
    public ColibriAnswer answer(BridgeBooks books, Element modify, Set<BridgeFlag> flags, Instant now) {
        Optional<String> meetingId = modify.attribute("meeting-id");
        if (meetingId.isEmpty()) {
            return refused(books, "bad-request", Optional.empty(), "no meeting-id");
        }
        Optional<ConferenceBook> known = books.conference(meetingId.get());
        boolean create = modify.isTrue("create");
        if (create && known.isPresent()) {
            return refused(books, "conflict", Optional.of("conference_already_exists"), "conference already exists");
        }
        if (!create && known.isEmpty()) {
            return refused(books, "item-not-found", Optional.of("conference_not_found"), "conference not found");
        }
        boolean leaving = flags.contains(BridgeFlag.GRACEFUL_SHUTDOWN) || flags.contains(BridgeFlag.SHUTTING_DOWN);
        if (create && leaving) {
            return refused(books, "service-unavailable", Optional.of("graceful_shutdown"), "in graceful shutdown");
        }
        if (modify.isTrue("expire")) {
            return new ColibriAnswer.Modified(
                    books.without(meetingId.get()), Element.of("conference-modified", Ns.COLIBRI2));
        }
        if (known.isPresent()) {
            return new Exchange(books, known.get(), now).carryOut(modify);
        }
        ConferenceBook opened = transports.conference(meetingId.get(), modify.value("name"));
        return new Exchange(books.created(opened), opened, now).carryOut(modify);
    }

    private static ColibriAnswer refused(BridgeBooks books, String condition, Optional<String> reason, String text) {
        return new ColibriAnswer.Refused(books, condition, reason, text, Optional.empty());
    }

    /** One request while it is being carried out: what has been applied and said so far. */
    private final class Exchange {
        private final Instant now;
        private final List<Element> said = new ArrayList<>();
        private final BridgeBooks books;
        private ConferenceBook conference;
        private int created;

        Exchange(BridgeBooks books, ConferenceBook conference, Instant now) {
            this.books = books;
            this.conference = conference;
            this.now = now;
        }

        ColibriAnswer carryOut(Element modify) {
            boolean create = modify.isTrue("create");
            List<Element> endpoints = modify.each("endpoint").toList();
            List<Element> relays = modify.each("relay").toList();
            boolean several = endpoints.size() > 1 && endpoints.stream().anyMatch(ColibriResponder::isSubstantial);
            if ((!endpoints.isEmpty() && !relays.isEmpty()) || relays.size() > 1 || several) {
                return refused(
                        applied(),
                        "feature-not-implemented",
                        Optional.of("feature_not_implemented"),
                        "mixed or batched request");
            }
            for (Element endpoint : endpoints) {
                Optional<ColibriAnswer> refused = endpoint(endpoint);
                if (refused.isPresent()) {
                    return refused.get();
                }
            }
            for (Element relay : relays) {
                Optional<ColibriAnswer> refused = relay(relay);
                if (refused.isPresent()) {
                    return refused.get();
                }
            }
            Optional<ColibriAnswer> refused = connects(modify);
            if (refused.isPresent()) {
                return refused.get();
            }
            if (create || endpoints.stream().anyMatch(each -> each.isTrue("create"))) {
                said.add(feedback());
            }
            BridgeBooks after = applied();
            if (!create && conference.isEmpty()) {
                after = after.without(conference.meetingId());
            }
            return new ColibriAnswer.Modified(
                    after, Element.of("conference-modified", Ns.COLIBRI2).add(said));
        }

        private BridgeBooks applied() {
            return books.with(conference.at(now), created);
        }

        private Optional<ColibriAnswer> refuse(String condition, String text) {
            return Optional.of(refused(applied(), condition, Optional.empty(), text));
        }

        /** One endpoint; answers only where it is refused. */
        private Optional<ColibriAnswer> endpoint(Element request) {
            String id = request.value("id");
            if (request.isTrue("expire")) {
                conference = conference.withoutEndpoint(id);
                said.add(Element.of("endpoint").with("expire", "true").with("id", id));
                return Optional.empty();
            }
            Optional<EndpointBook> known = conference.endpoint(id);
            if (request.isTrue("create")) {
                return create(request, known);
            }
            if (known.isEmpty()) {
                if (isSubstantial(request)) {
                    return Optional.of(new ColibriAnswer.Refused(
                            applied(),
                            "item-not-found",
                            Optional.of("unknown_endpoint"),
                            "unknown endpoint " + id,
                            Optional.of(id)));
                }
                said.add(Element.of("endpoint").with("id", id));
                return Optional.empty();
            }
            return update(request, known.get(), Optional.empty());
        }

        private Optional<ColibriAnswer> create(Element request, Optional<EndpointBook> known) {
            String id = request.value("id");
            if (known.isPresent()) {
                return refuse("conflict", "endpoint " + id + " exists");
            }
            EndpointBook endpoint = EndpointBook.created(request);
            Optional<Element> transport = request.child("transport");
            if (id.isEmpty() || transport.isEmpty() || !endpoint.capabilities().contains("source-names")) {
                return refuse("bad-request", "an endpoint needs id, transport and source-names");
            }
            Element answered =
                    Element.of("transport").add(transports.forEndpoint(conference, endpoint, OptionalInt.empty()));
            Optional<Element> sctp = transport.get().child("sctp");
            if (sctp.isPresent()) {
                if (config.dataChannels() == DataChannels.NOT_OFFERED
                        || sctp.get().value("role").equals("client")) {
                    return refuse("feature-not-implemented", "no SCTP for " + id);
                }
                answered = answered.add(Element.of("sctp").with("port", "5000").with("role", "server"));
            }
            created++;
            return update(request, endpoint, Optional.of(answered));
        }

        private Optional<ColibriAnswer> update(Element request, EndpointBook before, Optional<Element> ownTransport) {
            EndpointBook endpoint = before;
            Optional<Element> answered = ownTransport;
            Optional<Element> sources = request.child("sources");
            if (sources.isPresent()) {
                if (endpoint.role() == Role.VISITOR && !sources.get().children().isEmpty()) {
                    return refuse("bad-request", "a visitor has no sources");
                }
                endpoint = endpoint.withSources(sources.get());
            }
            Optional<Element> transport = request.child("transport");
            if (transport.flatMap(each -> each.child("transport", Ns.ICE)).isPresent()) {
                endpoint = endpoint.withTransport();
            }
            if (transport.filter(each -> each.isTrue("ice-restart")).isPresent()) {
                endpoint = endpoint.withIceRestart();
                answered = Optional.of(Element.of("transport")
                        .add(transports.forEndpoint(conference, endpoint, OptionalInt.of(endpoint.iceGeneration()))));
            }
            Optional<Element> lastN = request.child("initial-last-n");
            if (lastN.isPresent()) {
                endpoint = endpoint.withLastN(Integer.parseInt(lastN.get().value("value")));
            }
            Optional<Element> muted = request.child("force-mute");
            if (muted.isPresent()) {
                endpoint = endpoint.withForceMuted(mutedMedia(muted.get()));
            }
            conference = conference.with(endpoint);
            Element answer = Element.of("endpoint").with("id", endpoint.id());
            said.add(answered.map(answer::add).orElse(answer));
            return Optional.empty();
        }

        private Optional<ColibriAnswer> relay(Element request) {
            String id = request.value("id");
            if (config.relayId().isEmpty()) {
                return refuse("feature-not-implemented", "relays are off");
            }
            if (request.isTrue("expire")) {
                conference = conference.withoutRelay(id);
                said.add(Element.of("relay").with("expire", "true").with("id", id));
                return Optional.empty();
            }
            Optional<RelayBook> known = conference.relay(id);
            if (request.isTrue("create")) {
                return createRelay(request, known);
            }
            if (known.isEmpty()) {
                return refuse("bad-request", "unknown relay " + id);
            }
            conference = conference.with(known.get().with(request));
            said.add(Element.of("relay").with("id", id));
            return Optional.empty();
        }

        private Optional<ColibriAnswer> createRelay(Element request, Optional<RelayBook> known) {
            String id = request.value("id");
            if (known.isPresent()) {
                return refuse("conflict", "relay " + id + " exists");
            }
            Optional<Element> transport = request.child("transport");
            if (id.isEmpty() || transport.isEmpty()) {
                return refuse("bad-request", "a relay needs id and transport");
            }
            Element answered = Element.of("transport").add(transports.forRelay(conference, request));
            Optional<Element> sctp = transport.get().child("sctp");
            if (sctp.isPresent()) {
                if (config.dataChannels() == DataChannels.NOT_OFFERED) {
                    return refuse("feature-not-implemented", "no SCTP for relay " + id);
                }
                String own = sctp.get().value("role").equals("client") ? "server" : "client";
                answered = answered.add(Element.of("sctp").with("port", "5000").with("role", own));
            } else if (config.webSockets() == WebSockets.OFF) {
                return refuse("internal-server-error", "neither websockets nor SCTP for relay " + id);
            }
            conference = conference.with(RelayBook.created(request).with(request));
            said.add(Element.of("relay").with("id", id).add(answered));
            return Optional.empty();
        }

        private Optional<ColibriAnswer> connects(Element modify) {
            SequencedSet<String> ids = new LinkedHashSet<>(conference.connects());
            Set<String> named = new HashSet<>();
            for (Element each : modify.each("connects")
                    .flatMap(list -> list.each("connect"))
                    .toList()) {
                String id = each.value("id");
                boolean replaced = each.isTrue("expire");
                boolean ok = named.add(id + replaced);
                if (replaced) {
                    ids.remove(id);
                } else {
                    ok &= each.isTrue("create") ? ids.add(id) : ids.contains(id);
                }
                if (!ok) {
                    return refuse("bad-request", "connect " + id);
                }
            }
            conference = conference.withConnects(ids);
            return Optional.empty();
        }

        private Element feedback() {
            return Element.of("sources")
                    .add(own("audio", "jvb-a0", conference.feedbackAudio()))
                    .add(own("video", "jvb-v0", conference.feedbackVideo()));
        }

        private static Element own(String type, String name, long ssrc) {
            return Element.of("media-source")
                    .with("type", type)
                    .with("id", name)
                    .add(Element.of("source", Ns.SSMA).with("name", name).with("ssrc", Long.toString(ssrc)));
        }
    }

    /** Whether an entry says more than expire or force-mute: only one such is allowed in a request. */
    private static boolean isSubstantial(Element endpoint) {
        return endpoint.isTrue("create")
                || endpoint.child("media").isPresent()
                || endpoint.child("transport").isPresent()
                || endpoint.child("sources").isPresent();
    }

    private static Set<String> mutedMedia(Element forceMute) {
        Set<String> muted = new HashSet<>();
        for (String media : List.of("audio", "video")) {
            if (forceMute.isTrue(media)) {
                muted.add(media);
            }
        }
        return muted;
    }
}
