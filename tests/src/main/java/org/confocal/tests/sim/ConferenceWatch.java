package org.confocal.tests.sim;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.conference.ConferenceInvariants;
import org.confocal.focus.conference.ConferenceState;
import org.confocal.focus.conference.Effect;
import org.confocal.focus.conference.TimerKey;
import org.confocal.focus.conference.state.Member;
import org.confocal.focus.conference.state.Pace;
import org.confocal.focus.model.ConferenceRequest;
import org.confocal.focus.model.MeetingId;
import org.confocal.focus.model.StanzaRef;
import org.confocal.focus.serial.Receipt;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.RoomId;
import org.confocal.strategy.Selection;

/**
 * Keeps its own books of one conference, by what it is told and what it wants done, and compares them with its state after
 * every step (design, section 10). Changes nothing.
 */
final class ConferenceWatch {

    /** What is seen of all conferences together. */
    interface World {
        MoveBudgets budgets();

        /** Nobody was chosen, and this is why. */
        void refused(Selection.None none);

        /** This is the conference's last step. */
        void ended(ConferenceWatch watch);
    }

    private final RoomId room;
    private final Schedule schedule;
    private final World world;
    private final Set<TimerKey> timers = new HashSet<>();
    private final Set<String> openIqs = new HashSet<>();

    /** With the number of times each waits: after the end of a process one may come again. */
    private final Map<ConferenceRequest.Origin, Integer> openRequests = new HashMap<>();

    private final Set<EndpointId> present = new HashSet<>();
    private final Map<EndpointId, BridgeId> seats = new HashMap<>();

    /** Whose bridge had left when another process took the conference up: fleets remember nobody there. */
    private final Set<EndpointId> unreserved = new HashSet<>();

    private final Queue<Effect.SelectBridge> selecting = new ArrayDeque<>();
    private final String arriving;
    private final String leaving;
    private Optional<MeetingId> meeting = Optional.empty();
    private ConferenceState state;
    private boolean inRoom;
    private boolean ended;
    private long steps;
    private long heard;

    /**
     * A conference that begins, or goes on.
     *
     * @param initial nothing has happened in it, or it comes from another process
     * @param heard number of the last stanza that it had handled there
     */
    ConferenceWatch(RoomId room, ConferenceState initial, long heard, Schedule schedule, World world) {
        this.heard = heard;
        this.room = room;
        this.schedule = schedule;
        this.world = world;
        state = initial;
        meeting = initial.meeting();
        timers.addAll(initial.timers().keys());
        initial.life().waiting().forEach(waiting -> openRequests.merge(waiting.origin(), 1, Integer::sum));
        for (Member member : initial.members()) {
            present.add(member.id());
            member.invite().allocation().ifPresent(where -> seats.put(member.id(), where.bridge()));
        }
        arriving = room.local() + " <- ";
        leaving = room.local() + "    -> ";
    }

    RoomId room() {
        return room;
    }

    /** As it is after its last step. */
    ConferenceState state() {
        return state;
    }

    long steps() {
        return steps;
    }

    Optional<MeetingId> meeting() {
        return meeting;
    }

    /** Requests by members that wait for their answer. */
    Set<String> openIqs() {
        return openIqs;
    }

    /** Who has a seat in the fleet. */
    Map<EndpointId, BridgeId> seats() {
        return seats;
    }

    /** The bridges that a process knew of when it took the conference up. */
    void takenUp(Set<BridgeId> known) {
        seats.forEach((id, bridge) -> {
            if (!known.contains(bridge)) {
                unreserved.add(id);
            }
        });
    }

    /** How many of the seats the fleet knows of. */
    int reservations() {
        return seats.size() - unreserved.size();
    }

    /** The number of the last stanza of the room that was handled. */
    long heard() {
        return heard;
    }

    int timers() {
        return timers.size();
    }

    /** The machine is about to hear this. */
    void hears(ConferenceInput input) {
        steps++;
        schedule.remember(arriving, input);
        if (ended) {
            throw new Violation("an ended conference hears " + input);
        }
        switch (input) {
            case ConferenceInput.RoomJoined joined -> {
                present.clear();
                joined.occupants().forEach(occupant -> present.add(occupant.id()));
            }
            case ConferenceInput.MemberPresent member -> {
                isNews(input);
                present.add(member.presence().id());
            }
            case ConferenceInput.MemberLeft member -> {
                isNews(input);
                present.remove(member.id());
            }
            // What comes on another stream is counted anew.
            case ConferenceInput.RoomLost ignored -> heard = 0;
            case ConferenceInput.Reconnected ignored -> heard = 0;
            case ConferenceInput.JingleReceived jingle -> {
                isNews(input);
                opens(jingle.stanza());
            }
            case ConferenceInput.MuteRequested mute -> {
                isNews(input);
                opens(mute.stanza());
            }
            case ConferenceInput.Requested requested ->
                openRequests.merge(requested.request().origin(), 1, Integer::sum);
            case ConferenceInput.BridgeSelected selected -> selected(selected.selection());
            case ConferenceInput.SelectionPostponed ignored -> selecting.remove();
            case ConferenceInput.MoveRequested move -> world.budgets().convenient(move.from(), schedule.now());
            case ConferenceInput.TakenUp ignored -> {}
            case ConferenceInput.TimerFired fired -> fired(fired.key());
            case ConferenceInput.RoomJoinFailed ignored -> {}
            case ConferenceInput.MetadataReceived ignored -> {}
            case ConferenceInput.FeaturesDiscovered ignored -> {}
            case ConferenceInput.OfferAnswered ignored -> {}
            case ConferenceInput.BridgeAnswered ignored -> {}
            case ConferenceInput.BridgeLost ignored -> {}
            case ConferenceInput.BridgeUsable ignored -> {}
            case ConferenceInput.Stop ignored -> {}
        }
    }

