package org.confocal.focus.conference;

import java.time.Duration;
import java.util.Optional;
import org.confocal.focus.conference.BridgeRequests.Expiry;
import org.confocal.focus.conference.ConferenceInput.BridgeLoss;
import org.confocal.focus.conference.Effect.BridgeExperience;
import org.confocal.focus.conference.InviteTable.Trigger;
import org.confocal.focus.conference.MoveMachine.Turn;
import org.confocal.focus.conference.state.Allocation;
import org.confocal.focus.conference.state.Avoidance;
import org.confocal.focus.conference.state.BridgeSession;
import org.confocal.focus.conference.state.BridgeSession.Sight;
import org.confocal.focus.conference.state.Invite;
import org.confocal.focus.conference.state.Invite.Closing;
import org.confocal.focus.conference.state.Member;
import org.confocal.focus.conference.state.Pending;
import org.confocal.focus.model.BridgeAnswer;
import org.confocal.focus.model.BridgeAnswer.EndpointAnswer;
import org.confocal.focus.model.RequestId;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.Selection;

/**
 * The conference's sessions with bridges: who is put where, and what an answer of a bridge means (spec/04, sections 4 to
 * 6). Where the fleet chooses another bridge than those that the conference is on, and bridges may be linked, it is used
 * beside them; where they may not, everybody goes there.
 */
final class AllocationMachine {
    /** A bridge that has to reconnect as well is back within seconds, or not for long. */
    static final Duration MISSING_GRACE = Duration.ofSeconds(10);

    /** So long a conference takes no bridge on which something it asked for failed, while there is another one. */
    static final Duration SUSPICION = Duration.ofMinutes(1);

    private final BridgeRequests bridges;
    private final MoveMachine moves;
    private final InviteTurns turns;
    private final OfferMachine offers;
    private final RelayMachine relays;
    private final RelayAnswers relayAnswers;

    AllocationMachine(
            BridgeRequests bridges,
            MoveMachine moves,
            InviteTurns turns,
            OfferMachine offers,
            RelayMachine relays,
            RelayAnswers relayAnswers) {
        this.bridges = bridges;
        this.moves = moves;
        this.turns = turns;
        this.offers = offers;
        this.relays = relays;
        this.relayAnswers = relayAnswers;
    }

    /** The fleet chose a bridge for somebody. */
    void chosen(Draft d, Member member, Selection.Chosen choice) {
        if (!relays.mayJoin(d, choice)) {
            for (BridgeSession other : d.bridges.values()) {
                if (!other.bridge().equals(choice.bridge())) {
                    // Jicofo strands the newcomer; we move all, since people on two bridges that are not linked do not
                    // see each other.
                    d.log(Effect.Level.INFO, "Moving from %s to %s".formatted(other.bridge(), choice.bridge()));
                    moves.everybody(d, other);
                }
            }
        }
        BridgeSession session = d.bridges
                .get(choice.bridge())
                .orElseGet(() -> new BridgeSession(
                        choice.bridge(),
                        d.newBridgeSession(),
                        choice.region(),
                        choice.relayId(),
                        Sight.SEEN,
                        Optional.empty()));
        RequestId request = bridges.create(d, session, member);
        d.move(member, Trigger.CHOSEN, new Invite.Allocating(request, new Allocation(session.bridge(), session.id())));
    }

    /** A bridge answered. What belongs to something that is over is dropped. */
    void answered(Draft d, RequestId request, BridgeAnswer answer) {
        if (!d.made(request)) {
            d.illegal("an answer to request %d, which was never made".formatted(request.value()));
            return;
        }
        Optional<Pending> found = d.pending.get(request);
        if (found.isEmpty()) {
            return;
        }
        d.pending.remove(request);
        Pending pending = found.get();
        BridgeSession session = d.session(
                        pending.where().bridge(), pending.where().session())
                .orElseThrow(() -> new IllegalStateException("pending without a session: " + pending));
        switch (pending) {
            case Pending.Create create -> createAnswered(d, session, create, answer);
            case Pending.Change change -> changeAnswered(d, session, answer);
            case Pending.Check check -> checkAnswered(d, session, answer);
            case Pending.IceRestart restart -> iceRestartAnswered(d, session, restart, answer);
            case Pending.RelayCreate create ->
                relayAnswered(d, session, answer, relayAnswers.created(d, session, create, answer));
            case Pending.RelayChange change ->
                relayAnswered(d, session, answer, relayAnswers.changed(d, session, change, answer));
        }
    }

