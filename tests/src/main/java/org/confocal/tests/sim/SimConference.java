package org.confocal.tests.sim;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.conference.ConferenceInput.RoomLoss;
import org.confocal.focus.conference.ConferenceInvariants;
import org.confocal.focus.conference.ConferenceState;
import org.confocal.focus.conference.ConferenceStateCodec;
import org.confocal.focus.conference.Effect;
import org.confocal.focus.conference.Machine;
import org.confocal.focus.conference.Step;
import org.confocal.focus.conference.TimerKey;
import org.confocal.focus.model.BridgeAnswer;
import org.confocal.focus.model.ConferenceRequest;
import org.confocal.focus.model.MeetingId;
import org.confocal.focus.model.StanzaError;
import org.confocal.focus.model.StanzaRef;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.RoomId;
import org.confocal.strategy.Selection;

/**
 * The focus's side of one conference: steps the real machine, checks it after every step, and hands its effects to the
 * room and the fleet. What the actor does in production, without threads.
 */
final class SimConference {

    /** Where effects towards the room and its people go. */
    interface Outside {
        void carryOut(Effect effect);

        void acknowledged(StanzaRef stanza);

        void refused(StanzaRef stanza, StanzaError error);

        void answered(ConferenceRequest.Origin origin, boolean ready);

        void ended();
    }

    private final RoomId room;
    private final Machine<ConferenceState, ConferenceInput> machine;
    private final Schedule schedule;
    private final Chaos chaos;
    private final SimFleet fleet;
    private final Outside outside;
    private final Deque<ConferenceInput> inbox = new ArrayDeque<>();
    private final Map<TimerKey, Long> timers = new HashMap<>();
    private final Set<String> openIqs = new HashSet<>();
    private final Set<ConferenceRequest.Origin> openRequests = new HashSet<>();
    private final Set<EndpointId> present = new HashSet<>();
    private final Map<EndpointId, BridgeId> seats = new HashMap<>();
    private final String arriving;
    private final String leaving;
    private Optional<MeetingId> meeting = Optional.empty();
    private ConferenceState state;
    private boolean streamUp = true;
    private boolean ended;
    private boolean stepping;
    private long timerSerial;
    private long steps;

    SimConference(
            RoomId room,
            Machine<ConferenceState, ConferenceInput> machine,
            Schedule schedule,
            Chaos chaos,
            SimFleet fleet,
            Outside outside) {
        this.room = room;
        this.machine = machine;
        this.schedule = schedule;
        this.chaos = chaos;
        this.fleet = fleet;
        this.outside = outside;
        arriving = room.local() + " <- ";
        leaving = room.local() + "    -> ";
        state = ConferenceState.initial(room, chaos.number(), schedule.now());
    }

    boolean ended() {
        return ended;
    }

    ConferenceState state() {
        return state;
    }

    long steps() {
        return steps;
    }

    Optional<MeetingId> meeting() {
        return meeting;
    }

    Set<TimerKey> timers() {
        return timers.keySet();
    }

    /** Whether the focus has been told that this one is in the room. */
    boolean knows(EndpointId id) {
        return present.contains(id);
    }

    /** Something happens to the conference. Inputs wait their turn; an ended conference hears nothing. */
    void happens(ConferenceInput input) {
        if (ended) {
            return;
        }
        inbox.addLast(input);
        if (!stepping) {
            stepping = true;
            try {
                while (!inbox.isEmpty() && !ended) {
                    step(inbox.removeFirst());
                }
            } finally {
                stepping = false;
            }
        }
    }

    private void step(ConferenceInput input) {
        steps++;
        schedule.remember(arriving, input);
        learn(input);
        if (chaos.strikes(Fault.STATE_WRITTEN_AND_READ)) {
            ConferenceState copy = ConferenceStateCodec.read(ConferenceStateCodec.write(state));
            if (!copy.equals(state)) {
                throw new Violation("the state is not what was written: " + copy + " instead of " + state);
            }
            state = copy;
        }
        Step<ConferenceState> step = machine.step(state, input, schedule.now());
        state = step.state();
        for (Effect effect : step.effects()) {
            schedule.remember(leaving, effect);
            if (ended) {
                throw new Violation("an effect after the end: " + effect);
            }
            carryOut(effect);
        }
        check();
    }

    private void learn(ConferenceInput input) {
        switch (input) {
            case ConferenceInput.RoomJoined joined -> {
                present.clear();
                joined.occupants().forEach(occupant -> present.add(occupant.id()));
            }
            case ConferenceInput.MemberPresent member ->
                present.add(member.presence().id());
            case ConferenceInput.MemberLeft member -> present.remove(member.id());
            case ConferenceInput.RoomLost lost -> streamUp = lost.loss() != RoomLoss.DISCONNECTED;
            case ConferenceInput.Reconnected ignored -> streamUp = true;
            case ConferenceInput.JingleReceived jingle -> opens(jingle.stanza());
            case ConferenceInput.MuteRequested mute -> opens(mute.stanza());
            case ConferenceInput.Requested requested ->
                openRequests.add(requested.request().origin());
            case ConferenceInput.RoomJoinFailed ignored -> {}
            case ConferenceInput.MetadataReceived ignored -> {}
            case ConferenceInput.FeaturesDiscovered ignored -> {}
            case ConferenceInput.OfferAnswered ignored -> {}
            case ConferenceInput.BridgeSelected ignored -> {}
            case ConferenceInput.BridgeAnswered ignored -> {}
            case ConferenceInput.BridgeLost ignored -> {}
            case ConferenceInput.SelectionPostponed ignored -> {}
            case ConferenceInput.MoveRequested ignored -> {}
            case ConferenceInput.BridgeUsable ignored -> {}
            case ConferenceInput.TimerFired ignored -> {}
            case ConferenceInput.Stop ignored -> {}
        }
    }

