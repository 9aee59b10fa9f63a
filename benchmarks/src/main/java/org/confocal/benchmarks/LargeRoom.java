package org.confocal.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.conference.ConferenceInput.Departure;
import org.confocal.focus.conference.ConferenceInput.OfferAnswer;
import org.confocal.focus.conference.ConferenceMachine;
import org.confocal.focus.conference.ConferenceState;
import org.confocal.focus.conference.Effect;
import org.confocal.focus.conference.Step;
import org.confocal.focus.conference.state.Invite;
import org.confocal.focus.conference.state.Member;
import org.confocal.focus.conference.state.RunningTimer;
import org.confocal.focus.model.ConferenceRequest;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.Feature;
import org.confocal.focus.model.Jid;
import org.confocal.focus.model.JingleRequest;
import org.confocal.focus.model.MeetingId;
import org.confocal.focus.model.RoomForm;
import org.confocal.focus.model.SessionId;
import org.confocal.focus.model.StanzaRef;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.RoomId;

/**
 * One conference with many people, in virtual time: everything that the machine wants done is answered as bridges and
 * clients that work would answer, at once. Keeps the inputs that it gave, so that they can be given again with nothing
 * around them. For one thread.
 */
final class LargeRoom {
    private static final Instant BEGIN = Instant.parse("2026-03-01T09:00:00Z");
    private static final Jid FOCUS = new Jid("focus@auth.example.org/focus");
    private static final long SEED = 11;

    private final ConferenceMachine machine;
    private final Set<Feature> features;
    private final Deque<ConferenceInput> waiting = new ArrayDeque<>();
    private final Map<EndpointId, Person> people = new HashMap<>();
    private final Set<EndpointId> talkers = new LinkedHashSet<>();
    private final Random random = new Random(SEED);

    private ConferenceState state = ConferenceState.initial(new RoomId("townhall@muc.example.org"), SEED, BEGIN);
    private Instant now = BEGIN;
    private Tape tape = new Tape(state);
    private int nextPerson;
    private int nextStanza;
    private int nextMute;