    /** What one process has handled and kept the next one does not handle again. */
    private void isNews(ConferenceInput input) {
        long number = Receipt.current().number();
        if (number > 0 && number <= heard) {
            throw new Violation("stanza %d is handled twice: %s".formatted(number, input));
        }
        heard = Math.max(heard, number);
    }

    private void selected(Selection selection) {
        Effect.SelectBridge asked = selecting.remove();
        switch (selection) {
            case Selection.Chosen chosen -> {
                seats.put(asked.selection().endpoint(), chosen.bridge());
                unreserved.remove(asked.selection().endpoint());
                if (asked.pace() == Pace.URGENT) {
                    world.budgets().urgent(chosen.bridge(), schedule.now());
                }
            }
            case Selection.None none -> world.refused(none);
        }
    }

    private void fired(TimerKey key) {
        if (!timers.remove(key)) {
            throw new Violation("a timer fired that does not run: " + key);
        }
    }

    private void opens(StanzaRef stanza) {
        if (!openIqs.add(stanza.id())) {
            throw new IllegalStateException("the simulation used the id " + stanza.id() + " twice");
        }
    }

    /** The machine wants this done, and is in that state now. */
    void stepped(ConferenceState next, List<Effect> effects) {
        // Where it is not in the room it does not hear of those who leave, and cannot write to anybody either.
        inRoom = state.life().phase().inRoom() || next.life().phase().inRoom();
        state = next;
        for (Effect effect : effects) {
            schedule.remember(leaving, effect);
            if (ended) {
                throw new Violation("an effect after the end: " + effect);
            }
            wants(effect);
        }
        check();
    }

    private void wants(Effect effect) {
        switch (effect) {
            case Effect.SelectBridge select -> selecting.add(select);
            // A release after a move names the old bridge and leaves the new seat alone.
            case Effect.ReleaseEndpoint release -> {
                if (seats.remove(release.id(), release.bridge())) {
                    unreserved.remove(release.id());
                }
            }
            case Effect.StartTimer start -> timers.add(start.key());
            case Effect.CancelTimer cancel -> {
                if (!timers.remove(cancel.key())) {
                    throw new Violation("a timer was cancelled that does not run: " + cancel.key());
                }
            }
            case Effect.Acknowledge acknowledge -> closes(acknowledge.stanza());
            case Effect.Refuse refuse -> closes(refuse.stanza());
            case Effect.AnswerRequest answer -> {
                int times = openRequests.getOrDefault(answer.origin(), 0);
                if (times == 0) {
                    throw new Violation("a conference request was answered twice: " + answer.origin());
                }
                if (times == 1) {
                    openRequests.remove(answer.origin());
                } else {
                    openRequests.put(answer.origin(), times - 1);
                }
            }
            case Effect.ClaimMeetingId claim -> meeting = Optional.of(claim.id());
            case Effect.End ignored -> end();
            case Effect.SendOffer e -> toMember(e.id(), e);
            case Effect.SendSourceAdd e -> toMember(e.id(), e);
            case Effect.SendSourceRemove e -> toMember(e.id(), e);
            case Effect.SendTransportInfo e -> toMember(e.id(), e);
            case Effect.SendTerminate e -> toMember(e.id(), e);
            case Effect.SendMute e -> toMember(e.id(), e);
            case Effect.DiscoverFeatures e -> toMember(e.id(), e);
            case Effect.ModifyConference ignored -> {}
            case Effect.ReportBridge ignored -> {}
            case Effect.JoinRoom ignored -> {}
            case Effect.LeaveRoom ignored -> {}
            case Effect.PublishPresence ignored -> {}
            case Effect.GrantOwner ignored -> {}
            case Effect.Count ignored -> {}
            case Effect.CountJingle ignored -> {}
            case Effect.Log ignored -> {}
        }
    }

    private void toMember(EndpointId id, Effect effect) {
        if (inRoom && !present.contains(id)) {
            throw new Violation(
                    "%s for %s, who left".formatted(effect.getClass().getSimpleName(), id));
        }
    }

    private void closes(StanzaRef stanza) {
        if (!openIqs.remove(stanza.id())) {
            throw new Violation("a request was answered that was not open: " + stanza);
        }
    }

    private void end() {
        ended = true;
        if (!timers.isEmpty()) {
            throw new Violation("an ended conference owns timers: " + timers);
        }
        if (!openIqs.isEmpty() || !openRequests.isEmpty()) {
            throw new Violation("an ended conference owes answers: " + openIqs + openRequests);
        }
        if (!seats.isEmpty()) {
            throw new Violation("an ended conference owns endpoints in the fleet: " + seats);
        }
        world.ended(this);
    }

    private void check() {
        List<String> broken = ConferenceInvariants.check(state);
        if (!broken.isEmpty()) {
            throw new Violation(String.join("; ", broken));
        }
        if (ended) {
            return;
        }
        if (!state.timers().keys().equals(timers)) {
            throw new Violation("timers run that the state does not list: " + timers + ", state "
                    + state.timers().keys());
        }
        if (state.ended()) {
            throw new Violation("the end was not said");
        }
        int placed = 0;
        for (Member member : state.members()) {
            Optional<BridgeId> bridge = member.invite().allocation().map(where -> where.bridge());
            if (bridge.isPresent()) {
                placed++;
                if (!bridge.equals(Optional.ofNullable(seats.get(member.id())))) {
                    throw new Violation("%s is on %s, and its load is reserved on %s"
                            .formatted(member.id(), bridge.get(), seats.get(member.id())));
                }
            }
        }
        if (placed != seats.size()) {
            throw new Violation("load is reserved for people who are on no bridge: " + seats);
        }
    }
}
