package org.confocal.focus.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.RoomId;

/**
 * A colibri2 {@code <conference-modify>} (spec/04). It is about endpoints or about one relay, never about both: bridges
 * refuse that (spec/04, section 3).
 *
 * @param create present on the first request of a session
 * @param expire whether the whole conference goes
 */
public record BridgeRequest(
        MeetingId meeting,
        Optional<Create> create,
        boolean expire,
        List<EndpointRequest> endpoints,
        Optional<RelayRequest> relay) {
    public BridgeRequest {
        endpoints = List.copyOf(endpoints);
        if (relay.isPresent() && !endpoints.isEmpty()) {
            throw new IllegalArgumentException("a request is about endpoints or about a relay, not about both");
        }
    }

    /** About endpoints, or about the whole conference. */
    public BridgeRequest(MeetingId meeting, Optional<Create> create, boolean expire, List<EndpointRequest> endpoints) {
        this(meeting, create, expire, endpoints, Optional.empty());
    }

    /** About a relay. */
    public BridgeRequest(MeetingId meeting, RelayRequest relay) {
        this(meeting, Optional.empty(), false, List.of(), Optional.of(relay));
    }

    /** What a bridge learns of a new conference. */
    public record Create(RoomId room, boolean rtcstats) {}

    /** One endpoint of the request; what is empty is left as it is. */
    public record EndpointRequest(
            EndpointId id,
            Lifecycle lifecycle,
            Optional<String> statsId,
            Optional<Details> details,
            Optional<Transport> transport,
            Optional<EndpointSources> sources,
            Optional<ForceMute> forceMute,
            OptionalInt initialLastN) {}

    /** What is to happen to the endpoint. */
    public enum Lifecycle {
        CREATE,
        UPDATE,
        EXPIRE
    }

    /** What only a create carries. */
    public record Details(
            List<MediaDescription> media, Set<Capability> capabilities, boolean visitor, boolean diarize) {
        public Details {
            media = List.copyOf(media);
            capabilities = Set.copyOf(capabilities);
        }
    }

    /** {@code <capability name='...'/>} of an endpoint. */
    public enum Capability {
        SOURCE_NAMES,
        SSRC_REWRITING,
        RTP_MID_DEMUX,
        PRIVATE_ADDRESS_CONNECTIVITY
    }

    /** {@code <transport>} of an endpoint: one of these. */
    public sealed interface Transport {
        /** Allocate one; the bridge is ICE controlling. */
        record Allocate(boolean sctp) implements Transport {}

        /** This is the client's. */
        record Remote(IceTransport transport) implements Transport {}

        /** Restart ICE in place. */
        record IceRestart() implements Transport {}
    }

    /** What the bridge does not let through. */
    public record ForceMute(boolean audio, boolean video) {}

    /**
     * A bridge's end of a link to another bridge; what is empty is left as it is.
     *
     * @param id the other bridge's relay id
     * @param create present where the relay is to be created
     * @param remote the other end's transport
     * @param endpoints of endpoints that are heard over this relay; neither media nor transports
     */
    public record RelayRequest(
            String id,
            Lifecycle lifecycle,
            Optional<NewRelay> create,
            Optional<IceTransport> remote,
            List<EndpointRequest> endpoints) {
        public RelayRequest {
            endpoints = List.copyOf(endpoints);
            if (create.isPresent() != (lifecycle == Lifecycle.CREATE)) {
                throw new IllegalArgumentException("a relay is described where it is created, and only there");
            }
        }
    }

    /**
     * What only the create of a relay carries.
     *
     * @param meshId what is heard over relays of one mesh is not passed on to others of it
     * @param sctp whether the bridges talk over a data channel, in place of a web socket
     * @param media everything that is configured
     */
    public record NewRelay(String meshId, RelaySide side, boolean sctp, List<MediaDescription> media) {
        public NewRelay {
            media = List.copyOf(media);
        }
    }

    /** Which end of a link a relay is (spec/04, section 3). */
    public enum RelaySide {
        /** The bridge that was there first: controls ICE, opens the channel, is the server of DTLS. */
        INITIATOR,
        RESPONDER
    }
}
