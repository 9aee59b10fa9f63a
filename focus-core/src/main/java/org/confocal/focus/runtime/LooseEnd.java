package org.confocal.focus.runtime;

import java.time.Instant;
import java.util.Optional;
import org.confocal.focus.conference.TimerKey;
import org.confocal.focus.conference.state.Waiting;
import org.confocal.focus.model.FocusPresence;
import org.confocal.focus.model.MeetingId;
import org.confocal.focus.model.Offer;
import org.confocal.focus.model.RequestId;
import org.confocal.focus.model.SessionId;
import org.confocal.focus.port.RoomGateway;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.EndpointId;

/** What a conference has under way in the world, as its state says: who goes on with the state takes it up again. */
public sealed interface LooseEnd {

    /** The focus is in the room, or on its way in, and shows this. */
    record Room(RoomGateway.Stage stage, Optional<FocusPresence> shown) implements LooseEnd {}

    /** The conference has this meeting id. */
    record Meeting(MeetingId id) implements LooseEnd {}

    /** An endpoint is on a bridge, or about to be. */
    record Placed(BridgeId bridge, EndpointId id) implements LooseEnd {}

    record Timer(TimerKey key, Instant due) implements LooseEnd {}

    /** A bridge has not answered. */
    record BridgeAsked(RequestId request, BridgeId bridge) implements LooseEnd {}

    /** A member has not answered an offer. */
    record Offered(EndpointId id, SessionId session, Offer.Kind kind) implements LooseEnd {}

    /** A conference request is not answered. */
    record Owed(Waiting waiting) implements LooseEnd {}
}