    /** A room that the focus is in, and nobody else. Clients support {@code features}. */
    LargeRoom(ConferenceMachine machine, Set<Feature> features) {
        this.machine = machine;
        this.features = Set.copyOf(features);
        happens(new ConferenceInput.Requested(new ConferenceRequest(
                new ConferenceRequest.Origin.Stanza(stanza()),
                state.room(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of())));
        happens(new ConferenceInput.RoomJoined(
                new RoomForm(Optional.of(new MeetingId("meeting-1")), false, Optional.empty(), false), List.of()));
    }

    ConferenceState state() {
        return state;
    }

    int talking() {
        return talkers.size();
    }

    /** Forgets what was noted; from now on everything is noted anew. */
    Tape record() {
        tape = new Tape(state);
        return tape;
    }

    /** Somebody comes, is invited and accepts. */
    EndpointId joins(Person.Part part) {
        Person person = new Person(nextPerson++, part, true, part == Person.Part.TALKS);
        people.put(person.id(), person);
        if (part == Person.Part.TALKS) {
            talkers.add(person.id());
        }
        happens(new ConferenceInput.MemberPresent(person.presence()));
        return person.id();
    }

    void leaves(EndpointId id) {
        people.remove(id);
        talkers.remove(id);
        happens(new ConferenceInput.MemberLeft(id, Departure.LEFT));
    }

    /** Anybody, talker or not. */
    EndpointId anybody() {
        List<EndpointId> all = List.copyOf(state.members().keys());
        return all.get(random.nextInt(all.size()));
    }

    /**
     * One of those who talk, in turn, mutes or unmutes. The microphone only in its presence; the camera in its sources too,
     * as clients do that give the camera back.
     */
    void somebodyMutes() {
        int turn = nextMute++;
        List<EndpointId> all = List.copyOf(talkers);
        Person person = person(all.get(turn / 2 % all.size()));
        Person next = turn % 2 == 0 ? person.withOtherSound() : person.withOtherPicture();
        people.put(next.id(), next);
        happens(new ConferenceInput.MemberPresent(next.presence()));
        if (next.picture() != person.picture()) {
            Optional<SessionId> session = Optional.of(session(next.id()));
            jingle(
                    next.id(),
                    next.picture()
                            ? new JingleRequest.SourceAdd(session, next.camera())
                            : new JingleRequest.SourceRemove(session, next.camera()));
        }
    }

    /** Time passes; timers fire when they are due. */
    void pass(Duration time) {
        Instant until = now.plus(time);
        Optional<RunningTimer> next = due(until);
        while (next.isPresent()) {
            now = next.get().due().isAfter(now) ? next.get().due() : now;
            happens(new ConferenceInput.TimerFired(next.get().key()));
            next = due(until);
        }
        now = until;
    }

    private Optional<RunningTimer> due(Instant until) {
        Optional<RunningTimer> first = Optional.empty();
        for (RunningTimer timer : state.timers()) {
            boolean earlier =
                    first.isEmpty() || timer.due().isBefore(first.get().due());
            if (!timer.due().isAfter(until) && earlier) {
                first = Optional.of(timer);
            }
        }
        return first;
    }

    private void happens(ConferenceInput input) {
        waiting.addLast(input);
        while (!waiting.isEmpty()) {
            ConferenceInput next = waiting.removeFirst();
            Step<ConferenceState> step = machine.step(state, next, now);
            state = step.state();
            tape.note(next, now, step.effects());
            step.effects().forEach(this::answer);
        }
    }

    private void answer(Effect effect) {
        if (effect instanceof Effect.SelectBridge select) {
            Person person = person(select.selection().endpoint());
            waiting.addFirst(new ConferenceInput.BridgeSelected(select.request(), Bridges.forPerson(person)));
        } else if (effect instanceof Effect.DiscoverFeatures asked) {
            waiting.addLast(new ConferenceInput.FeaturesDiscovered(asked.request(), asked.id(), features));
        } else if (effect instanceof Effect.ModifyConference modify) {
            waiting.addLast(new ConferenceInput.BridgeAnswered(modify.request(), Bridges.answer(modify)));
        } else if (effect instanceof Effect.SendOffer offer) {
            SessionId session = offer.offer().session();
            waiting.addLast(new ConferenceInput.OfferAnswered(offer.id(), session, OfferAnswer.ACKNOWLEDGED));
            Person person = person(offer.id());
            EndpointSources sources = person.part() == Person.Part.TALKS ? person.all() : EndpointSources.EMPTY;
            waiting.addLast(received(
                    offer.id(),
                    new JingleRequest.Accept(
                            Optional.of(session),
                            sources,
                            Optional.of(Bridges.transport("client")),
                            OptionalInt.of(20))));
        } else if (effect instanceof Effect.Refuse refused) {
            throw new IllegalStateException("a sound request was refused: " + refused);
        } else if (effect instanceof Effect.SendTerminate terminate) {
            throw new IllegalStateException("a session was ended that works: " + terminate);
        }
    }

    private void jingle(EndpointId from, JingleRequest request) {
        happens(received(from, request));
    }

    private ConferenceInput received(EndpointId from, JingleRequest request) {
        return new ConferenceInput.JingleReceived(stanza(), from, request);
    }

    private StanzaRef stanza() {
        return new StanzaRef(new Jid("townhall@muc.example.org/x"), FOCUS, "iq" + nextStanza++);
    }

    private Person person(EndpointId id) {
        return Optional.ofNullable(people.get(id)).orElseThrow(() -> new IllegalStateException("not there: " + id));
    }

    private SessionId session(EndpointId id) {
        return state.members()
                .get(id)
                .map(Member::invite)
                .filter(Invite.Active.class::isInstance)
                .flatMap(Invite::session)
                .orElseThrow(() -> new IllegalStateException("no session: " + id))
                .id();
    }

    /** What was given to a conference from some state on, and what that led to. */
    static final class Tape {
        private final ConferenceState start;
        private final List<Frame> frames = new ArrayList<>();
        private int sourceStanzas;
        private int stanzas;
        private int requests;

        private record Frame(ConferenceInput input, Instant at) {}

        Tape(ConferenceState start) {
            this.start = start;
        }

        /** source-add and source-remove. */
        int sourceStanzas() {
            return sourceStanzas;
        }

        /** All to clients, those to the room counted once. */
        int stanzas() {
            return stanzas;
        }

        /** To bridges. */
        int requests() {
            return requests;
        }

        /** Gives it all again, from the start; nothing is noted. */
        ConferenceState replay(ConferenceMachine machine) {
            ConferenceState state = start;
            for (Frame frame : frames) {
                state = machine.step(state, frame.input(), frame.at()).state();
            }
            return state;
        }

        private void note(ConferenceInput input, Instant at, List<Effect> effects) {
            frames.add(new Frame(input, at));
            for (Effect effect : effects) {
                boolean sources = effect instanceof Effect.SendSourceAdd || effect instanceof Effect.SendSourceRemove;
                sourceStanzas += sources ? 1 : 0;
                stanzas += sources || toClients(effect) ? 1 : 0;
                requests += effect instanceof Effect.ModifyConference ? 1 : 0;
            }
        }

        private static boolean toClients(Effect effect) {
            return effect instanceof Effect.SendOffer
                    || effect instanceof Effect.DiscoverFeatures
                    || effect instanceof Effect.Acknowledge
                    || effect instanceof Effect.PublishPresence;
        }
    }
}
