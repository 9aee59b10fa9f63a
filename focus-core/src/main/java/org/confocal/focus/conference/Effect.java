package org.confocal.focus.conference;

import java.time.Duration;
import java.util.Optional;
import org.confocal.focus.conference.state.Pace;
import org.confocal.focus.model.BridgeRequest;
import org.confocal.focus.model.Caps;
import org.confocal.focus.model.ConferenceAnswer;
import org.confocal.focus.model.ConferenceRequest;
import org.confocal.focus.model.FocusPresence;
import org.confocal.focus.model.IceTransport;
import org.confocal.focus.model.Jid;
import org.confocal.focus.model.MeetingId;
import org.confocal.focus.model.MutedMedia;
import org.confocal.focus.model.Offer;
import org.confocal.focus.model.OwnedSources;
import org.confocal.focus.model.RequestId;
import org.confocal.focus.model.SessionId;
import org.confocal.focus.model.SourceEncoding;
import org.confocal.focus.model.StanzaError;
import org.confocal.focus.model.StanzaRef;
import org.confocal.focus.model.TerminateReason;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.SelectionRequest;

/**
 * What a conference wants done. Carried out in order, one step's effects before the next input. Effects that have an
 * answer say which input brings it; the answer always comes, if only as a timeout.
 */
public sealed interface Effect {

    /** Join the room as owner. Answer: {@code RoomJoined} or {@code RoomJoinFailed}. */
    record JoinRoom() implements Effect {}

    record LeaveRoom() implements Effect {}

    /** Show this in the room. */
    record PublishPresence(FocusPresence presence) implements Effect {}

    /** Make somebody owner. No answer; a failure is logged by the adapter. */
    record GrantOwner(Jid bareJid) implements Effect {}

    /** Answer a conference request. */
    record AnswerRequest(ConferenceRequest.Origin origin, ConferenceAnswer answer) implements Effect {}

    /** Ask a member what it supports. Answer: {@code FeaturesDiscovered}. */
    record DiscoverFeatures(RequestId request, EndpointId id, Optional<Caps> caps) implements Effect {}

    /** session-initiate or transport-replace. Answer: {@code OfferAnswered}. */
    record SendOffer(EndpointId id, Offer offer) implements Effect {}

    record SendSourceAdd(EndpointId id, SessionId session, OwnedSources sources, SourceEncoding encoding)
            implements Effect {}

    record SendSourceRemove(EndpointId id, SessionId session, OwnedSources sources, SourceEncoding encoding)
            implements Effect {}

    /** transport-info after an in-place ICE restart. */
    record SendTransportInfo(EndpointId id, SessionId session, IceTransport transport) implements Effect {}

    record SendTerminate(EndpointId id, SessionId session, TerminateReason reason) implements Effect {}

    /** Tell somebody that {@code actor} muted them. No answer. */
    record SendMute(EndpointId id, MutedMedia media, EndpointId actor) implements Effect {}

    /** An empty result to a member's IQ. */
    record Acknowledge(StanzaRef stanza) implements Effect {}

    /** An error to a member's IQ. */
    record Refuse(StanzaRef stanza, StanzaError error) implements Effect {}

    /**
     * Choose a bridge and reserve the endpoint's load on it at once. Answer: {@code BridgeSelected}, or {@code
     * SelectionPostponed} where the pace does not allow it yet, as the very next input of this conference.
     */
    record SelectBridge(RequestId request, SelectionRequest selection, Pace pace) implements Effect {}

    /** The endpoint is no longer on its bridge: give its reservation back and count it off. */
    record ReleaseEndpoint(BridgeId bridge, EndpointId id) implements Effect {}

    /** Tell the fleet how an allocation went, or that a client reported a failure. */
    record ReportBridge(BridgeId bridge, BridgeExperience experience) implements Effect {}

    /** What a conference learnt about a bridge. */
    enum BridgeExperience {
        /** An endpoint was created. */
        ALLOCATED,
        /** No answer in time. */
        TIMED_OUT,
        /** It said that it takes no new conferences. */
        GRACEFUL_SHUTDOWN,
        /** An error that speaks against the bridge, not the request. */
        FAILED,
        /** A client asked for a restart, or reported that ICE failed. */
        RESTART_REQUESTED
    }

    /** Change the conference on a bridge. Answer: {@code BridgeAnswered}. Requests to one bridge keep their order. */
    record ModifyConference(RequestId request, BridgeId bridge, BridgeRequest change) implements Effect {}

    record StartTimer(TimerKey key, Duration after) implements Effect {}

    record CancelTimer(TimerKey key) implements Effect {}

    /** The meeting id is known: claim it. A duplicate comes back as {@code Stop(DUPLICATE_MEETING_ID)}. */
    record ClaimMeetingId(MeetingId id) implements Effect {}

    record Count(ConferenceCounter counter) implements Effect {}

    record CountJingle(Direction direction, String action) implements Effect {}

    /** Seen from the focus. */
    enum Direction {
        SENT,
        RECEIVED
    }

    /** A line for the log; room and meeting id are added by the edge. */
    record Log(Level level, String line) implements Effect {}

    /** How loud a line is. */
    enum Level {
        DEBUG,
        INFO,
        WARN
    }

    /** The last effect of a conference. */
    record End(EndReason reason) implements Effect {}
}
