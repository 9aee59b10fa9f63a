package org.confocal.tests.sim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.confocal.focus.model.BridgeAnswer;
import org.confocal.focus.model.BridgeRequest;
import org.confocal.focus.model.BridgeRequest.EndpointRequest;
import org.confocal.focus.model.BridgeRequest.NewRelay;
import org.confocal.focus.model.BridgeRequest.RelayRequest;
import org.confocal.focus.model.BridgeRequest.RelaySide;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.IceTransport;
import org.confocal.strategy.EndpointId;

/** A bridge's end of a link, and the endpoints that it was told to hear over it. */
final class SimRelay {
    private final String mesh;
    private final RelaySide side;
    private final IceTransport own;
    private final Map<EndpointId, EndpointSources> heard = new LinkedHashMap<>();
    private Optional<IceTransport> remote = Optional.empty();

    private SimRelay(String mesh, RelaySide side, IceTransport own) {
        this.mesh = mesh;
        this.side = side;
        this.own = own;
    }

    /** @param serial tells this relay's transport from those of others */
    static SimRelay made(NewRelay create, String serial) {
        return new SimRelay(
                create.meshId(),
                create.side(),
                new IceTransport(
                        Optional.of(serial),
                        Optional.of("pwd"),
                        true,
                        List.of(new IceTransport.Fingerprint("sha-256", Optional.of("actpass"), false, false, serial)),
                        List.of(),
                        List.of("wss://" + serial),
                        OptionalInt.empty()));
    }

    String mesh() {
        return mesh;
    }

    IceTransport own() {
        return own;
    }

    Map<EndpointId, EndpointSources> heard() {
        return heard;
    }

    /** Whether the link to the other end can carry media: each has the other's transport, as spec/04 section 3 wants it. */
    boolean isLinkedWith(SimRelay other) {
        return side != other.side && mesh.equals(other.mesh) && knows(other) && other.knows(this);
    }

    private boolean knows(SimRelay other) {
        boolean initiator = side == RelaySide.INITIATOR;
        return remote.filter(known -> known.ufrag().equals(other.own.ufrag()))
                .filter(known -> known.webSockets().isEmpty() != initiator)
                .filter(known -> known.fingerprints().stream()
                        .allMatch(each -> each.setup().equals(Optional.of(initiator ? "active" : "passive"))))
                .isPresent();
    }

    /** Does what an update says; empty where all is well. */
    Optional<BridgeAnswer> update(RelayRequest request, SimBridge.Known known) {
        request.remote().ifPresent(transport -> remote = Optional.of(transport));
        for (EndpointRequest entry : request.endpoints()) {
            Optional<BridgeAnswer> refusal = apply(entry, known);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    private Optional<BridgeAnswer> apply(EndpointRequest entry, SimBridge.Known known) {
        EndpointSources sources = entry.sources().orElse(EndpointSources.EMPTY);
        switch (entry.lifecycle()) {
            case EXPIRE -> heard.remove(entry.id());
            case CREATE -> {
                // What is heard over this relay already is changed, as by JVB.
                if (known.endpoint(entry.id()) && !heard.containsKey(entry.id())) {
                    return Optional.of(new BridgeAnswer.Refused(
                            "conflict", Optional.empty(), Optional.empty(), "endpoint exists already"));
                }
                heard.put(entry.id(), sources);
            }
            case UPDATE -> {
                if (heard.replace(entry.id(), sources) == null) {
                    return Optional.of(new BridgeAnswer.Refused(
                            "item-not-found", Optional.of("unknown_endpoint"), Optional.of(entry.id()), ""));
                }
            }
        }
        return Optional.empty();
    }

    static BridgeAnswer.Refused unknown(BridgeRequest.RelayRequest request) {
        return new BridgeAnswer.Refused(
                "bad-request", Optional.empty(), Optional.empty(), "no relay to " + request.id());
    }
}
