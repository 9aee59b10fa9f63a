package org.confocal.tests.sim;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.conference.ConferenceInput.Departure;
import org.confocal.focus.conference.ConferenceInput.OfferAnswer;
import org.confocal.focus.conference.ConferenceInput.RoomLoss;
import org.confocal.focus.conference.Effect;
import org.confocal.focus.model.ConferenceRequest;
import org.confocal.focus.model.Feature;
import org.confocal.focus.model.Jid;
import org.confocal.focus.model.JingleRequest;
import org.confocal.focus.model.MemberPresence;
import org.confocal.focus.model.Offer;
import org.confocal.focus.model.RoomForm;
import org.confocal.focus.model.StanzaError;
import org.confocal.focus.model.StanzaRef;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.RoomId;

/**
 * A MUC as Prosody keeps it, with the people in it and, sometimes, the focus. What the focus hears of a room arrives in
 * the order in which it happened there; what either side sends while the focus' stream is down is lost.
 */
final class SimRoom {
    /** What people do with what the focus sends them. */
    interface Crowd {
        /** @return how the offer is answered; empty for no answer at all */
        Optional<OfferAnswer> offered(SimPerson person, Offer offer);

        void terminated(SimPerson person, Effect.SendTerminate terminate);

        /** The media of this person is gone, and the focus does not know. */
        void iceFailed(SimPerson person);

        /** The room was lost with everybody in it. */
        void comeBack(List<SimPerson> people);

        /** The focus is gone and will come only when somebody asks again. */
        void conferenceEnded();
    }

    private final RoomId id;
    private final Schedule schedule;
    private final Chaos chaos;
    private final SimStream focus;
    private final Crowd crowd;
    private final Map<EndpointId, SimPerson> people = new LinkedHashMap<>();
    private final Map<String, Consumer<Optional<StanzaError>>> waiting = new HashMap<>();
    private Optional<ConferenceWatch> conference = Optional.empty();
    private boolean focusInRoom;
    private boolean serviceUp = true;
    /** Counts how often the focus entered or lost the room: what was on its way before is about an earlier stay. */
    private int stay;

    /** Counts how often the focus left: a join that it sent before is over. */
    private int leavings;

    /** Counts how often the room was lost with everybody in it, and what they had sent. */
    private int emptied;

    private boolean streamUp = true;
    private long serial;
    private long steps;
    private int conferences;

    SimRoom(RoomId id, Schedule schedule, Chaos chaos, SimStream focus, Function<SimRoom, Crowd> crowd) {
        this.id = id;
        this.schedule = schedule;
        this.chaos = chaos;
        this.focus = focus;
        this.crowd = crowd.apply(this);
    }

    RoomId id() {
        return id;
    }

    Crowd crowd() {
        return crowd;
    }

    Optional<ConferenceWatch> conference() {
        return conference;
    }

    Iterable<SimPerson> people() {
        return List.copyOf(people.values());
    }

