package org.confocal.focus.conference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import org.confocal.focus.conference.state.Allocation;
import org.confocal.focus.conference.state.BridgeSession;
import org.confocal.focus.conference.state.BridgeSession.Sight;
import org.confocal.focus.conference.state.Invite;
import org.confocal.focus.conference.state.Member;
import org.confocal.focus.conference.state.Pending;
import org.confocal.focus.conference.state.RelayBook;
import org.confocal.focus.conference.state.Replacement;
import org.confocal.focus.conference.state.RoomPhase;
import org.confocal.focus.conference.state.Session;
import org.confocal.focus.model.SessionId;
import org.confocal.focus.model.Source;
import org.confocal.focus.model.Ssrc;
import org.confocal.strategy.EndpointId;

/** What is true of every state that a {@link ConferenceMachine} makes (design, section 10). Pure; any thread. */
public final class ConferenceInvariants {
    private final ConferenceState state;
    private final List<String> violations = new ArrayList<>();

    private ConferenceInvariants(ConferenceState state) {
        this.state = state;
    }

    /** What is wrong with a state, one sentence each; empty where nothing is. */
    public static List<String> check(ConferenceState state) {
        ConferenceInvariants invariants = new ConferenceInvariants(state);
        if (state.ended()) {
            invariants.ended();
        } else {
            invariants.members();
            invariants.allocations();
            invariants.pending();
            invariants.sources();
            invariants.queue();
            invariants.timers();
            invariants.room();
            invariants.violations.addAll(RelayInvariants.check(state));
        }
        return List.copyOf(invariants.violations);
    }

    /** Each {@code {}} of the sentence is filled only where it is needed: this runs after every step of simulations. */
    private void expect(boolean holds, String sentence, Object... details) {
        if (holds) {
            return;
        }
        String filled = sentence;
        for (Object detail : details) {
            filled = filled.replaceFirst("\\{}", Matcher.quoteReplacement(String.valueOf(detail)));
        }
        violations.add(filled);
    }

    private void ended() {
        expect(
                state.members().isEmpty(),
                "an ended conference has members: {}",
                state.members().keys());
        expect(
                state.bridges().isEmpty(),
                "an ended conference has bridges: {}",
                state.bridges().keys());
        expect(
                state.timers().isEmpty(),
                "an ended conference has timers: {}",
                state.timers().keys());
        expect(
                state.pending().isEmpty(),
                "an ended conference waits for bridges: {}",
                state.pending().keys());
        expect(state.relays().equals(RelayBook.NONE), "an ended conference has relays: {}", state.relays());
        expect(state.sources().isEmpty(), "an ended conference has sources");
        expect(state.invites().ready().isEmpty(), "an ended conference has people to invite");
        expect(state.invites().paced().isEmpty(), "an ended conference has people to invite in batches");
        expect(state.invites().selecting().isEmpty(), "an ended conference waits for a bridge");
        expect(state.life().waiting().isEmpty(), "an ended conference left requests unanswered");
    }

    private void members() {
        Set<SessionId> sessions = new HashSet<>();
        for (EndpointId id : state.members().keys()) {
            Member member = state.members().get(id).orElseThrow();
            expect(member.id().equals(id), "member {} is filed under {}", member.id(), id);
            expect(
                    member.presence().id().equals(id),
                    "member {} has the presence of {}",
                    id,
                    member.presence().id());
            held(member);
            member.jingle().ifPresent(current -> {
                expect(sessions.add(current), "session {} is used twice", current);
                expect(!member.pastSessions().contains(current), "session {} of {} is over and is not", current, id);
                expect(
                        !(member.invite() instanceof Invite.Active)
                                || member.kept().isEmpty(),
                        "{} is active and still has sources from before",
                        id);
            });
        }
    }

    private void held(Member member) {
        Optional<SessionId> held = member.held().map(Replacement.Held::session);
        if (held.isEmpty()) {
            return;
        }
        expect(!(member.invite() instanceof Invite.Active), "{} is active and being moved", member.id());
        expect(!(member.invite() instanceof Invite.Closed), "{} is closed and being moved", member.id());
        expect(member.kept().isEmpty(), "{} keeps its session, and sources beside it", member.id());
        Optional<SessionId> offered = member.invite().session().map(Session::id);
        expect(offered.isEmpty() || offered.equals(held), "{} keeps {} and is offered {}", member.id(), held, offered);
        expect(
                offered.isEmpty() || state.timers().contains(new TimerKey.Replace(member.id())),
                "nothing waits for {} to accept a transport",
                member.id());
    }

    private void allocations() {
        Map<String, Integer> endpoints = new HashMap<>();
        for (Member member : state.members()) {
            Optional<Allocation> where = member.invite().allocation();
            where.ifPresent(allocation -> {
                Optional<BridgeSession> session = state.bridges().get(allocation.bridge());
                expect(
                        session.filter(known -> known.id().equals(allocation.session()))
                                .isPresent(),
                        "{} is on {}, where the conference is not",
                        member.id(),
                        allocation);
                endpoints.merge(allocation.session().value(), 1, Integer::sum);
            });
        }
        for (BridgeSession session : state.bridges()) {
            expect(
                    endpoints.containsKey(session.id().value()),
                    "nobody is on {}, and the conference was not expired there",
                    session.bridge());
        }
    }

