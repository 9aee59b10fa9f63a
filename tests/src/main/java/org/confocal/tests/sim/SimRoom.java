package org.confocal.tests.sim;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.conference.ConferenceInput.Departure;
import org.confocal.focus.conference.ConferenceInput.OfferAnswer;
import org.confocal.focus.conference.ConferenceInput.RoomLoss;
import org.confocal.focus.conference.ConferenceState;
import org.confocal.focus.conference.Effect;
import org.confocal.focus.conference.Machine;
import org.confocal.focus.model.ConferenceRequest;
import org.confocal.focus.model.Feature;
import org.confocal.focus.model.Jid;
import org.confocal.focus.model.JingleRequest;
import org.confocal.focus.model.MemberPresence;
import org.confocal.focus.model.RoomForm;
import org.confocal.focus.model.StanzaError;
import org.confocal.focus.model.StanzaRef;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.RoomId;

/**
 * A MUC as Prosody keeps it, with the people in it and, sometimes, the focus. What the focus hears of a room arrives in
 * the order in which it happened there; what either side sends while the focus' stream is down is lost.
 */
final class SimRoom implements SimConference.Outside {
    private static final Duration REPLY_TIMEOUT = Duration.ofSeconds(15);

    /** What people do with what the focus sends them. */
    interface Crowd {
        /** @return how the offer is answered; empty for no answer at all */
        Optional<OfferAnswer> offered(SimPerson person, Effect.SendOffer offer);

        void terminated(SimPerson person, Effect.SendTerminate terminate);

        /** The media of this person is gone, and the focus does not know. */
        void iceFailed(SimPerson person);

        /** The focus is gone and will come only when somebody asks again. */
        void conferenceEnded();
    }

    private final RoomId id;
    private final Machine<ConferenceState, ConferenceInput> machine;
    private final Schedule schedule;
    private final Chaos chaos;
    private final SimFleet fleet;
    private final Crowd crowd;
    private final Map<EndpointId, SimPerson> people = new LinkedHashMap<>();
    private final Map<String, Consumer<Optional<StanzaError>>> waiting = new HashMap<>();
    private Optional<SimConference> conference = Optional.empty();
    private boolean focusInRoom;
    private boolean streamUp = true;
    private long serial;
    private long steps;
    private int conferences;

    SimRoom(
            RoomId id,
            Machine<ConferenceState, ConferenceInput> machine,
            Schedule schedule,
            Chaos chaos,
            SimFleet fleet,
            Function<SimRoom, Crowd> crowd) {
        this.id = id;
        this.machine = machine;
        this.schedule = schedule;
        this.chaos = chaos;
        this.fleet = fleet;
        this.crowd = crowd.apply(this);
    }

    RoomId id() {
        return id;
    }

    Crowd crowd() {
        return crowd;
    }

    Optional<SimConference> conference() {
        return conference;
    }

    Iterable<SimPerson> people() {
        return List.copyOf(people.values());
    }

    int size() {
        return people.size();
    }

    boolean streamUp() {
        return streamUp;
    }

    boolean isIn(SimPerson person) {
        return people.get(person.id()) == person;
    }

    /** Conferences that were held in this room. */
    int conferences() {
        return conferences;
    }

    long steps() {
        return steps + conference.map(SimConference::steps).orElse(0L);
    }

    void heard(ConferenceInput input) {
        conference.ifPresent(c -> c.happens(input));
    }

    /** A client asks for the focus (spec/02, section 1). */
    void request(Jid sender) {
        if (!streamUp) {
            return;
        }
        if (conference.isEmpty()) {
            conference = Optional.of(new SimConference(id, machine, schedule, chaos, fleet, this));
            conferences++;
        }
        heard(new ConferenceInput.Requested(new ConferenceRequest(
                new ConferenceRequest.Origin.Stanza(ref(sender)),
                id,
                Optional.of(sender),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of())));
    }

