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
import org.confocal.focus.conference.state.Replacement;
import org.confocal.focus.conference.state.RoomPhase;
import org.confocal.focus.config.ConferenceConfig;
import org.confocal.focus.config.ConferenceConfig.ReinviteMethod;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.SessionId;
import org.confocal.focus.model.TerminateReason;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.EndpointId;

/**
 * Ends sessions of people who stay in the room: to invite them again, or not (spec/03, section 9). The order is always:
 * session-terminate where the focus ends it, expire on the bridge, source-remove to the others. Where transports are
 * replaced, one who moves keeps its session and its sources; only its endpoint goes.
 */
final class MoveMachine {
    private static final Comparator<Member> MISSED_MOST_FIRST =
            Comparator.comparingInt(Member::presenceWeight).reversed();

    private final ReinviteMethod method;
    private final SignalingMachine signaling;
    private final BridgeRequests bridges;
    private final InviteTurns turns;

    MoveMachine(ConferenceConfig config, SignalingMachine signaling, BridgeRequests bridges, InviteTurns turns) {
        method = config.reinvites().method();
        this.signaling = signaling;
        this.bridges = bridges;
        this.turns = turns;
    }

    /** When somebody is invited again. */
    enum Turn {
        NEXT,
        /** At once: the fleet has waited for the right moment. */
        NOW,
        PACED,
        /** After a while: at once the answer would be the same. */
        LATER
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
            String where = request.to().map(to -> " for " + to).orElse("");
            d.log(Effect.Level.INFO, "%s leaves %s%s: %s".formatted(member.get().id(), request.from(), where, why));
            d.count(ConferenceCounter.PARTICIPANTS_MOVED);
            one(d, member.get(), Expiry.NEEDED, Turn.NOW, request.to());
        }
    }

    private void everybody(Draft d, BridgeSession session, Turn turn) {
        List<Member> moved = new ArrayList<>(bridges.on(d, session));
        moved.sort(MISSED_MOST_FIRST);
        bridges.expire(d, session);
        for (Member member : moved) {
            d.count(ConferenceCounter.PARTICIPANTS_MOVED);
            d.emit(new Effect.ReleaseEndpoint(session.bridge(), member.id()));
            again(d, parted(d, member), turn, Optional.empty());
        }
        // Only now are all of them without an endpoint, so that none of them is told about the others.
        for (Member member : moved) {
            withdrawUnlessHeld(d, member.id());
        }
        turns.pace(d);
    }

    /** One participant is invited again, by the focus' decision. */
    void one(Draft d, Member member, Expiry expiry, Turn turn) {
        one(d, member, expiry, turn, Optional.empty());
    }

    private void one(Draft d, Member member, Expiry expiry, Turn turn, Optional<BridgeId> planned) {
        Member parted = parted(d, member);
        Allocation where = where(member);
        again(d, parted, turn, planned);
        bridges.release(d, where, member.id(), expiry);
        withdrawUnlessHeld(d, member.id());
        turns.pace(d);
    }

    /**
     * One participant refused another transport, or did not answer: it gets a new session, now and whenever it moves.
     * Jicofo only logs it.
     */
    void notFollowing(Draft d, Member member, String why) {
        d.count(ConferenceCounter.TRANSPORT_REPLACES_FAILED);
        d.log(Effect.Level.INFO, "%s gets a new session: %s".formatted(member.id(), why));
        one(d, member.with(new Replacement.GivenUp()), Expiry.NEEDED, Turn.NEXT);
    }

    /** A transport-replace was not accepted in time. */
    void replaceTimedOut(Draft d, EndpointId id) {
        Member member = d.members
                .get(id)
                .filter(found -> found.held().isPresent() && found.invite() instanceof Invite.Offered)
                .orElseThrow(() -> new IllegalStateException(id + " has no transport to accept"));
        if (d.life.phase().inRoom()) {
            notFollowing(d, member, "it did not accept another transport");
        } else {
            // Its accept could not be heard. It is invited again when the focus is back.
            d.startTimer(new TimerKey.Replace(id), OfferMachine.ACCEPT_TIMEOUT);
        }
    }

    /**
     * One participant asked for a new session while it waits for another transport in the one that it has. Its turn stays;
     * what it sent is forgotten.
     */
    void startOver(Draft d, Member member) {
        d.members.put(member.id(), endSession(d, member, Farewell.NONE));
        d.touched.add(member.id());
        withdraw(d, member.id());
    }

    private void again(Draft d, Member member, Turn turn, Optional<BridgeId> planned) {
        switch (turn) {
            case NEXT -> turns.next(d, member, Trigger.MOVE);
            case NOW -> turns.moved(d, member, planned);
            case PACED -> turns.later(d, member, Trigger.MOVE);
            case LATER -> turns.retry(d, member, Trigger.MOVE);
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
            case TERMINATED, ACCEPT_REFUSED -> Farewell.NONE;
            // Only where it kept one; it is invited again when a bridge appears.
            case ALLOCATION_FAILED -> Farewell.MOVING;
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
        if (member.jingle().isEmpty()) {
            return member;
        }
        SessionId session = member.jingle().get();
        d.cancelTimer(new TimerKey.SourceSignaling(member.id()));
        d.cancelTimer(new TimerKey.Replace(member.id()));
        switch (farewell) {
            case NONE -> {}
            case MOVING -> terminate(d, member.id(), session, TerminateReason.MOVING);
            case IDLE -> terminate(d, member.id(), session, TerminateReason.IDLE);
            case OFFER_FAILED -> terminate(d, member.id(), session, TerminateReason.OFFER_FAILED);
        }
        Member ended = member.withPast(session);
        return ended.held().isPresent() ? ended.with(new Replacement.Possible()) : ended;
    }

    private static void terminate(Draft d, EndpointId id, SessionId session, TerminateReason reason) {
        d.emitJingle("SESSION_TERMINATE", new Effect.SendTerminate(id, session, reason));
    }

    /** It leaves its endpoint: in the session that it keeps, or without one. */
    private Member parted(Draft d, Member member) {
        if (method == ReinviteMethod.RESTART_JINGLE || member.replacement() instanceof Replacement.GivenUp) {
            return keeping(d, endSession(d, member, Farewell.MOVING));
        }
        if (member.invite() instanceof Invite.Active active) {
            // What it has still to be told of others is in the transport-replace.
            d.cancelTimer(new TimerKey.SourceSignaling(member.id()));
            return member.with(
                    new Replacement.Held(active.jingle().id(), active.where().session()));
        }
        // One that was sent a transport-replace could accept that one when it is sent the next.
        boolean offered = member.invite() instanceof Invite.Offered;
        return member.held().isPresent() && !offered ? member : keeping(d, endSession(d, member, Farewell.MOVING));
    }

    private void withdrawUnlessHeld(Draft d, EndpointId id) {
        if (d.members.get(id).flatMap(Member::held).isEmpty()) {
            withdraw(d, id);
        }
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