    private void pending() {
        for (Pending pending : state.pending()) {
            expect(
                    pending.request().value() < state.nextRequest(),
                    "request {} was not made yet",
                    pending.request().value());
            expect(
                    state.bridges()
                            .get(pending.where().bridge())
                            .filter(session ->
                                    session.id().equals(pending.where().session()))
                            .isPresent(),
                    "an answer is awaited from a session that is over: {}",
                    pending);
        }
        for (Member member : state.members()) {
            if (member.invite() instanceof Invite.Allocating allocating) {
                expect(
                        state.pending().contains(allocating.request()),
                        "{} waits for an endpoint that nobody was asked for",
                        member.id());
            }
        }
    }

    private void sources() {
        Map<Ssrc, EndpointId> owners = new HashMap<>();
        state.sources().byOwner().forEach((owner, sources) -> {
            expect(
                    state.members()
                            .get(owner)
                            .filter(member -> member.jingle().isPresent())
                            .isPresent(),
                    "{} has sources and no session",
                    owner);
            for (Source source : sources.sources()) {
                EndpointId before = owners.putIfAbsent(source.ssrc(), owner);
                expect(before == null, "SSRC {} belongs to {} and {}", source.ssrc(), before, owner);
            }
        });
        for (Member receiver : state.members()) {
            receiver.invite()
                    .session()
                    .ifPresent(session -> session.queue().added().keySet().forEach(owner -> {
                        expect(
                                state.members().contains(owner),
                                "{} is to be told of {}, who left",
                                receiver.id(),
                                owner);
                        expect(!owner.equals(receiver.id()), "{} is to be told of its own sources", owner);
                    }));
        }
    }

    private void queue() {
        List<EndpointId> queued = new ArrayList<>(state.invites().ready());
        queued.addAll(state.invites().paced());
        expect(new HashSet<>(queued).size() == queued.size(), "somebody has two turns: {}", queued);
        for (Member member : state.members()) {
            boolean isQueued = member.invite() instanceof Invite.Queued;
            expect(
                    isQueued == queued.contains(member.id()),
                    "{} is {}, and the queue is {}",
                    member.id(),
                    member.invite().phase(),
                    queued);
            if (member.invite() instanceof Invite.Selecting selecting) {
                expect(
                        state.invites()
                                .selecting()
                                .filter(asked -> asked.request().equals(selecting.request()))
                                .isPresent(),
                        "{} waits for a bridge that nobody asked for",
                        member.id());
            }
        }
        for (EndpointId id : queued) {
            expect(state.members().contains(id), "{} has a turn and left", id);
        }
        boolean stuck = state.life().phase() == RoomPhase.JOINED
                && !state.invites().ready().isEmpty()
                && !missing()
                && state.invites().selecting().isEmpty();
        expect(!stuck, "people are ready to be invited, and nothing happens: {}", state.invites());
    }

    private void timers() {
        for (TimerKey key : state.timers().keys()) {
            switch (key) {
                case TimerKey.Start start ->
                    expect(state.members().isEmpty(), "the start timer runs, and members are there");
                case TimerKey.SingleParticipant single ->
                    expect(!state.members().isEmpty(), "the timer of the one who is alone runs in an empty room");
                case TimerKey.SourceSignaling signaling ->
                    expect(
                            state.members()
                                    .get(signaling.id())
                                    .filter(member -> member.invite() instanceof Invite.Active)
                                    .isPresent(),
                            "sources are collected for {}, who has no session",
                            signaling.id());
                case TimerKey.Reinvite reinvite ->
                    expect(!state.invites().paced().isEmpty(), "the reinvite timer runs for nobody");
                case TimerKey.Replace replace ->
                    expect(
                            state.members()
                                    .get(replace.id())
                                    .filter(member ->
                                            member.held().isPresent() && member.invite() instanceof Invite.Offered)
                                    .isPresent(),
                            "a transport is to be accepted by {}, who was not offered one",
                            replace.id());
                case TimerKey.MissingBridges missing ->
                    expect(missing(), "bridges are waited for, and none is missing");
                case TimerKey.Rejoin rejoin ->
                    expect(
                            state.life().phase() == RoomPhase.OUTSIDE,
                            "the room is to be joined again in phase {}",
                            state.life().phase());
                case TimerKey.Metadata metadata ->
                    expect(
                            state.life().phase() == RoomPhase.AWAITING_METADATA,
                            "the metadata timer runs in phase {}",
                            state.life().phase());
            }
        }
        expect(
                state.invites().paced().isEmpty() || state.timers().contains(new TimerKey.Reinvite()),
                "people wait for a timer that does not run: {}",
                state.invites().paced());
    }

    private boolean missing() {
        for (BridgeSession session : state.bridges()) {
            if (session.sight() == Sight.MISSING) {
                return true;
            }
        }
        return false;
    }

    private void room() {
        boolean joined = state.life().phase().inRoom();
        expect(
                !joined || !missing() || state.timers().contains(new TimerKey.MissingBridges()),
                "a bridge is missing, and nothing waits for it");
        boolean stranded =
                state.life().phase() == RoomPhase.OUTSIDE && !state.timers().contains(new TimerKey.Rejoin());
        expect(!stranded, "the room is lost, and nothing joins it again");
        expect(!joined || state.meeting().isPresent(), "the room is joined and has no meeting id");
        boolean abandoned =
                joined && state.members().isEmpty() && !state.timers().contains(new TimerKey.Start());
        expect(!abandoned, "nobody is there, and nothing ends the conference");
        boolean unanswered = state.life().phase() == RoomPhase.JOINED
                && !state.life().waiting().isEmpty();
        expect(!unanswered, "the room is joined and requests are not answered");
        state.life()
                .owner()
                .ifPresent(owner -> expect(state.members().contains(owner), "the owner {} is not there", owner));
    }
}