    /**
     * Whoever was on a bridge that has lost the conference is invited again, and so where the bridge's occupant is gone:
     * its leaving may have been news for the process before this one only. What else is answered is no news.
     */
    private void checkAnswered(Draft d, BridgeSession session, BridgeAnswer answer) {
        if (answer instanceof BridgeAnswer.Refused refused
                && refused.condition().equals("item-not-found")) {
            bridges.on(d, session).forEach(member -> d.count(ConferenceCounter.PARTICIPANTS_REPAIRED));
            forgotten(d, session, answer);
        }
    }

    private void relayAnswered(Draft d, BridgeSession session, BridgeAnswer answer, RelayAnswers.Outcome outcome) {
        switch (outcome) {
            case FINE -> {}
            case SESSION_FAILED -> failed(d, session, Optional.empty(), answer);
            case TIMED_OUT -> failed(d, session, Optional.of(BridgeExperience.TIMED_OUT), answer);
            case BRIDGE_FAILED -> failed(d, session, Optional.of(BridgeExperience.FAILED), answer);
        }
    }

    /**
     * A bridge must not be used any more. Where it was only seen to leave, and the focus itself is cut off, the bridge is
     * missing at first: media still flows over it.
     */
    void lost(Draft d, BridgeId bridge, BridgeLoss loss) {
        Optional<BridgeSession> session = d.bridges.get(bridge);
        if (session.isEmpty()) {
            return;
        }
        if (d.life.phase().isAway() && loss == BridgeLoss.REMOVED) {
            d.bridges.put(bridge, session.get().with(Sight.MISSING));
        } else {
            d.log(Effect.Level.INFO, "Bridge %s is lost: %s".formatted(bridge, Draft.lower(loss)));
            moves.everybody(d, session.get());
        }
    }

    /** The focus is back: bridges that are missing have a while to be seen again. Nobody is invited meanwhile. */
    void awaitMissing(Draft d) {
        if (BridgeRequests.anyMissing(d)) {
            d.startTimer(BridgeRequests.MISSING, MISSING_GRACE);
        }
    }

    /** The while is over: what is still missing is lost. */
    void missingTimedOut(Draft d) {
        if (!d.life.phase().inRoom()) {
            // Cut off again: the while starts anew when the focus is back.
            return;
        }
        for (BridgeSession session : d.bridges.values()) {
            if (session.sight() == Sight.MISSING) {
                d.log(Effect.Level.INFO, "Bridge %s did not come back".formatted(session.bridge()));
                moves.everybody(d, session);
            }
        }
    }

    /** A bridge can be used: whoever has been left without a session is invited again, paced. */
    void usable(Draft d, BridgeId bridge) {
        d.bridges
                .get(bridge)
                .filter(session -> session.sight() == Sight.MISSING)
                .ifPresent(session -> d.bridges.put(bridge, session.with(Sight.SEEN)));
        BridgeRequests.watchMissing(d);
        leftOut(d);
    }

    /** Whoever has been left without a session for want of a bridge is invited again, paced. */
    void leftOut(Draft d) {
        for (Member member : d.members.values()) {
            if (member.invite() instanceof Invite.Closed closed && closed.why() == Closing.ALLOCATION_FAILED) {
                turns.later(d, member, Trigger.INVITE);
            }
        }
        unserved(d);
    }

    /** There is a bridge after all for those for whom there was none. */
    void unserved(Draft d) {
        for (Member member : d.members.values()) {
            if (member.invite() instanceof Invite.Unserved) {
                turns.later(d, member, Trigger.INVITE);
            }
        }
        turns.pace(d);
    }

    private void createAnswered(Draft d, BridgeSession session, Pending.Create create, BridgeAnswer answer) {
        switch (answer) {
            case BridgeAnswer.Modified modified -> created(d, session, create, modified);
            case BridgeAnswer.TimedOut timedOut -> failed(d, session, Optional.of(BridgeExperience.TIMED_OUT), answer);
            case BridgeAnswer.Unusable unusable -> {
                d.emit(new Effect.ReportBridge(session.bridge(), BridgeExperience.FAILED));
                elsewhere(d, create, answer);
            }
            case BridgeAnswer.NotSent notSent ->
                allocating(d, create).ifPresent(member -> {
                    d.invites = d.invites.withFailures(d.invites.failures() + 1);
                    d.move(member, Trigger.NOT_SENT, new Invite.Unserved());
                    bridges.release(d, create.where(), member.id(), Expiry.NEEDED);
                });
            case BridgeAnswer.Refused refused -> createRefused(d, session, create, refused);
        }
    }

