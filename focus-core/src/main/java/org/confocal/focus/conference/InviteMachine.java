package org.confocal.focus.conference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.confocal.focus.conference.InviteTable.Trigger;
import org.confocal.focus.conference.state.Features;
import org.confocal.focus.conference.state.Invite;
import org.confocal.focus.conference.state.Invite.Closing;
import org.confocal.focus.conference.state.InviteQueue.Gate;
import org.confocal.focus.conference.state.InviteQueue.SelectingFor;
import org.confocal.focus.conference.state.Member;
import org.confocal.focus.conference.state.Member.Encounter;
import org.confocal.focus.conference.state.Pace;
import org.confocal.focus.conference.state.RoomPhase;
import org.confocal.focus.conference.state.Shown.LastSelection;
import org.confocal.focus.config.ConferenceConfig;
import org.confocal.focus.model.Feature;
import org.confocal.focus.model.RequestId;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.Selection;
import org.confocal.strategy.SelectionRequest;

/**
 * Decides who is invited and when, and asks for a bridge for each: one question at a time, so that every answer can see
 * the one before it (spec/03, section 1).
 */
final class InviteMachine {
    private final ConferenceConfig config;
    private final InviteTurns turns;
    private final AllocationMachine allocation;

    InviteMachine(ConferenceConfig config, InviteTurns turns, AllocationMachine allocation) {
        this.config = config;
        this.turns = turns;
        this.allocation = allocation;
    }

    /** Whether somebody is ever invited. */
    boolean invitable(Member member) {
        return !member.visitor() || config.visitors();
    }

    /** How many could be invited. */
    int invitable(Draft d) {
        int count = 0;
        for (Member member : d.members.view()) {
            count += invitable(member) ? 1 : 0;
        }
        return count;
    }

    void discovered(Draft d, ConferenceInput.FeaturesDiscovered input) {
        Optional<Member> member =
                d.members.get(input.id()).filter(found -> found.features().equals(new Features.Asked(input.request())));
        member.ifPresent(found -> d.members.put(found.id(), found.with(new Features.Known(input.features()))));
    }

    /** Who was asked what it supports, and has not answered, is asked anew: the answer may have been for the process before. */
    void askAgain(Draft d) {
        for (Member member : d.members.view()) {
            if (member.features() instanceof Features.Asked asked) {
                d.emit(new Effect.DiscoverFeatures(
                        asked.request(), member.id(), member.presence().caps()));
            }
        }
    }

    /**
     * Gives a turn to everybody who waits for nothing but company. The first time, that takes the configured minimum of
     * members; later two are enough, or one where the minimum is one.
     */
    void inviteWaiting(Draft d) {
        int here = invitable(d);
        if (here >= config.minParticipants()) {
            d.invites = d.invites.opened();
        }
        boolean enough = d.invites.gate() == Gate.OPENED && here >= Math.min(config.minParticipants(), 2);
        if (d.life.phase() != RoomPhase.JOINED || !enough) {
            return;
        }
        List<Member> waiting = new ArrayList<>();
        for (Member member : d.members.view()) {
            if (invitable(member) && waits(member)) {
                waiting.add(member);
            }
        }
        for (Member member : waiting) {
            if (member.encounter() == Encounter.FIRST) {
                countNewcomer(d, member);
            }
            turns.next(d, member, Trigger.INVITE);
        }
    }

    private static boolean waits(Member member) {
        boolean idle = member.invite() instanceof Invite.Closed closed && closed.why() == Closing.IDLE;
        return idle || (member.invite() instanceof Invite.Waiting && member.features() instanceof Features.Known);
    }

    /** Asks for the next bridge, if none is being asked for. */
    void pump(Draft d) {
        if (d.life.phase() != RoomPhase.JOINED || d.invites.selecting().isPresent()) {
            return;
        }
        // A bridge that is missing may be back in a moment; a choice now would move everybody away from it.
        if (d.invites.ready().isEmpty() || BridgeRequests.anyMissing(d)) {
            return;
        }
        List<EndpointId> ready = new ArrayList<>(d.invites.ready());
        EndpointId id = ready.remove(0);
        Member member = d.members
                .get(id)
                .orElseThrow(() -> new IllegalStateException(id + " is in the queue and not in the room"));
        RequestId request = d.newRequest();
        d.invites = d.invites.withReady(ready).with(Optional.of(new SelectingFor(request, id)));
        Invite.Queued turn =
                member.invite() instanceof Invite.Queued queued ? queued : new Invite.Queued(d.now, Pace.FREE);
        d.move(member, Trigger.SELECT, new Invite.Selecting(request));
        d.emit(new Effect.SelectBridge(
                request,
                new SelectionRequest(
                        d.room,
                        id,
                        member.presence().region(),
                        member.audience(),
                        ConferenceOutline.of(d),
                        d.now,
                        d.invites.avoidedBy(id, d.now),
                        turn.planned()),
                turn.pace()));
    }

    /** The fleet has no time for it yet: it is invited later, and those behind it have their turn. */
    void postponed(Draft d, ConferenceInput.SelectionPostponed input) {
        askedFor(d, input.request())
                .flatMap(id -> selecting(d, id, input.request()))
                .ifPresent(member -> turns.postponed(d, member, input.delay(), input.then()));
    }

    /** The fleet answered. */
    void selected(Draft d, ConferenceInput.BridgeSelected input) {
        Optional<EndpointId> asked = askedFor(d, input.request());
        if (asked.isEmpty()) {
            return;
        }
        Optional<Member> member = selecting(d, asked.get(), input.request());
        switch (input.selection()) {
            case Selection.Chosen chosen -> {
                d.shown = d.shown.with(LastSelection.NOT_FAILED);
                if (member.isPresent()) {
                    allocation.chosen(d, member.get(), chosen);
                    allocation.unserved(d);
                } else {
                    d.emit(new Effect.ReleaseEndpoint(chosen.bridge(), asked.get()));
                }
            }
            case Selection.None none -> {
                d.count(ConferenceCounter.SELECTIONS_FAILED);
                d.shown = d.shown.with(LastSelection.FAILED);
                d.log(Effect.Level.WARN, "No bridge for %s: %s".formatted(asked.get(), Draft.lower(none.reason())));
                member.ifPresent(found -> d.move(found, Trigger.NO_BRIDGE, new Invite.Unserved()));
            }
        }
    }

    /** For whom the fleet was asked; from now on for nobody. Empty where nobody waits for this. */
    private static Optional<EndpointId> askedFor(Draft d, RequestId request) {
        Optional<SelectingFor> asked =
                d.invites.selecting().filter(one -> one.request().equals(request));
        if (asked.isEmpty()) {
            d.illegal("a bridge for request %d, which nobody waits for".formatted(request.value()));
        } else {
            d.invites = d.invites.with(Optional.empty());
        }
        return asked.map(SelectingFor::id);
    }

    private static Optional<Member> selecting(Draft d, EndpointId id, RequestId request) {
        return d.members.get(id).filter(found -> found.invite().equals(new Invite.Selecting(request)));
    }

    private static void countNewcomer(Draft d, Member member) {
        d.count(ConferenceCounter.PARTICIPANTS);
        if (!SignalingMachine.features(member).contains(Feature.START_MUTED_ROOM_METADATA)) {
            d.count(ConferenceCounter.PARTICIPANTS_NO_START_MUTED_RMD);
        }
    }
}