    void enter(SimPerson person) {
        people.put(person.id(), person);
        person.enters();
        toFocus(person.id() + " enters", () -> new ConferenceInput.MemberPresent(person.presence()));
    }

    void changePresence(SimPerson person) {
        if (isIn(person)) {
            MemberPresence presence = person.presence();
            toFocus(person.id() + " changes", () -> new ConferenceInput.MemberPresent(presence));
        }
    }

    void leave(SimPerson person, Departure departure) {
        if (people.remove(person.id(), person)) {
            person.leaves();
            toFocus(person.id() + " leaves", () -> new ConferenceInput.MemberLeft(person.id(), departure));
        }
    }

    /** A member sends Jingle; {@code answer} hears the error, or empty for a result, if an answer comes. */
    void send(SimPerson person, JingleRequest request, Consumer<Optional<StanzaError>> answer) {
        StanzaRef stanza = expecting(person, answer);
        toFocus(
                person.id() + " sends " + request.getClass().getSimpleName(),
                () -> new ConferenceInput.JingleReceived(stanza, person.id(), request),
                () -> bounce(stanza));
    }

    void send(SimPerson person, Function<StanzaRef, ConferenceInput> request) {
        StanzaRef stanza = expecting(person, ignored -> {});
        toFocus(person.id() + " sends", () -> request.apply(stanza), () -> bounce(stanza));
    }

    private StanzaRef expecting(SimPerson person, Consumer<Optional<StanzaError>> answer) {
        StanzaRef stanza = ref(new Jid(id + "/" + person.id()));
        waiting.put(stanza.id(), answer);
        return stanza;
    }

    private StanzaRef ref(Jid from) {
        return new StanzaRef(from, new Jid("focus@auth.example.org/focus"), "iq-" + serial++);
    }

    private void toFocus(String what, Supplier<ConferenceInput> input) {
        toFocus(what, input, () -> {});
    }

    /** Delivers to the focus in the room's order; {@code otherwise} happens where it is not in the room by then. */
    private void toFocus(String what, Supplier<ConferenceInput> input, Runnable otherwise) {
        schedule.inOrder("room " + id, chaos.millis(1, 30), id.local() + ": " + what, () -> {
            if (focusInRoom && streamUp) {
                heard(input.get());
            } else {
                otherwise.run();
            }
        });
    }

    /** The room itself refuses what is addressed to an occupant that is not there. */
    private void bounce(StanzaRef stanza) {
        Consumer<Optional<StanzaError>> waiter = waiting.remove(stanza.id());
        if (waiter != null) {
            waiter.accept(Optional.of(StanzaError.of(StanzaError.Condition.ITEM_NOT_FOUND, "not in the room")));
        }
    }

    @Override
    public void carryOut(Effect effect) {
        if (!streamUp) {
            if (effect instanceof Effect.SendOffer offer) {
                answerOffer(offer, OfferAnswer.NO_REPLY, Duration.ZERO);
            }
            return;
        }
        switch (effect) {
            case Effect.JoinRoom ignored -> join();
            case Effect.LeaveRoom ignored -> focusInRoom = false;
            case Effect.DiscoverFeatures discover -> discover(discover);
            case Effect.SendOffer offer -> toPerson(offer.id(), "offer", person -> offer(person, offer));
            case Effect.SendTerminate terminate ->
                toPerson(terminate.id(), "terminate", person -> crowd.terminated(person, terminate));
            default -> {}
        }
    }

    private void join() {
        SimConference joining = conference.orElseThrow();
        if (chaos.strikes(Fault.ROOM_JOIN_FAILED)) {
            schedule.in(chaos.millis(10, 15_000), id.local() + ": join fails", () -> {
                if (conference.equals(Optional.of(joining)) && streamUp) {
                    joining.happens(new ConferenceInput.RoomJoinFailed("made up"));
                }
            });
            return;
        }
        schedule.inOrder("room " + id, chaos.millis(5, 200), id.local() + ": focus joins", () -> {
            if (conference.equals(Optional.of(joining)) && streamUp) {
                focusInRoom = true;
                List<MemberPresence> occupants =
                        people.values().stream().map(SimPerson::presence).toList();
                joining.happens(new ConferenceInput.RoomJoined(RoomForm.PLAIN, occupants));
            }
        });
    }