    private void createRefused(Draft d, BridgeSession session, Pending.Create create, BridgeAnswer.Refused refused) {
        String reason = refused.reason().orElse("");
        switch (refused.condition()) {
            case "bad-request" -> onlyThisOne(d, create, refused);
            case "item-not-found" -> {
                switch (reason) {
                    // The bridge's occupant is gone: its leaving is reported by the brewery.
                    case "" -> elsewhere(d, create, refused);
                    case "conference_not_found" -> failed(d, session, Optional.empty(), refused);
                    default -> failed(d, session, Optional.of(BridgeExperience.FAILED), refused);
                }
            }
            case "conflict" -> {
                if (reason.equals("conference_already_exists") && d.invites.failures() == 0) {
                    replaced(d, session);
                } else {
                    failed(d, session, Optional.empty(), refused);
                }
            }
            case "service-unavailable" -> {
                BridgeExperience experience = reason.equals("graceful_shutdown")
                        ? BridgeExperience.GRACEFUL_SHUTDOWN
                        : BridgeExperience.FAILED;
                failed(d, session, Optional.of(experience), refused);
            }
            default -> failed(d, session, Optional.of(BridgeExperience.FAILED), refused);
        }
    }

    private void created(Draft d, BridgeSession before, Pending.Create create, BridgeAnswer.Modified answer) {
        BridgeSession session = before;
        if (before.feedback().isEmpty()) {
            session = before.withFeedback(answer.feedback());
            d.bridges.put(session.bridge(), session);
        }
        Optional<Member> member = allocating(d, create);
        if (member.isEmpty()) {
            // Its owner left or was moved; the expire is already behind the create on its way to the bridge.
            return;
        }
        Optional<EndpointAnswer> endpoint = answer.endpoints().stream()
                .filter(each -> each.id().equals(create.endpoint()))
                .findFirst();
        boolean complete = endpoint.isPresent()
                && endpoint.get().transport().isPresent()
                && (create.sctp() == Pending.Sctp.NOT_ASKED
                        || endpoint.get().sctpPort().isPresent());
        if (!complete) {
            elsewhere(d, create, answer);
            return;
        }
        d.emit(new Effect.ReportBridge(session.bridge(), BridgeExperience.ALLOCATED));
        offers.send(d, member.get(), session, endpoint.get());
    }

    private void changeAnswered(Draft d, BridgeSession session, BridgeAnswer answer) {
        switch (answer) {
            case BridgeAnswer.Modified modified -> d.invites = d.invites.withFailures(0);
            case BridgeAnswer.TimedOut timedOut -> ignored(d, session, answer);
            case BridgeAnswer.NotSent notSent -> ignored(d, session, answer);
            case BridgeAnswer.Unusable unusable -> failed(d, session, Optional.empty(), answer);
            case BridgeAnswer.Refused refused -> {
                if (unknownEndpoint(refused)) {
                    endpointLost(d, session, refused.endpoint());
                } else {
                    failed(d, session, Optional.empty(), answer);
                }
            }
        }
    }

    private void iceRestartAnswered(Draft d, BridgeSession session, Pending.IceRestart restart, BridgeAnswer answer) {
        if (answer instanceof BridgeAnswer.Refused refused
                && refused.reason().equals(Optional.of("conference_not_found"))) {
            d.count(ConferenceCounter.ICE_RESTARTS_FAILED);
            failed(d, session, Optional.empty(), answer);
            return;
        }
        Optional<Member> member = d.members
                .get(restart.endpoint())
                .filter(found -> found.invite()
                        .session()
                        .filter(jingle -> jingle.id().equals(restart.session()))
                        .isPresent());
        if (member.isEmpty()) {
            return;
        }
        switch (answer) {
            case BridgeAnswer.Modified modified -> {
                Optional<EndpointAnswer> endpoint = modified.endpoints().stream()
                        .filter(each -> each.id().equals(restart.endpoint()))
                        .findFirst();
                if (endpoint.flatMap(EndpointAnswer::transport).isPresent()) {
                    offers.relayRestart(
                            d, member.get(), endpoint.get().transport().get());
                } else {
                    iceRestartFailed(d, member.get(), Expiry.NEEDED);
                }
            }
            case BridgeAnswer.Refused refused ->
                iceRestartFailed(d, member.get(), unknownEndpoint(refused) ? Expiry.NOT_NEEDED : Expiry.NEEDED);
            case BridgeAnswer.TimedOut timedOut -> iceRestartFailed(d, member.get(), Expiry.NEEDED);
            case BridgeAnswer.Unusable unusable -> iceRestartFailed(d, member.get(), Expiry.NEEDED);
            case BridgeAnswer.NotSent notSent -> iceRestartFailed(d, member.get(), Expiry.NEEDED);
        }
    }

