package org.confocal.focus.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.RoomId;

/**
 * A colibri2 {@code <conference-modify>} (spec/04).
 *
 * @param create present on the first request of a session
 * @param expire whether the whole conference goes
 */
public record BridgeRequest(
        MeetingId meeting, Optional<Create> create, boolean expire, List<EndpointRequest> endpoints) {
    public BridgeRequest {
        endpoints = List.copyOf(endpoints);
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
}
