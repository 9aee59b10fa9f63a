package org.confocal.tests.sim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.confocal.focus.model.BridgeAnswer;
import org.confocal.focus.model.BridgeAnswer.EndpointAnswer;
import org.confocal.focus.model.BridgeAnswer.RelayAnswer;
import org.confocal.focus.model.BridgeRequest;
import org.confocal.focus.model.BridgeRequest.EndpointRequest;
import org.confocal.focus.model.BridgeRequest.RelayRequest;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.IceTransport;
import org.confocal.focus.model.MediaType;
import org.confocal.focus.model.MeetingId;
import org.confocal.focus.model.Source;
import org.confocal.focus.model.Ssrc;
import org.confocal.focus.model.VideoType;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.BridgeReport;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.Region;

/**
 * A bridge as JVB behaves towards the focus (spec/04, section 7), with books that say what is on it. It does as it is
 * told at once; delays and losses are the world's.
 */
final class SimBridge {
    private static final double PACKETS_PER_ENDPOINT = 600;

    /** In a storm a few people make a bridge hot, so that load is redistributed. */
    private static final double PACKETS_IN_A_STORM = 3_000;

    private final BridgeId id;
    private final Region region;
    private final Optional<String> relayId;
    private final Map<MeetingId, Map<EndpointId, Endpoint>> conferences = new LinkedHashMap<>();
    private final Map<MeetingId, Map<String, SimRelay>> relays = new LinkedHashMap<>();
    private int relaysMade;
    private boolean inBrewery = true;
    private boolean drain;
    private boolean gracefulShutdown;
    private boolean shuttingDown;
    private boolean crashed;
    private boolean deaf;
    private boolean mute;
    private boolean unhealthy;
    private boolean relaxed;
    private String version;
    private int iceGeneration;
    private int generation;

    /** What the bridge knows of one endpoint. */
    static final class Endpoint {
        private EndpointSources sources = EndpointSources.EMPTY;
        private boolean remoteTransport;

        EndpointSources sources() {
            return sources;
        }

        boolean hasRemoteTransport() {
            return remoteTransport;
        }
    }

    /** What a bridge must not know twice. */
    interface Known {
        boolean endpoint(EndpointId id);
    }

    /** @param relayId empty where it cannot be linked with others */
    SimBridge(BridgeId id, Region region, Optional<String> relayId, String version) {
        this.id = id;
        this.region = region;
        this.relayId = relayId;
        this.version = version;
    }

    BridgeId id() {
        return id;
    }

    boolean inBrewery() {
        return inBrewery;
    }

    /** Counts the lives of this bridge: what was sent to an earlier life is not answered. */
    int generation() {
        return generation;
    }

    /** Loses everything and answers nothing to what was sent before; still an occupant of the brewery. */
    void crash() {
        conferences.clear();
        relays.clear();
        crashed = true;
        generation++;
    }

    /** Whether it is in a state that only a restart ends. */
    boolean mustRestart() {
        return crashed || gracefulShutdown || shuttingDown;
    }

    /** Whether requests do not reach it. */
    boolean isDeaf() {
        return deaf;
    }

    /** Whether what it says does not reach the focus. */
    boolean isMute() {
        return mute;
    }

    /** Whether it says that it is broken. */
    boolean isUnhealthy() {
        return unhealthy;
    }

    void deafen(boolean hearsNothing) {
        deaf = hearsNothing;
    }

    void silence(boolean isNotHeard) {
        mute = isNotHeard;
    }

    void sicken(boolean isUnhealthy) {
        unhealthy = isUnhealthy;
    }

    /** Runs this version from now on. */
    void install(String other) {
        version = other;
    }

    /** People do not load it much from now on. */
    void relax() {
        relaxed = true;
    }

    boolean isCrashed() {
        return crashed;
    }

    void leave() {
        inBrewery = false;
        conferences.clear();
        relays.clear();
        generation++;
    }

    void comeBack() {
        inBrewery = true;
        crashed = false;
        deaf = false;
        mute = false;
        unhealthy = false;
        drain = false;
        gracefulShutdown = false;
        shuttingDown = false;
    }

    void drain(boolean drains) {
        drain = drains;
    }

    void shutDownGracefully() {
        gracefulShutdown = true;
    }

    void shutDown() {
        shuttingDown = true;
    }

