package org.confocal.focus.conference;

import java.util.Optional;
import org.confocal.focus.conference.BridgeRequests.Expiry;
import org.confocal.focus.conference.Effect.BridgeExperience;
import org.confocal.focus.conference.InviteTable.Trigger;
import org.confocal.focus.conference.MoveMachine.Turn;
import org.confocal.focus.conference.state.Allocation;
import org.confocal.focus.conference.state.Invite;
import org.confocal.focus.conference.state.Invite.Closing;
import org.confocal.focus.conference.state.Member;
import org.confocal.focus.conference.state.RequestBudget;
import org.confocal.focus.conference.state.Session;
import org.confocal.focus.config.ConferenceConfig;
import org.confocal.focus.model.BridgeSessionId;
import org.confocal.focus.model.JingleRequest;
import org.confocal.focus.model.StanzaError;
import org.confocal.focus.model.StanzaError.Condition;

/**
 * What participants want when media does not flow: an ICE restart in place, a new session, or no session (spec/03,
 * sections 5.4, 5.5 and 6). A refused request changes nothing but a counter. Each method returns the error to answer
 * with, or nothing where all is well.
 */
final class RestartMachine {
    private static final String RATE_LIMITED = "rate-limited";

    private final ConferenceConfig config;
    private final BridgeRequests bridges;
    private final MoveMachine moves;

    RestartMachine(ConferenceConfig config, BridgeRequests bridges, MoveMachine moves) {
        this.config = config;
        this.bridges = bridges;
        this.moves = moves;
    }

    Optional<StanzaError> iceRestart(Draft d, Member member, Optional<BridgeSessionId> named) {
        if (!config.iceRestart()) {
            return JingleMachine.error(Condition.FEATURE_NOT_IMPLEMENTED, "in-place ICE restart is disabled");
        }
        d.count(ConferenceCounter.ICE_RESTARTS_REQUESTED);
        Optional<RequestBudget> budget = member.iceRestarts().spend(d.now, config.restartLimits());
        if (budget.isEmpty()) {
            return JingleMachine.error(Condition.RESOURCE_CONSTRAINT, RATE_LIMITED);
        }
        Member spent = member.withIceRestarts(budget.get());
        d.members.put(spent.id(), spent);
        if (!isCurrent(spent, named)) {
            return notCurrent(named);
        }
        Session session =
                spent.invite().session().orElseThrow(() -> new IllegalStateException(spent.id() + " has no session"));
        bridges.iceRestart(d, spent, session.id());
        return Optional.empty();
    }

    /** A report, not a question: it is always acknowledged. */
    Optional<StanzaError> iceFailed(Draft d, Member member, Optional<BridgeSessionId> named) {
        d.count(ConferenceCounter.PARTICIPANTS_ICE_FAILED);
        if (!isCurrent(member, named)) {
            return Optional.empty();
        }
        report(d, member);
        // Jicofo invites again without a limit here; we take it from the budget of restarts, since it costs the same.
        member.restarts()
                .spend(d.now, config.restartLimits())
                .ifPresent(budget -> moves.one(d, member.withRestarts(budget), Expiry.NEEDED, Turn.NEXT));
        return Optional.empty();
    }

    /** transport-reject: it keeps its media only with a new session. Where nothing was to be replaced, it changes nothing. */
    void transportRejected(Draft d, Member member) {
        if (member.held().isPresent() && member.invite() instanceof Invite.Offered) {
            moves.notFollowing(d, member, "it rejected another transport");
        }
    }

    Optional<StanzaError> terminate(Draft d, Member member, JingleRequest.Terminate terminate) {
        if (!terminate.restart()) {
            moves.close(d, member, Trigger.TERMINATE, Closing.TERMINATED);
            return Optional.empty();
        }
        d.count(ConferenceCounter.PARTICIPANTS_RESTART_REQUESTED);
        // One that is being moved may know only of the bridge that it came from.
        boolean left = member.held()
                .filter(held -> terminate.bridgeSession().equals(Optional.of(held.told())))
                .isPresent();
        if (!isCurrent(member, terminate.bridgeSession()) && !left) {
            return notCurrent(terminate.bridgeSession());
        }
        if (!left) {
            report(d, member);
        }
        Optional<RequestBudget> budget = member.restarts().spend(d.now, config.restartLimits());
        if (budget.isEmpty()) {
            // Jicofo ends the session though it says no; we keep it (spec/03, section 15).
            return JingleMachine.error(Condition.RESOURCE_CONSTRAINT, RATE_LIMITED);
        }
        Member spent = member.withRestarts(budget.get());
        if (member.invite().session().isPresent()) {
            moves.restart(d, spent);
        } else {
            moves.startOver(d, spent);
        }
        return Optional.empty();
    }

    private static void report(Draft d, Member member) {
        member.invite()
                .allocation()
                .ifPresent(
                        where -> d.emit(new Effect.ReportBridge(where.bridge(), BridgeExperience.RESTART_REQUESTED)));
    }

    private static boolean isCurrent(Member member, Optional<BridgeSessionId> named) {
        return member.invite().session().isPresent()
                && named.isPresent()
                && named.equals(member.invite().allocation().map(Allocation::session));
    }

    private static Optional<StanzaError> notCurrent(Optional<BridgeSessionId> named) {
        return JingleMachine.error(
                Condition.ITEM_NOT_FOUND,
                named.map(BridgeSessionId::value).orElse("null") + " is not a currently active session");
    }
}
