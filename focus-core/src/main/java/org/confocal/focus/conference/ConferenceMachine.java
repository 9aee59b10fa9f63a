package org.confocal.focus.conference;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.confocal.focus.conference.ConferenceInput.OfferAnswer;
import org.confocal.focus.conference.InviteTable.Trigger;
import org.confocal.focus.conference.RoomMachine.Readiness;
import org.confocal.focus.conference.state.Invite;
import org.confocal.focus.conference.state.Invite.Closing;
import org.confocal.focus.conference.state.Member;
import org.confocal.focus.config.CascadeConfig;
import org.confocal.focus.config.ConferenceConfig;
import org.confocal.focus.model.StanzaError;
import org.confocal.focus.model.StanzaError.Condition;

/**
 * Decides everything about one conference, by handing each input to the machine whose concern it is. Pure: no lock, no
 * clock, no randomness but what the state holds, so that two machines with the same configuration and state give the same
 * effects. Safe on any thread.
 *
 * <p>An input that cannot happen in a state is counted, logged and dropped. A state that cannot be is an {@link
 * IllegalStateException}; it ends this conference and no other.
 */
public final class ConferenceMachine implements Machine<ConferenceState, ConferenceInput> {
    private final FocusPresenceMachine presence;
    private final SignalingMachine signaling;
    private final InviteTurns turns;
    private final AllocationMachine allocation;
    private final InviteMachine invites;
    private final MoveMachine moves;
    private final JingleMachine jingle;
    private final MuteMachine mutes;
    private final MemberMachine members;
    private final RoomMachine room;
    private final RelayMachine relays;
    private final BridgeRequests bridges;

    /** Where bridges are linked, each is with every other. */
    public ConferenceMachine(ConferenceConfig config) {
        this(config, CascadeConfig.FULL_MESH);
    }

    public ConferenceMachine(ConferenceConfig config, CascadeConfig cascades) {
        presence = new FocusPresenceMachine(config);
        signaling = new SignalingMachine(config);
        turns = new InviteTurns(config);
        mutes = new MuteMachine();
        bridges = new BridgeRequests(config);
        moves = new MoveMachine(config, signaling, bridges, turns);
        relays = new RelayMachine(config, new CascadePlan(cascades), bridges);
        allocation = new AllocationMachine(
                bridges, moves, turns, new OfferMachine(config), relays, new RelayAnswers(config, bridges));
        invites = new InviteMachine(config, turns, allocation);
        jingle = new JingleMachine(
                new SourceRequests(config, bridges, signaling, moves), new RestartMachine(config, bridges, moves));
        OwnerMachine owners = new OwnerMachine(config.owners());
        members = new MemberMachine(config, invites, turns, signaling, bridges, moves, owners);
        RejoinMachine rejoin = new RejoinMachine(members, moves, signaling, allocation, relays, owners);
        room = new RoomMachine(config, members, bridges, presence, rejoin, owners);
    }

    @Override
    public Step<ConferenceState> step(ConferenceState state, ConferenceInput input, Instant now) {
        if (state.ended()) {
            return new Step<>(state, afterEnd(state, input));
        }
        Draft d = new Draft(state, now);
        try {
            handle(d, input);
            relays.settle(d);
            if (!d.ended()) {
                if (d.stirred()) {
                    // Both look at everybody, and at nothing else but the room.
                    presence.updateLimits(d);
                    invites.inviteWaiting(d);
                }
                invites.pump(d);
                presence.publish(d);
            }
        } catch (IllegalStateException broken) {
            throw new IllegalStateException(
                    "%s; at %s in %s".formatted(broken.getMessage(), input, state.summary()), broken);
        }
        return d.finish();
    }

    private void handle(Draft d, ConferenceInput input) {
        switch (input) {
            case ConferenceInput.Requested requested -> room.requested(d, requested);
            case ConferenceInput.RoomJoined joined -> room.joined(d, joined);
            case ConferenceInput.RoomJoinFailed failed -> room.joinFailed(d, failed.reason());
            case ConferenceInput.RoomLost lost -> room.lost(d, lost.loss());
            case ConferenceInput.Reconnected again -> room.reconnected(d);
            case ConferenceInput.MemberPresent present -> room.memberPresent(d, present.presence());
            case ConferenceInput.MemberLeft left -> room.memberLeft(d, left);
            case ConferenceInput.MetadataReceived metadata -> room.metadata(d, metadata);
            case ConferenceInput.FeaturesDiscovered discovered -> invites.discovered(d, discovered);
            case ConferenceInput.JingleReceived received -> jingle.received(d, received);
            case ConferenceInput.OfferAnswered answered -> offerAnswered(d, answered);
            case ConferenceInput.MuteRequested requested -> mutes.requested(d, requested);
            case ConferenceInput.BridgeSelected selected -> invites.selected(d, selected);
            case ConferenceInput.SelectionPostponed postponed -> invites.postponed(d, postponed);
            case ConferenceInput.BridgeAnswered answered ->
                allocation.answered(d, answered.request(), answered.answer());
            case ConferenceInput.BridgeLost lost -> allocation.lost(d, lost.bridge(), lost.loss());
            case ConferenceInput.MoveRequested requested -> moves.away(d, requested);
            case ConferenceInput.BridgeUsable usable -> allocation.usable(d, usable.bridge());
            case ConferenceInput.TakenUp again -> takenUp(d, again);
            case ConferenceInput.TimerFired fired -> timerFired(d, fired.key());
            case ConferenceInput.Stop stop -> room.stop(d, stop.reason());
        }
    }