    /** Forgets an endpoint without a word, as JVB does when ICE never connects; empty where it has none to spare. */
    Optional<EndpointId> forgetOne() {
        for (Map<EndpointId, Endpoint> endpoints : conferences.values()) {
            if (endpoints.size() > 1) {
                EndpointId forgotten = endpoints.keySet().iterator().next();
                endpoints.remove(forgotten);
                return Optional.of(forgotten);
            }
        }
        return Optional.empty();
    }

    Optional<Endpoint> endpoint(MeetingId meeting, EndpointId endpoint) {
        return Optional.ofNullable(conferences.getOrDefault(meeting, Map.of()).get(endpoint));
    }

    Map<MeetingId, Map<EndpointId, Endpoint>> conferences() {
        return conferences;
    }

    BridgeReport report() {
        double packets = conferences.values().stream().mapToInt(Map::size).sum()
                * (relaxed ? PACKETS_PER_ENDPOINT : PACKETS_IN_A_STORM);
        return new BridgeReport(
                OptionalDouble.of(packets / 50_000),
                OptionalDouble.of(packets / 2),
                OptionalDouble.of(packets / 2),
                OptionalDouble.of(0.01),
                Optional.of(drain),
                Optional.of(gracefulShutdown),
                Optional.of(shuttingDown),
                Optional.of(!unhealthy),
                Optional.of(version),
                Optional.empty(),
                Optional.of(region),
                relayId);
    }

    Optional<String> relayId() {
        return relayId;
    }

    /** Its relays in a conference, by the relay id of the other end. */
    Map<String, SimRelay> relays(MeetingId meeting) {
        return relays.getOrDefault(meeting, Map.of());
    }

    /** The conference is no longer there. Who was on it? */
    Set<EndpointId> forget(MeetingId meeting) {
        relays.remove(meeting);
        Map<EndpointId, Endpoint> dropped = conferences.remove(meeting);
        return dropped == null ? Set.of() : dropped.keySet();
    }

    /** Does what a request says and answers as JVB would. Entries before a failing one stay applied. */
    BridgeAnswer handle(BridgeRequest request) {
        Map<EndpointId, Endpoint> endpoints = conferences.get(request.meeting());
        if (request.create().isPresent()) {
            if (endpoints != null) {
                return refused("conflict", "conference_already_exists", Optional.empty());
            }
            if (gracefulShutdown) {
                return refused("service-unavailable", "graceful_shutdown", Optional.empty());
            }
            endpoints = new LinkedHashMap<>();
            conferences.put(request.meeting(), endpoints);
        } else if (endpoints == null) {
            return refused("item-not-found", "conference_not_found", Optional.empty());
        }
        if (request.expire()) {
            forget(request.meeting());
            return new BridgeAnswer.Modified(List.of(), EndpointSources.EMPTY);
        }
        List<EndpointAnswer> answers = new ArrayList<>();
        EndpointSources feedback = EndpointSources.EMPTY;
        for (EndpointRequest entry : request.endpoints()) {
            Optional<BridgeAnswer> refusal = apply(request.meeting(), entry, endpoints);
            if (refusal.isPresent()) {
                return refusal.get();
            }
            if (entry.lifecycle() == BridgeRequest.Lifecycle.CREATE) {
                feedback = feedback();
            }
            answers.add(answer(entry));
        }
        List<RelayAnswer> relayAnswers = new ArrayList<>();
        if (request.relay().isPresent()) {
            RelayRequest relay = request.relay().get();
            Optional<BridgeAnswer> refusal = apply(request.meeting(), relay);
            if (refusal.isPresent()) {
                return refusal.get();
            }
            Optional<SimRelay> made =
                    relay.create().map(create -> relays(request.meeting()).get(relay.id()));
            relayAnswers.add(new RelayAnswer(relay.id(), made.map(SimRelay::own)));
        }
        if (endpoints.isEmpty()
                && relays(request.meeting()).isEmpty()
                && request.create().isEmpty()) {
            forget(request.meeting());
        }
        return new BridgeAnswer.Modified(answers, relayAnswers, feedback);
    }

