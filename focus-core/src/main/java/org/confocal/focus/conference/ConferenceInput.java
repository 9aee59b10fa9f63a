package org.confocal.focus.conference;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.confocal.focus.conference.state.Pace;
import org.confocal.focus.model.BridgeAnswer;
import org.confocal.focus.model.ConferenceRequest;
import org.confocal.focus.model.Feature;
import org.confocal.focus.model.JingleRequest;
import org.confocal.focus.model.MemberPresence;
import org.confocal.focus.model.MutedMedia;
import org.confocal.focus.model.RequestId;
import org.confocal.focus.model.Requester;
import org.confocal.focus.model.RoomForm;
import org.confocal.focus.model.RoomMetadata;
import org.confocal.focus.model.SessionId;
import org.confocal.focus.model.StanzaRef;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.Selection;

/** What happens to a conference. */
public sealed interface ConferenceInput {

    /** A client asks for the focus; the first one creates the conference. */
    record Requested(ConferenceRequest request, Requester requester) implements ConferenceInput {
        /** Asked where nobody needs to log in. */
        public Requested(ConferenceRequest request) {
            this(request, new Requester.Anybody());
        }
    }

    /**
     * The focus is in the room.
     *
     * @param occupants everybody else who was in it at that moment; who is missing has left meanwhile
     */
    record RoomJoined(RoomForm form, List<MemberPresence> occupants) implements ConferenceInput {
        public RoomJoined {
            occupants = List.copyOf(occupants);
        }
    }

    /** The room could not be joined, for a reason in words. */
    record RoomJoinFailed(String reason) implements ConferenceInput {}

    /** The focus is no longer in the room, or no longer its owner. */
    record RoomLost(RoomLoss loss) implements ConferenceInput {}

    /** How the room was lost. */
    enum RoomLoss {
        /** Somebody threw the focus out. */
        KICKED,
        /** The room, or the service that it is on, no longer knows the focus. */
        FORGOTTEN,
        /** The room was destroyed. */
        DESTROYED,
        /** The focus is no longer owner, so it can do nothing for anybody. */
        NOT_OWNER,
        /** The XMPP stream broke and was not resumed; the room may still be there. */
        DISCONNECTED
    }

    /** The XMPP stream is up again after {@link RoomLoss#DISCONNECTED}. */
    record Reconnected() implements ConferenceInput {}

    /** A member came, or its presence changed. */
    record MemberPresent(MemberPresence presence) implements ConferenceInput {}

    /** A member left the room. */
    record MemberLeft(EndpointId id, Departure departure) implements ConferenceInput {}

    /** How a member left. */
    enum Departure {
        LEFT,
        /** To a breakout room or back: the presence status said {@code switch_room}. */
        SWITCHED_ROOM,
        KICKED
    }

    record MetadataReceived(RoomMetadata metadata) implements ConferenceInput {}

    /** What a member supports; the defaults where it did not say in time. */
    record FeaturesDiscovered(RequestId request, EndpointId id, Set<Feature> features) implements ConferenceInput {
        public FeaturesDiscovered {
            features = Set.copyOf(features);
        }
    }

    /** A Jingle request from a member. Answered exactly once with {@link Effect.Acknowledge} or {@link Effect.Refuse}. */
    record JingleReceived(StanzaRef stanza, EndpointId from, JingleRequest request) implements ConferenceInput {}

    /** The participant's answer to an offer. */
    record OfferAnswered(EndpointId id, SessionId session, OfferAnswer answer) implements ConferenceInput {}

    /** How an offer was received. */
    enum OfferAnswer {
        ACKNOWLEDGED,
        REFUSED,
        /** Counts as acknowledged: the session waits for its accept (spec/03, section 2.6). */
        NO_REPLY
    }

    /** A mute request. Answered exactly once, as Jingle is. */
    record MuteRequested(
            StanzaRef stanza, EndpointId from, Optional<EndpointId> target, MutedMedia media, Optional<Boolean> mute)
            implements ConferenceInput {}

    /** The answer to {@link Effect.SelectBridge}. */
    record BridgeSelected(RequestId request, Selection selection) implements ConferenceInput {}

    /**
     * The other answer to {@link Effect.SelectBridge}: too many want a bridge at once.
     *
     * @param then how to ask when the time is over
     */
    record SelectionPostponed(RequestId request, Duration delay, Pace then) implements ConferenceInput {}

    /** The answer to {@link Effect.ModifyConference}. */
    record BridgeAnswered(RequestId request, BridgeAnswer answer) implements ConferenceInput {}

    /** A bridge must not carry anybody any more. */
    record BridgeLost(BridgeId bridge, BridgeLoss loss) implements ConferenceInput {}

    /** How a bridge was lost. */
    enum BridgeLoss {
        /** It left the brewery. */
        REMOVED,
        /** It says {@code shutting_down}: move everybody away now. */
        SHUTTING_DOWN,
        /** A health check said so, not merely timed out. */
        UNHEALTHY
    }

    /**
     * Media flows, and somebody is to be elsewhere all the same.
     *
     * @param who empty for everybody who is on that bridge; whoever is not there any more stays where it is
     * @param to the bridge that is planned for one person; empty where the strategy chooses
     */
    record MoveRequested(BridgeId from, Optional<EndpointId> who, Optional<BridgeId> to, MoveCause cause)
            implements ConferenceInput {
        public MoveRequested {
            if (to.isPresent() && who.isEmpty()) {
                throw new IllegalArgumentException("a move is planned for one person, not for all on " + from);
            }
        }

        /** Wherever the strategy chooses. */
        public MoveRequested(BridgeId from, Optional<EndpointId> who, MoveCause cause) {
            this(from, who, Optional.empty(), cause);
        }
    }

    /** A bridge became usable: who has none may be invited again. */
    record BridgeUsable(BridgeId bridge) implements ConferenceInput {}

    /** Another process goes on with this conference, and can ask again what was asked. */
    record TakenUp(Bridges bridges) implements ConferenceInput {}

    /** What is known of the bridges of a conference that is taken up. */
    enum Bridges {
        /** No time has passed. */
        CERTAIN,
        /** They may have lost the conference while nobody listened. */
        DOUBTFUL
    }

    record TimerFired(TimerKey key) implements ConferenceInput {}

    /** The focus stops. */
    record Stop(EndReason reason) implements ConferenceInput {}
}