    private void discover(Effect.DiscoverFeatures discover) {
        boolean unanswered = chaos.strikes(Fault.DISCO_UNANSWERED);
        Duration delay = unanswered ? REPLY_TIMEOUT : chaos.millis(2, 80);
        schedule.in(delay, id.local() + ": features of " + discover.id(), () -> {
            SimPerson person = people.get(discover.id());
            heard(new ConferenceInput.FeaturesDiscovered(
                    discover.request(),
                    discover.id(),
                    person == null || unanswered
                            ? Feature.DEFAULTS
                            : person.kind().features()));
        });
    }

    private void toPerson(EndpointId to, String what, Consumer<SimPerson> action) {
        schedule.inOrder("focus " + id, chaos.millis(1, 30), id.local() + ": " + what + " at " + to, () -> {
            SimPerson person = people.get(to);
            if (person != null) {
                action.accept(person);
            }
        });
    }

    private void offer(SimPerson person, Effect.SendOffer offer) {
        crowd.offered(person, offer)
                .ifPresentOrElse(
                        answer -> answerOffer(offer, answer, chaos.millis(1, 30)),
                        () -> answerOffer(offer, OfferAnswer.NO_REPLY, REPLY_TIMEOUT));
    }

    private void answerOffer(Effect.SendOffer offer, OfferAnswer answer, Duration delay) {
        ConferenceInput input =
                new ConferenceInput.OfferAnswered(offer.id(), offer.offer().session(), answer);
        schedule.inOrder("room " + id, delay, id.local() + ": offer " + answer, () -> heard(input));
    }

    @Override
    public void acknowledged(StanzaRef stanza) {
        answer(stanza, Optional.empty());
    }

    @Override
    public void refused(StanzaRef stanza, StanzaError error) {
        answer(stanza, Optional.of(error));
    }

    private void answer(StanzaRef stanza, Optional<StanzaError> error) {
        Consumer<Optional<StanzaError>> waiter = waiting.remove(stanza.id());
        if (waiter != null && streamUp) {
            schedule.inOrder(
                    "focus " + id,
                    chaos.millis(1, 30),
                    id.local() + ": answer " + stanza.id(),
                    () -> waiter.accept(error));
        }
    }

    @Override
    public void answered(ConferenceRequest.Origin origin, boolean ready) {
        if (!ready && conference.isPresent()) {
            schedule.in(Duration.ofSeconds(1), id.local() + ": asks again", crowd::conferenceEnded);
        }
    }

    @Override
    public void ended() {
        steps += conference.orElseThrow().steps();
        conference = Optional.empty();
        focusInRoom = false;
        schedule.in(Duration.ofSeconds(1), id.local() + ": conference over", crowd::conferenceEnded);
    }

    /** The stream of the focus breaks; what Prosody does to the room meanwhile is the caller's business. */
    void loseStream() {
        streamUp = false;
        focusInRoom = false;
        heard(new ConferenceInput.RoomLost(RoomLoss.DISCONNECTED));
    }

    void regainStream() {
        streamUp = true;
        if (conference.isEmpty()) {
            crowd.conferenceEnded();
        }
        heard(new ConferenceInput.Reconnected());
    }

    /** Prosody was restarted: nobody is in the room any more, and nobody was told. */
    List<SimPerson> vanish() {
        List<SimPerson> gone = List.copyOf(people.values());
        people.clear();
        gone.forEach(SimPerson::leaves);
        return gone;
    }

    void kickFocus() {
        if (focusInRoom && streamUp) {
            focusInRoom = false;
            heard(new ConferenceInput.RoomLost(RoomLoss.KICKED));
        }
    }
}