    private Optional<BridgeAnswer> apply(MeetingId meeting, RelayRequest request) {
        Map<String, SimRelay> here = relays.computeIfAbsent(meeting, none -> new LinkedHashMap<>());
        if (request.lifecycle() == BridgeRequest.Lifecycle.EXPIRE) {
            here.remove(request.id());
            return Optional.empty();
        }
        if (request.create().isPresent()) {
            if (here.containsKey(request.id())) {
                return Optional.of(new BridgeAnswer.Refused(
                        "conflict", Optional.empty(), Optional.empty(), "relay exists already"));
            }
            String serial = id.nick() + "-" + request.id() + "-" + ++relaysMade;
            here.put(request.id(), SimRelay.made(request.create().get(), serial));
        }
        return Optional.ofNullable(here.get(request.id()))
                .map(relay -> relay.update(request, endpoint -> knows(meeting, endpoint)))
                .orElseGet(() -> Optional.of(SimRelay.unknown(request)));
    }

    private boolean knows(MeetingId meeting, EndpointId endpoint) {
        return conferences.getOrDefault(meeting, Map.of()).containsKey(endpoint)
                || relays(meeting).values().stream()
                        .anyMatch(relay -> relay.heard().containsKey(endpoint));
    }

    private Optional<BridgeAnswer> apply(
            MeetingId meeting, EndpointRequest entry, Map<EndpointId, Endpoint> endpoints) {
        switch (entry.lifecycle()) {
            case EXPIRE -> endpoints.remove(entry.id());
            case CREATE -> {
                if (knows(meeting, entry.id())) {
                    return Optional.of(new BridgeAnswer.Refused(
                            "conflict", Optional.empty(), Optional.empty(), "endpoint exists already"));
                }
                if (entry.transport().isEmpty()
                        || !entry.details()
                                .map(d -> d.capabilities().contains(BridgeRequest.Capability.SOURCE_NAMES))
                                .orElse(false)) {
                    return Optional.of(new BridgeAnswer.Refused(
                            "bad-request",
                            Optional.empty(),
                            Optional.empty(),
                            "transport and source names are needed"));
                }
                Endpoint created = new Endpoint();
                entry.sources().ifPresent(sources -> created.sources = sources);
                endpoints.put(entry.id(), created);
            }
            case UPDATE -> {
                Endpoint known = endpoints.get(entry.id());
                boolean onlyForceMute = entry.transport().isEmpty()
                        && entry.sources().isEmpty()
                        && entry.forceMute().isPresent();
                if (known == null) {
                    return onlyForceMute
                            ? Optional.empty()
                            : Optional.of(refused("item-not-found", "unknown_endpoint", Optional.of(entry.id())));
                }
                entry.sources().ifPresent(sources -> known.sources = sources);
                entry.transport().ifPresent(transport -> {
                    if (transport instanceof BridgeRequest.Transport.Remote) {
                        known.remoteTransport = true;
                    }
                });
            }
        }
        return Optional.empty();
    }

    private EndpointAnswer answer(EndpointRequest entry) {
        Optional<IceTransport> transport = entry.transport().flatMap(asked -> switch (asked) {
            case BridgeRequest.Transport.Allocate ignored -> Optional.of(transport(OptionalInt.empty()));
            case BridgeRequest.Transport.IceRestart ignored -> Optional.of(transport(OptionalInt.of(++iceGeneration)));
            case BridgeRequest.Transport.Remote ignored -> Optional.empty();
        });
        boolean sctp = entry.transport()
                .map(asked -> asked instanceof BridgeRequest.Transport.Allocate allocate && allocate.sctp())
                .orElse(false);
        return new EndpointAnswer(entry.id(), transport, sctp ? OptionalInt.of(5000) : OptionalInt.empty());
    }

    private static IceTransport transport(OptionalInt generation) {
        return new IceTransport(
                Optional.of("ufrag"),
                Optional.of("pwd"),
                true,
                List.of(new IceTransport.Fingerprint("sha-256", Optional.of("actpass"), false, false, "AB:CD")),
                List.of(),
                List.of("wss://bridge.example.org/colibri-ws"),
                generation);
    }

    private EndpointSources feedback() {
        long base = 1L + Math.floorMod(id.value().hashCode(), 1_000_000_000);
        return new EndpointSources(
                List.of(
                        new Source(
                                new Ssrc(base),
                                MediaType.AUDIO,
                                Optional.of("jvb-a0"),
                                Optional.empty(),
                                VideoType.CAMERA),
                        new Source(
                                new Ssrc(base + 1),
                                MediaType.VIDEO,
                                Optional.of("jvb-v0"),
                                Optional.empty(),
                                VideoType.CAMERA)),
                List.of());
    }

    private static BridgeAnswer refused(String condition, String reason, Optional<EndpointId> endpoint) {
        return new BridgeAnswer.Refused(condition, Optional.of(reason), endpoint, reason);
    }
}
