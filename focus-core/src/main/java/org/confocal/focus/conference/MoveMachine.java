package org.confocal.focus.conference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.confocal.focus.conference.BridgeRequests.Expiry;
import org.confocal.focus.conference.InviteTable.Trigger;
import org.confocal.focus.conference.state.Allocation;
import org.confocal.focus.conference.state.Avoidance;
import org.confocal.focus.conference.state.BridgeSession;
import org.confocal.focus.conference.state.Invite;
import org.confocal.focus.conference.state.Invite.Closing;
import org.confocal.focus.conference.state.Member;
import org.confocal.focus.conference.state.Pace;
import org.confocal.focus.conference.state.RoomPhase;
import org.confocal.focus.conference.state.Session;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.TerminateReason;
import org.confocal.strategy.EndpointId;

/**
 * Ends sessions of people who stay in the room: to invite them again, or not (spec/03, section 9). The order is always:
 * session-terminate where the focus ends it, expire on the bridge, source-remove to the others.
 */
final class MoveMachine {
    private static final Comparator<Member> MISSED_MOST_FIRST =
            Comparator.comparingInt(Member::presenceWeight).reversed();

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
        /** At once: the fleet has waited for the right moment. */
        NOW,
        PACED
    }

    /**
     * A bridge session is over: everybody on it is invited again, paced, with the sources they had; those who speak first,
     * because they are missed most.
     */
    void everybody(Draft d, BridgeSession session) {
        d.count(ConferenceCounter.BRIDGES_REMOVED);
        everybody(d, session, Turn.PACED);
    }

    /**
     * Whoever is still on that bridge leaves it for another, if there is one. One whose endpoint is just being made stays,
     * unless all go.
     */
    void away(Draft d, ConferenceInput.MoveRequested request) {
        Optional<BridgeSession> session = d.bridges.get(request.from());
        if (session.isEmpty() || d.life.phase() != RoomPhase.JOINED) {
            return;
        }
        // Jicofo may choose the same bridge again; we do not while there is another one, or nothing would be gained.
        d.invites = d.invites.avoiding(
                new Avoidance(request.who(), request.from(), d.now.plus(AllocationMachine.SUSPICION)), d.now);
        String why = Draft.lower(request.cause());
        if (request.who().isEmpty()) {
            d.log(Effect.Level.INFO, "The conference leaves %s: %s".formatted(request.from(), why));
            everybody(d, session.get(), Turn.NOW);
            return;
        }
        Optional<Member> member = request.who()
                .flatMap(d.members::get)
                .filter(found -> found.invite().session().isPresent())
                .filter(found -> found.invite()
                        .allocation()
                        .filter(where -> where.session().equals(session.get().id()))
                        .isPresent());
        if (member.isPresent()) {
            d.log(Effect.Level.INFO, "%s leaves %s: %s".formatted(member.get().id(), request.from(), why));
            d.count(ConferenceCounter.PARTICIPANTS_MOVED);
            one(d, member.get(), Expiry.NEEDED, Turn.NOW);
        }
    }

    private void everybody(Draft d, BridgeSession session, Turn turn) {
        List<Member> moved = new ArrayList<>(bridges.on(d, session));
        moved.sort(MISSED_MOST_FIRST);
        bridges.expire(d, session);
        for (Member member : moved) {
            d.count(ConferenceCounter.PARTICIPANTS_MOVED);
            d.emit(new Effect.ReleaseEndpoint(session.bridge(), member.id()));
            again(d, keeping(d, endSession(d, member, Farewell.MOVING)), turn);
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
        again(d, ended, turn);
        bridges.release(d, where, member.id(), expiry);
        withdraw(d, member.id());
        turns.pace(d);
    }

    private void again(Draft d, Member member, Turn turn) {
        switch (turn) {
            case NEXT -> turns.next(d, member, Trigger.MOVE);
            case NOW -> turns.next(d, member, Trigger.MOVE, Pace.FREE);
            case PACED -> turns.later(d, member, Trigger.MOVE);
        }
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
