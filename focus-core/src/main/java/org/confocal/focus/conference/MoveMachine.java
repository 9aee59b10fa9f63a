package org.confocal.focus.conference;

import java.util.List;
import org.confocal.focus.conference.BridgeRequests.Expiry;
import org.confocal.focus.conference.InviteTable.Trigger;
import org.confocal.focus.conference.state.Allocation;
import org.confocal.focus.conference.state.BridgeSession;
import org.confocal.focus.conference.state.Invite;
import org.confocal.focus.conference.state.Invite.Closing;
import org.confocal.focus.conference.state.Member;
import org.confocal.focus.conference.state.Session;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.TerminateReason;
import org.confocal.strategy.EndpointId;

/**
 * Ends sessions of people who stay in the room: to invite them again, or not (spec/03, section 9). The order is always:
 * session-terminate where the focus ends it, expire on the bridge, source-remove to the others.
 */
final class MoveMachine {
    private final SignalingMachine signaling;
    private final BridgeRequests bridges;
    private final InviteTurns turns;

    MoveMachine(SignalingMachine signaling, BridgeRequests bridges, InviteTurns turns) {
        this.signaling = signaling;
        this.bridges = bridges;
        this.turns = turns;
    }

    /** When somebody is invited again. */
    enum Turn {
        NEXT,
        PACED
    }

    /** A bridge session is over: everybody on it is invited again, paced, with the sources they had. */
    void everybody(Draft d, BridgeSession session) {
        List<Member> moved = bridges.on(d, session);
        bridges.expire(d, session);
        d.count(ConferenceCounter.BRIDGES_REMOVED);
        for (Member member : moved) {
            d.count(ConferenceCounter.PARTICIPANTS_MOVED);
            d.emit(new Effect.ReleaseEndpoint(session.bridge(), member.id()));
            turns.later(d, keeping(d, endSession(d, member, Farewell.MOVING)), Trigger.MOVE);
        }
        // Only now are all of them without a session, so that none of them is told about the others.
        for (Member member : moved) {
            withdraw(d, member.id());
        }
        turns.pace(d);
    }

    /** One participant is invited again, by the focus' decision. */
    void one(Draft d, Member member, Expiry expiry, Turn turn) {
        Member ended = keeping(d, endSession(d, member, Farewell.MOVING));
        Allocation where = where(member);
        switch (turn) {
            case NEXT -> turns.next(d, ended, Trigger.MOVE);
            case PACED -> turns.later(d, ended, Trigger.MOVE);
        }
        bridges.release(d, where, member.id(), expiry);
        withdraw(d, member.id());
        turns.pace(d);
    }

    /** One participant asked to be invited again: what it sent is forgotten, it will say what it sends then. */
    void restart(Draft d, Member member) {
        Allocation where = where(member);
        turns.next(d, endSession(d, member, Farewell.NONE).withKept(EndpointSources.EMPTY), Trigger.RESTART);
        bridges.release(d, where, member.id(), Expiry.NEEDED);
        withdraw(d, member.id());
    }

    /** One participant loses its session, or its turn, and stays in the room. */
    void close(Draft d, Member member, Trigger trigger, Closing why) {
        Farewell farewell = switch (why) {
            case TERMINATED, ACCEPT_REFUSED, ALLOCATION_FAILED -> Farewell.NONE;
            case OFFER_REFUSED -> Farewell.OFFER_FAILED;
            case IDLE -> Farewell.IDLE;
        };
        turns.drop(d, member.id());
        d.move(endSession(d, member, farewell), trigger, new Invite.Closed(why));
        member.invite().allocation().ifPresent(where -> bridges.release(d, where, member.id(), Expiry.NEEDED));
        withdraw(d, member.id());
    }

    /** How the participant hears that its session is over. */
    private enum Farewell {
        /** It said so itself, or is told by an error. */
        NONE,
        MOVING,
        IDLE,
        OFFER_FAILED
    }

    private static Member endSession(Draft d, Member member, Farewell farewell) {
        if (member.invite().session().isEmpty()) {
            return member;
        }
        Session session = member.invite().session().get();
        d.cancelTimer(new TimerKey.SourceSignaling(member.id()));
        switch (farewell) {
            case NONE -> {}
            case MOVING -> terminate(d, member.id(), session, TerminateReason.MOVING);
            case IDLE -> terminate(d, member.id(), session, TerminateReason.IDLE);
            case OFFER_FAILED -> terminate(d, member.id(), session, TerminateReason.OFFER_FAILED);
        }
        return member.withPast(session.id());
    }

    private static void terminate(Draft d, EndpointId id, Session session, TerminateReason reason) {
        d.emitJingle("SESSION_TERMINATE", new Effect.SendTerminate(id, session.id(), reason));
    }

    /** The next endpoint starts with the sources of this one, so that the bridge knows them before the new accept. */
    private static Member keeping(Draft d, Member member) {
        EndpointSources sources = d.sources.of(member.id());
        return sources.isEmpty() ? member : member.withKept(sources);
    }

    private void withdraw(Draft d, EndpointId id) {
        EndpointSources before = d.sources.of(id);
        d.sources = d.sources.without(id);
        signaling.propagate(d, id, before, EndpointSources.EMPTY);
    }

    private static Allocation where(Member member) {
        return member.invite()
                .allocation()
                .orElseThrow(() -> new IllegalStateException(member.id() + " has no endpoint: " + member.invite()));
    }
}