    private void iceRestartFailed(Draft d, Member member, Expiry expiry) {
        d.count(ConferenceCounter.ICE_RESTARTS_FAILED);
        moves.one(d, member, expiry, Turn.NEXT);
    }

    private void endpointLost(Draft d, BridgeSession session, Optional<EndpointId> endpoint) {
        Optional<Member> member = endpoint.flatMap(d.members::get)
                .filter(found -> found.invite().allocation().equals(Optional.of(where(session))))
                // Still being created: this answer is about the endpoint before it, of the same name.
                .filter(found -> !(found.invite() instanceof Invite.Allocating));
        if (member.isPresent()) {
            d.invites = d.invites.withFailures(d.invites.failures() + 1);
            moves.one(d, member.get(), Expiry.NOT_NEEDED, Turn.PACED);
        }
    }

    /**
     * The bridge has the conference from before a restart of the focus. Ending the session expires it there, so that the
     * next create finds nothing; a second refusal in a row is a failure as any other.
     */
    private void replaced(Draft d, BridgeSession session) {
        d.count(ConferenceCounter.CONFERENCES_REPLACED);
        d.log(
                Effect.Level.WARN,
                "Bridge %s has this conference already: it is expired there and made anew".formatted(session.bridge()));
        d.invites = d.invites.withFailures(d.invites.failures() + 1);
        moves.everybody(d, session);
    }

    /** The bridge lost the conference, which says nothing against making it there anew. */
    private void forgotten(Draft d, BridgeSession session, BridgeAnswer answer) {
        d.log(Effect.Level.WARN, "Bridge %s lost this conference: %s".formatted(session.bridge(), answer));
        d.invites = d.invites.withFailures(d.invites.failures() + 1);
        moves.everybody(d, session);
    }

    /** The session is of no use any more: everybody on it is invited again, elsewhere if there is another bridge. */
    private void failed(Draft d, BridgeSession session, Optional<BridgeExperience> experience, BridgeAnswer answer) {
        if (answer instanceof BridgeAnswer.Refused refused
                && refused.reason().equals(Optional.of("conference_not_found"))) {
            forgotten(d, session, answer);
            return;
        }
        d.count(ConferenceCounter.BRIDGES_SUSPECTED);
        d.log(
                Effect.Level.WARN,
                "Bridge %s failed: %s. This conference avoids it for %d s"
                        .formatted(session.bridge(), answer, SUSPICION.toSeconds()));
        d.invites = d.invites.avoiding(new Avoidance(Optional.empty(), session.bridge(), d.now.plus(SUSPICION)), d.now);
        experience.ifPresent(what -> d.emit(new Effect.ReportBridge(session.bridge(), what)));
        d.invites = d.invites.withFailures(d.invites.failures() + 1);
        moves.everybody(d, session);
    }

    /** This says nothing of the others there, but this one is better off on another bridge, if there is one. */
    // Jicofo does not invite it again; we do, because nobody else would.
    private void elsewhere(Draft d, Pending.Create create, BridgeAnswer answer) {
        allocating(d, create).ifPresent(member -> {
            BridgeId bridge = create.where().bridge();
            noEndpoint(d, create, answer);
            d.invites =
                    d.invites.avoiding(new Avoidance(Optional.of(member.id()), bridge, d.now.plus(SUSPICION)), d.now);
            moves.one(d, member, Expiry.NEEDED, Turn.LATER);
        });
    }

    /** Asking again would bring the same answer. */
    private void onlyThisOne(Draft d, Pending.Create create, BridgeAnswer answer) {
        allocating(d, create).ifPresent(member -> {
            noEndpoint(d, create, answer);
            moves.close(d, member, Trigger.FAILED, Closing.ALLOCATION_FAILED);
        });
    }

    private static void noEndpoint(Draft d, Pending.Create create, BridgeAnswer answer) {
        d.log(
                Effect.Level.WARN,
                "No endpoint for %s on %s: %s"
                        .formatted(create.endpoint(), create.where().bridge(), answer));
    }

    private static void ignored(Draft d, BridgeSession session, BridgeAnswer answer) {
        d.log(Effect.Level.INFO, "No answer of bridge %s: %s".formatted(session.bridge(), answer));
    }

    private static Optional<Member> allocating(Draft d, Pending.Create create) {
        return d.members
                .get(create.endpoint())
                .filter(member -> member.invite() instanceof Invite.Allocating allocating
                        && allocating.request().equals(create.request()));
    }

    private static boolean unknownEndpoint(BridgeAnswer.Refused refused) {
        return refused.reason().equals(Optional.of("unknown_endpoint"))
                && refused.endpoint().isPresent();
    }

    private static Allocation where(BridgeSession session) {
        return new Allocation(session.bridge(), session.id());
    }
}