    private void opens(StanzaRef stanza) {
        if (!openIqs.add(stanza.id())) {
            throw new IllegalStateException("the simulation used the id " + stanza.id() + " twice");
        }
    }

    private void carryOut(Effect effect) {
        switch (effect) {
            case Effect.SelectBridge select -> select(select);
            case Effect.ModifyConference modify -> modify(modify);
            case Effect.ReleaseEndpoint release -> release(release);
            case Effect.ReportBridge report -> fleet.experienced(room, report.bridge(), report.experience());
            case Effect.StartTimer start -> startTimer(start.key(), start.after());
            case Effect.CancelTimer cancel -> {
                if (timers.remove(cancel.key()) == null) {
                    throw new Violation("a timer was cancelled that does not run: " + cancel.key());
                }
            }
            case Effect.Acknowledge acknowledge -> {
                closes(acknowledge.stanza());
                outside.acknowledged(acknowledge.stanza());
            }
            case Effect.Refuse refuse -> {
                closes(refuse.stanza());
                outside.refused(refuse.stanza(), refuse.error());
            }
            case Effect.AnswerRequest answer -> {
                if (!openRequests.remove(answer.origin())) {
                    throw new Violation("a conference request was answered twice: " + answer.origin());
                }
                outside.answered(answer.origin(), answer.answer().ready());
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
            case Effect.JoinRoom e -> outside.carryOut(e);
            case Effect.LeaveRoom e -> outside.carryOut(e);
            case Effect.PublishPresence e -> outside.carryOut(e);
            case Effect.GrantOwner e -> outside.carryOut(e);
            case Effect.Count ignored -> {}
            case Effect.CountJingle ignored -> {}
            case Effect.Log ignored -> {}
        }
    }

    private void select(Effect.SelectBridge select) {
        Selection selection = fleet.select(select.selection());
        if (selection instanceof Selection.Chosen chosen) {
            seats.put(select.selection().endpoint(), chosen.bridge());
        }
        inbox.addFirst(new ConferenceInput.BridgeSelected(select.request(), selection));
    }

    private void release(Effect.ReleaseEndpoint release) {
        // A release after a move names the old bridge and leaves the new seat alone.
        seats.remove(release.id(), release.bridge());
        fleet.release(release.bridge(), room, release.id());
    }

    private void toMember(EndpointId id, Effect effect) {
        if (streamUp && !present.contains(id)) {
            throw new Violation("an effect for somebody who left: " + effect);
        }
        outside.carryOut(effect);
    }

    private void modify(Effect.ModifyConference modify) {
        if (!streamUp) {
            fleet.excuse(modify.bridge(), modify.change());
            inbox.addLast(new ConferenceInput.BridgeAnswered(modify.request(), new BridgeAnswer.NotSent()));
            return;
        }
        fleet.modify(
                modify.bridge(),
                modify.change(),
                answer -> happens(new ConferenceInput.BridgeAnswered(modify.request(), answer)));
    }

    private void startTimer(TimerKey key, Duration after) {
        long serial = timerSerial++;
        timers.put(key, serial);
        schedule.in(after, room.local() + " timer " + key, () -> {
            if (!ended && timers.remove(key, serial)) {
                happens(new ConferenceInput.TimerFired(key));
            }
        });
    }

    private void closes(StanzaRef stanza) {
        if (!openIqs.remove(stanza.id())) {
            throw new Violation("a request was answered that was not open: " + stanza);
        }
    }

    private void end() {
        ended = true;
        if (!timers.isEmpty()) {
            throw new Violation("an ended conference owns timers: " + timers.keySet());
        }
        if (!openIqs.isEmpty() || !openRequests.isEmpty()) {
            throw new Violation("an ended conference owes answers: " + openIqs + openRequests);
        }
        if (!seats.isEmpty()) {
            throw new Violation("an ended conference owns endpoints in the fleet: " + seats);
        }
        outside.ended();
    }

    private void check() {
        List<String> broken = ConferenceInvariants.check(state);
        if (!broken.isEmpty()) {
            throw new Violation(String.join("; ", broken));
        }
        if (!ended && !state.timers().keys().equals(timers.keySet())) {
            throw new Violation("timers run that the state does not list: " + timers.keySet() + ", state "
                    + state.timers().keys());
        }
    }

    /** Requests by members that wait for their answer. */
    Set<String> openIqs() {
        return openIqs;
    }
}