    /** Questions of people that have no answer. */
    Set<String> unanswered() {
        return Set.copyOf(waiting.keySet());
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

    boolean isTaken(EndpointId nick) {
        return people.containsKey(nick);
    }

    /** Conferences that were held in this room. */
    int conferences() {
        return conferences;
    }

    long steps() {
        return steps + conference.map(ConferenceWatch::steps).orElse(0L);
    }

    boolean serviceUp() {
        return serviceUp;
    }

    /** The focus has begun a conference here. */
    void began(ConferenceWatch begun) {
        goesOn(begun);
        conferences++;
    }

    /** Another process of the focus goes on with the conference here. */
    void goesOn(ConferenceWatch restored) {
        interrupted();
        conference = Optional.of(restored);
    }

    /** The process that the conference was in is no more. */
    void interrupted() {
        steps += conference.map(ConferenceWatch::steps).orElse(0L);
        conference = Optional.empty();
    }

    /** A client asks for the focus (spec/02, section 1). */
    void request(Jid sender) {
        if (!streamUp) {
            return;
        }
        ConferenceRequest request = new ConferenceRequest(
                new ConferenceRequest.Origin.Stanza(ref(sender)),
                id,
                Optional.of(sender),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of());
        focus.toFocus(ports -> ports.requested(request));
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
        int before = emptied;
        schedule.inOrder("room " + id, chaos.millis(1, 30), id.local() + ": " + what, () -> {
            if (before != emptied || !focusInRoom || !streamUp) {
                otherwise.run();
            } else {
                ConferenceInput said = input.get();
                focus.toFocus(ports -> ports.happened(id, said, otherwise), otherwise);
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

    /** The focus enters; {@code attempt} is named when it has. */
    void join(long attempt) {
        int before = leavings;
        int earlier = stay;
        if (!serviceUp || chaos.strikes(Fault.ROOM_JOIN_FAILED)) {
            schedule.in(chaos.millis(10, 15_000), id.local() + ": join fails", () -> {
                if (before == leavings && streamUp) {
                    // Another attempt may have come to something meanwhile.
                    focusInRoom = focusInRoom && stay != earlier;
                    focus.toFocus(ports -> ports.entered(id, attempt, new ConferenceInput.RoomJoinFailed("made up")));
                }
            });
            return;
        }
        schedule.inOrder("room " + id, chaos.millis(5, 200), id.local() + ": focus joins", () -> {
            if (before == leavings && streamUp) {
                entered(attempt);
            }
        });
    }

    private void entered(long attempt) {
        stay++;
        focusInRoom = true;
        List<MemberPresence> occupants =
                people.values().stream().map(SimPerson::presence).toList();
        focus.toFocus(ports -> ports.entered(id, attempt, new ConferenceInput.RoomJoined(RoomForm.PLAIN, occupants)));
    }

    void focusLeaves() {
        leavings++;
        if (focusInRoom && conference.isEmpty()) {
            // Everybody sees that, and nothing else where the conference could not be taken up.
            schedule.in(Duration.ofSeconds(1), id.local() + ": the focus has left", crowd::conferenceEnded);
        }
        focusInRoom = false;
    }

    void discover(SimPorts.Question.Features asked) {
        if (chaos.strikes(Fault.DISCO_UNANSWERED)) {
            return;
        }
        schedule.in(chaos.millis(2, 80), id.local() + ": features of " + asked.id(), () -> {
            SimPerson person = people.get(asked.id());
            Set<Feature> features =
                    person == null ? Feature.DEFAULTS : person.kind().features();
            focus.toFocus(ports -> ports.discovered(asked, features));
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

    void offer(SimPorts.Question.Offered asked, Offer offer) {
        toPerson(
                asked.id(),
                "offer",
                person -> crowd.offered(person, offer).ifPresent(answer -> answerOffer(asked, answer)));
    }

    void terminate(Effect.SendTerminate terminate) {
        if (streamUp) {
            toPerson(terminate.id(), "terminate", person -> crowd.terminated(person, terminate));
        }
    }

    private void answerOffer(SimPorts.Question.Offered asked, OfferAnswer answer) {
        schedule.inOrder(
                "room " + id,
                chaos.millis(1, 30),
                id.local() + ": offer " + answer,
                () -> focus.toFocus(ports -> ports.answered(asked, answer)));
    }

    void acknowledged(StanzaRef stanza) {
        answer(stanza, Optional.empty());
    }

    void refused(StanzaRef stanza, StanzaError error) {
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

    /** A conference request was answered. */
    void answered(boolean ready) {
        if (!ready) {
            schedule.in(Duration.ofSeconds(1), id.local() + ": asks again", crowd::conferenceEnded);
        }
    }

    /** The focus has ended its conference here. */
    void ended() {
        interrupted();
        schedule.in(Duration.ofSeconds(1), id.local() + ": conference over", crowd::conferenceEnded);
    }

    /** The stream of the focus is about to be lost; what Prosody does to the room meanwhile is the caller's business. */
    void loseStream() {
        if (chaos.isUnnoticed()) {
            throw new Violation("people in " + id + " see the focus leave");
        }
        stay++;
        leavings++;
        streamUp = false;
        focusInRoom = false;
    }

    /** The stream is up again, and the focus knows it. */
    void regainStream() {
        streamUp = true;
        if (conference.isEmpty()) {
            crowd.conferenceEnded();
        }
    }

    /** Nobody is in the room any more, and the focus was not told. */
    void vanish() {
        emptied++;
        List<SimPerson> gone = List.copyOf(people.values());
        people.clear();
        gone.forEach(SimPerson::leaves);
        crowd.comeBack(gone);
    }

    void kickFocus() {
        if (focusInRoom && streamUp) {
            lose(RoomLoss.KICKED);
        }
    }

    /** The focus stays an occupant, and can do nothing there. */
    void takeOwnership() {
        if (focusInRoom && streamUp) {
            stay++;
            toFocus(RoomLoss.NOT_OWNER);
        }
    }

    /** The room no longer knows the focus, which finds out some time later. */
    void forgetFocus() {
        if (focusInRoom && streamUp) {
            focusInRoom = false;
            int forgotten = ++stay;
            schedule.in(chaos.millis(500, 20_000), id.local() + ": focus finds itself forgotten", () -> {
                if (stay == forgotten && streamUp) {
                    lose(RoomLoss.FORGOTTEN);
                }
            });
        }
    }

    /** The room is no more. */
    void destroy() {
        if (focusInRoom && streamUp) {
            lose(RoomLoss.DESTROYED);
        }
        vanish();
    }

    /** Whether the service that the room is on can be reached. */
    void service(boolean up) {
        serviceUp = up;
    }

    private void lose(RoomLoss loss) {
        stay++;
        focusInRoom = false;
        toFocus(loss);
    }

    private void toFocus(RoomLoss loss) {
        focus.toFocus(ports -> ports.lost(id, new ConferenceInput.RoomLost(loss)));
    }
}
