package org.confocal.focus.port;

import java.util.Optional;
import org.confocal.focus.model.Caps;
import org.confocal.focus.model.IceTransport;
import org.confocal.focus.model.MutedMedia;
import org.confocal.focus.model.Offer;
import org.confocal.focus.model.OwnedSources;
import org.confocal.focus.model.RequestId;
import org.confocal.focus.model.SessionId;
import org.confocal.focus.model.SourceEncoding;
import org.confocal.focus.model.TerminateReason;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.RoomId;

/** Members of a room: disco, Jingle, mute. Every method returns at once. */
public interface ParticipantGateway {

    /** Ends in {@code FeaturesDiscovered}; equal caps are asked once for all rooms. */
    void discoverFeatures(RoomId room, RequestId request, EndpointId id, Optional<Caps> caps);

    /** session-initiate; ends in {@code OfferAnswered}. */
    void offer(RoomId room, EndpointId id, Offer offer);

    /**
     * Waits for the answer to the {@link #offer} that the process before this one made last of this kind in this session,
     * and sends nothing; ends in {@code OfferAnswered}, the time for the answer begins anew. Before the connection is
     * started.
     */
    void awaitOffer(RoomId room, EndpointId id, SessionId session, Offer.Kind kind);

    void addSources(RoomId room, EndpointId id, SessionId session, OwnedSources sources, SourceEncoding encoding);

    void removeSources(RoomId room, EndpointId id, SessionId session, OwnedSources sources, SourceEncoding encoding);

    void transportInfo(RoomId room, EndpointId id, SessionId session, IceTransport transport);

    void terminate(RoomId room, EndpointId id, SessionId session, TerminateReason reason);

    void mute(RoomId room, EndpointId id, MutedMedia media, EndpointId actor);
}