    private void timerFired(Draft d, TimerKey key) {
        if (!d.timers.remove(key)) {
            // It was cancelled while it was on its way.
            return;
        }
        switch (key) {
            case TimerKey.Start start -> room.startTimedOut(d);
            case TimerKey.SingleParticipant single -> members.alone(d);
            case TimerKey.SourceSignaling signalingTimer -> signaling.due(d, signalingTimer.id());
            case TimerKey.Reinvite reinvite -> turns.pace(d);
            case TimerKey.Replace replace -> moves.replaceTimedOut(d, replace.id());
            case TimerKey.MissingBridges missing -> allocation.missingTimedOut(d);
            case TimerKey.Rejoin rejoin -> room.joinAgain(d);
            case TimerKey.Metadata metadata -> room.metadataMissing(d);
        }
    }

    private void takenUp(Draft d, ConferenceInput.TakenUp again) {
        invites.askAgain(d);
        if (again.bridges() == ConferenceInput.Bridges.DOUBTFUL) {
            bridges.checkAll(d);
        }
        // A bridge that had failed the last process may be good enough for this one, and is not announced as such.
        allocation.leftOut(d);
    }

    /** An answer to an offer that is over is of no interest; a late one is none to an accepted session either. */
    private void offerAnswered(Draft d, ConferenceInput.OfferAnswered input) {
        Optional<Member> member = d.members
                .get(input.id())
                .filter(found -> found.invite() instanceof Invite.Offered offered
                        && offered.jingle().id().equals(input.session()));
        if (member.isPresent() && input.answer() == OfferAnswer.REFUSED) {
            if (member.get().held().isPresent()) {
                moves.notFollowing(d, member.get(), "it answered transport-replace with an error");
                return;
            }
            d.log(Effect.Level.INFO, "%s refused the offer".formatted(input.id()));
            moves.close(d, member.get(), Trigger.REFUSE, Closing.OFFER_REFUSED);
        }
    }

    /** Who asks a conference that is over still gets an answer; nothing else happens. */
    private static List<Effect> afterEnd(ConferenceState state, ConferenceInput input) {
        return switch (input) {
            case ConferenceInput.Requested requested ->
                List.of(new Effect.AnswerRequest(
                        requested.request().origin(),
                        RoomMachine.answer(
                                state.room(),
                                Readiness.NOT_READY,
                                requested.requester().told())));
            case ConferenceInput.JingleReceived received ->
                List.of(new Effect.Refuse(received.stanza(), StanzaError.of(Condition.ITEM_NOT_FOUND, "")));
            case ConferenceInput.MuteRequested requested ->
                List.of(new Effect.Refuse(requested.stanza(), StanzaError.of(Condition.ITEM_NOT_FOUND, "")));
            case ConferenceInput.RoomJoined ignored -> List.of();
            case ConferenceInput.RoomJoinFailed ignored -> List.of();
            case ConferenceInput.RoomLost ignored -> List.of();
            case ConferenceInput.Reconnected ignored -> List.of();
            case ConferenceInput.MemberPresent ignored -> List.of();
            case ConferenceInput.MemberLeft ignored -> List.of();
            case ConferenceInput.MetadataReceived ignored -> List.of();
            case ConferenceInput.FeaturesDiscovered ignored -> List.of();
            case ConferenceInput.OfferAnswered ignored -> List.of();
            case ConferenceInput.BridgeSelected ignored -> List.of();
            case ConferenceInput.SelectionPostponed ignored -> List.of();
            case ConferenceInput.BridgeAnswered ignored -> List.of();
            case ConferenceInput.BridgeLost ignored -> List.of();
            case ConferenceInput.MoveRequested ignored -> List.of();
            case ConferenceInput.BridgeUsable ignored -> List.of();
            case ConferenceInput.TakenUp ignored -> List.of();
            case ConferenceInput.TimerFired ignored -> List.of();
            case ConferenceInput.Stop ignored -> List.of();
        };
    }
}
