package org.confocal.focus.conference.state;

import java.util.List;
import java.util.Optional;
import org.confocal.focus.model.IceTransport;
import org.confocal.focus.model.RequestId;
import org.confocal.focus.model.SessionId;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.EndpointId;

/** A request to a bridge whose answer matters. It is forgotten with the session it belongs to. */
public sealed interface Pending {

    RequestId request();

    Allocation where();

    /** An endpoint is to be created. */
    record Create(RequestId request, Allocation where, EndpointId endpoint, Sctp sctp) implements Pending {}

    /** Something about an endpoint is to change, or it is to go. */
    record Change(RequestId request, Allocation where, EndpointId endpoint) implements Pending {}

    /** A relay is to be created, to that peer. */
    record RelayCreate(RequestId request, Allocation where, BridgeId peer) implements Pending {}

    /** Something about a relay is to change, or it is to go. */
    record RelayChange(RequestId request, Allocation where, BridgeId peer, Said said) implements Pending {}

    /**
     * What a bridge was told about a relay, so that it can be told again.
     *
     * @param relay the request that made the relay: a later relay to the same peer is another one
     * @param about the endpoints that it was told of
     * @param transport of the other end, where that was said
     */
    record Said(RequestId relay, List<EndpointId> about, Optional<IceTransport> transport, Attempt attempt) {
        public Said {
            about = List.copyOf(about);
        }
    }

    /** How often something was said. */
    enum Attempt {
        FIRST,
        REPEATED
    }

    /** ICE is to be restarted in place, for this Jingle session. */
    record IceRestart(RequestId request, Allocation where, EndpointId endpoint, SessionId session) implements Pending {}

    /** Whether the bridge still has the conference, which it may have lost while nobody listened. */
    record Check(RequestId request, Allocation where) implements Pending {}

    /** Whether a data channel was asked for. */
    enum Sctp {
        ASKED,
        NOT_ASKED
    }
}
