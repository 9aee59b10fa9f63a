package org.confocal.focus.conference.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.MemberPresence;
import org.confocal.focus.model.MemberPresence.Claim;
import org.confocal.focus.model.SessionId;
import org.confocal.strategy.Audience;
import org.confocal.strategy.EndpointId;

/**
 * Somebody in the room, the focus left out.
 *
 * @param presence the last one
 * @param audience as at the join; a later change of role does not make a visitor a participant (spec/02, section 8)
 * @param claims what it says it is, where its domain is trusted
 * @param features what it supports, or that this is being asked
 * @param invite how far its session is
 * @param encounter whether it has been invited before
 * @param restarts what it may still ask for in full restarts
 * @param iceRestarts what it may still ask for in ICE restarts
 * @param kept its sources when it was moved away from a bridge: its next endpoint is created with them
 * @param replacement whether it keeps its session when it is moved
 * @param pastSessions sessions that are over, oldest first; at most {@value #MAX_PAST_SESSIONS}
 */
public record Member(
        EndpointId id,
        MemberPresence presence,
        Audience audience,
        Set<Claim> claims,
        Features features,
        Invite invite,
        Encounter encounter,
        RequestBudget restarts,
        RequestBudget iceRestarts,
        EndpointSources kept,
        Replacement replacement,
        List<SessionId> pastSessions) {
    /** Late requests about older sessions than these are answered as if the session had never existed. */
    public static final int MAX_PAST_SESSIONS = 8;

    public Member {
        claims = Set.copyOf(claims);
        pastSessions = List.copyOf(pastSessions);
    }

    /** Whether a member was invited before. */
    public enum Encounter {
        FIRST,
        AGAIN
    }

    public static Member joined(MemberPresence presence, Audience audience, Set<Claim> claims, Features features) {
        return new Member(
                presence.id(),
                presence,
                audience,
                claims,
                features,
                new Invite.Waiting(),
                Encounter.FIRST,
                RequestBudget.UNUSED,
                RequestBudget.UNUSED,
                EndpointSources.EMPTY,
                new Replacement.Possible(),
                List.of());
    }

    public boolean visitor() {
        return audience == Audience.VISITOR;
    }

    /** How much it is missed while it has no media: those who speak most, then those who show something, visitors least. */
    public int presenceWeight() {
        return (presence.audioUnmuted() ? 4 : 0) + (presence.videoUnmuted() ? 2 : 0) + (visitor() ? 0 : 1);
    }

    /** Whether this is a recorder or a telephone gateway: such a one never becomes owner. */
    public boolean service() {
        return !claims.isEmpty();
    }

    public Member with(MemberPresence next, Set<Claim> nextClaims) {
        return new Member(
                id,
                next,
                audience,
                nextClaims,
                features,
                invite,
                encounter,
                restarts,
                iceRestarts,
                kept,
                replacement,
                pastSessions);
    }

    public Member with(Features next) {
        return new Member(
                id,
                presence,
                audience,
                claims,
                next,
                invite,
                encounter,
                restarts,
                iceRestarts,
                kept,
                replacement,
                pastSessions);
    }

    public Member with(Invite next) {
        return new Member(
                id,
                presence,
                audience,
                claims,
                features,
                next,
                encounter,
                restarts,
                iceRestarts,
                kept,
                replacement,
                pastSessions);
    }

    public Member with(Encounter next) {
        return new Member(
                id,
                presence,
                audience,
                claims,
                features,
                invite,
                next,
                restarts,
                iceRestarts,
                kept,
                replacement,
                pastSessions);
    }

    public Member withRestarts(RequestBudget next) {
        return new Member(
                id,
                presence,
                audience,
                claims,
                features,
                invite,
                encounter,
                next,
                iceRestarts,
                kept,
                replacement,
                pastSessions);
    }

    public Member withIceRestarts(RequestBudget next) {
        return new Member(
                id,
                presence,
                audience,
                claims,
                features,
                invite,
                encounter,
                restarts,
                next,
                kept,
                replacement,
                pastSessions);
    }

    public Member withKept(EndpointSources next) {
        return new Member(
                id,
                presence,
                audience,
                claims,
                features,
                invite,
                encounter,
                restarts,
                iceRestarts,
                next,
                replacement,
                pastSessions);
    }

    public Member with(Replacement next) {
        return new Member(
                id,
                presence,
                audience,
                claims,
                features,
                invite,
                encounter,
                restarts,
                iceRestarts,
                kept,
                next,
                pastSessions);
    }

    /** Its Jingle session: that with an endpoint, or the one that it keeps while it is moved. */
    public Optional<SessionId> jingle() {
        return invite.session().map(Session::id).or(() -> held().map(Replacement.Held::session));
    }

    /** The session that it keeps while it is moved; empty where it is not moved, or gets a new session. */
    public Optional<Replacement.Held> held() {
        return replacement instanceof Replacement.Held held ? Optional.of(held) : Optional.empty();
    }

    public Member withPast(SessionId ended) {
        List<SessionId> past = new ArrayList<>(pastSessions);
        past.add(ended);
        if (past.size() > MAX_PAST_SESSIONS) {
            past.remove(0);
        }
        return new Member(
                id,
                presence,
                audience,
                claims,
                features,
                invite,
                encounter,
                restarts,
                iceRestarts,
                kept,
                replacement,
                past);
    }
}
