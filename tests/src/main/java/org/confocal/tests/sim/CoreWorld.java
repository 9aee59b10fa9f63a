package org.confocal.tests.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.conference.ConferenceInput.Departure;
import org.confocal.focus.conference.ConferenceState;
import org.confocal.focus.conference.Machine;
import org.confocal.focus.conference.state.Invite;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.MeetingId;
import org.confocal.focus.model.SessionId;
import org.confocal.focus.view.FocusControl;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.RoomId;

/**
 * One run: some rooms, some bridges, a storm, a quiet hour, and the end. The storm's length, its people and its faults
 * come from the seed. Throws {@link Violation} for anything that must never be.
 */
final class CoreWorld {
    private static final Duration STORM = Duration.ofSeconds(90);
    /** After the last fault everybody who can must be in media within this time (design, section 10). */
    private static final Duration RECOVERY = Duration.ofSeconds(60);

    private static final Duration MOMENT = Duration.ofMillis(100);
    /** In moments. */
    private static final int LONGEST_MOVE = 30;

    private static final Duration FAREWELL = Duration.ofSeconds(45);
    private static final Duration AUDIT_INTERVAL = Duration.ofSeconds(2);

    private final Schedule schedule;
    private final Chaos chaos;
    private final SimFocus focus;
    private final SimFleet fleet;
    private final SimProsody prosody;
    private final SimRestarts restarts;
    private final Map<RoomId, SimRoom> rooms = new LinkedHashMap<>();
    private final List<SimCrowd> crowds = new ArrayList<>();
    private int relays;

    CoreWorld(
            long seed,
            SimSetting setting,
            Machine<ConferenceState, ConferenceInput> machine,
            CoreSimulation.Sabotage sabotage,
            int remembered) {
        schedule = new Schedule(remembered);
        chaos = new Chaos(seed);
        SimStream stream = new SimStream("rooms", chaos);
        SimStream brewery = setting.brewery() == SimSetting.Brewery.SHARED ? stream : new SimStream("brewery", chaos);
        fleet = new SimFleet(schedule, chaos, brewery, this::mediaLost);
        int count = chaos.between(1, 4);
        for (int i = 1; i <= count; i++) {
            RoomId id = new RoomId("room" + i + "@muc.example.org");
            rooms.put(id, new SimRoom(id, schedule, chaos, stream, this::crowd));
        }
        SimProcess.Surroundings around = new SimProcess.Surroundings(
                setting, schedule, chaos, rooms, fleet, stream, brewery, new SimDisk(), sabotage.journal());
        focus = new SimFocus(around, machine, sabotage.takenUp(), new Violations());
        prosody = new SimProsody(around, focus);
        restarts = new SimRestarts(around, crowds, focus, prosody);
        schedule.afterEach(() -> {
            focus.work();
            restarts.look();
        });
    }

    private SimRoom.Crowd crowd(SimRoom room) {
        SimCrowd crowd = new SimCrowd(room, schedule, chaos);
        crowds.add(crowd);
        return crowd;
    }

    /** Runs to the end. */
    void run() {
        prosody.open();
        fleet.open();
        crowds.forEach(SimCrowd::open);
        prosody.misbehave();
        restarts.misbehave();
        forgetfulBridges();
        operator();
        audit();
        schedule.runUntil(STORM);

        chaos.calm();
        crowds.forEach(SimCrowd::close);
        restarts.heal();
        prosody.heal();
        fleet.heal();
        prosody.healBrewery();
        schedule.runUntil(STORM.plus(RECOVERY));
        settle();
        everybodyIsInMedia();

        everybodyLeaves();
        schedule.runUntil(schedule.elapsed().plus(FAREWELL));
        nothingIsLeft();
    }

    /** Somebody may be moved for balance in the very moment of the look: that is waited for, and for nothing else. */
    private void settle() {
        for (int i = 0; i < LONGEST_MOVE && isUnderWay(); i++) {
            schedule.runUntil(schedule.elapsed().plus(MOMENT));
        }
    }

    private boolean isUnderWay() {
        return rooms.values().stream().filter(room -> room.size() > 1).anyMatch(CoreWorld::isUnderWay);
    }

    private static boolean isUnderWay(SimRoom room) {
        Optional<ConferenceState> state = room.conference().map(ConferenceWatch::state);
        if (state.isEmpty() || !state.get().pending().isEmpty()) {
            return state.isPresent();
        }
        for (SimPerson person : room.people()) {
            boolean offered = state.get()
                    .members()
                    .get(person.id())
                    .filter(member -> member.invite() instanceof Invite.Offered)
                    .isPresent();
            if (person.willing() && (offered || !person.hasAccepted())) {
                return true;
            }
        }
        return false;
    }

    private void audit() {
        schedule.in(AUDIT_INTERVAL, "audit", () -> {
            focus.countersAgree();
            audit();
        });
    }

    /** Somebody moves people about, by each of the three calls, not always to the point. */
    private void operator() {
        schedule.in(chaos.millis(1_000, 6_000), "operator", () -> {
            if (chaos.isCalm()) {
                return;
            }
            if (chaos.strikes(Fault.OPERATOR_MOVE)) {
                move(chaos.oneOf(List.copyOf(rooms.values())), chaos.oneOf(fleet.names()));
            }
            operator();
        });
    }

    private void move(SimRoom room, String bridge) {
        focus.enter(process -> move(process.focus(), room, bridge));
    }

    private void move(FocusControl control, SimRoom room, String bridge) {
        switch (chaos.between(0, 3)) {
            case 0 -> {
                for (SimPerson person : room.people()) {
                    control.moveEndpoint(
                            room.id(), person.id(), chaos.chance(0.5) ? Optional.of(bridge) : Optional.empty());
                }
            }
            case 1 -> control.moveEndpoints(bridge, Optional.of(room.id()), chaos.between(0, 5));
            case 2 -> control.moveEndpoints(bridge, Optional.empty(), chaos.between(0, 20));
            default -> control.moveFraction(bridge, chaos.between(0, 10) / 10.0);
        }
    }

    /** JVB expires an endpoint whose ICE fails without telling the focus. */
    private void forgetfulBridges() {
        schedule.in(chaos.millis(2_000, 15_000), "forgetful bridges", () -> {
            if (chaos.isCalm()) {
                return;
            }
            for (SimBridge bridge : fleet.bridges()) {
                if (bridge.inBrewery() && chaos.strikes(Fault.BRIDGE_FORGOT_ENDPOINT)) {
                    bridge.forgetOne().ifPresent(this::mediaLost);
                }
            }
            forgetfulBridges();
        });
    }

    /** Whoever's media is gone finds out by itself, and asks for a restart unless the focus was faster. */
    private void mediaLost(EndpointId endpoint) {
        for (SimRoom room : rooms.values()) {
            for (SimPerson person : room.people()) {
                if (person.id().equals(endpoint)) {
                    Optional<SessionId> session = person.session();
                    schedule.in(chaos.millis(1_000, 15_000), endpoint + " lost ICE", () -> {
                        if (person.session().equals(session)) {
                            room.crowd().iceFailed(person);
                        }
                    });
                }
            }
        }
    }

    private void everybodyIsInMedia() {
        for (SimRoom room : rooms.values()) {
            if (room.size() < 2) {
                continue;
            }
            MeetingId meeting = room.conference()
                    .flatMap(ConferenceWatch::meeting)
                    .orElseThrow(() -> new Violation("people sit in " + room.id() + " without a focus"));
            for (SimPerson person : room.people()) {
                if (person.willing()) {
                    isInMedia(room, person, meeting);
                }
            }
            room.conference().ifPresent(conference -> {
                relays += new SimCascadeCheck(fleet, conference.state(), meeting).run();
                if (chaos.isUnnoticed() && !room.unanswered().isEmpty()) {
                    throw new Violation("nobody answers %s in %s".formatted(room.unanswered(), room.id()));
                }
                if (!conference.openIqs().isEmpty()) {
                    throw new Violation("requests were never answered: " + conference.openIqs());
                }
            });
        }
    }

    private void isInMedia(SimRoom room, SimPerson person, MeetingId meeting) {
        if (!person.hasAccepted()) {
            throw new Violation("%s in %s has no session although nothing stands in the way (session %s)"
                    .formatted(person.id(), room.id(), person.session()));
        }
        int bridges = 0;
        int excused = 0;
        for (SimBridge bridge : fleet.bridges()) {
            Optional<SimBridge.Endpoint> endpoint = bridge.endpoint(meeting, person.id());
            if (endpoint.isEmpty()) {
                continue;
            }
            if (fleet.isExcused(bridge.id(), meeting)) {
                excused++;
            } else {
                bridges++;
                knows(bridge.id(), endpoint.get(), person);
            }
        }
        if (bridges > 1 || bridges + excused == 0) {
            throw new Violation("%s is on %d bridges".formatted(person.id(), bridges));
        }
    }

    private static void knows(BridgeId bridge, SimBridge.Endpoint endpoint, SimPerson person) {
        if (!endpoint.hasRemoteTransport()) {
            throw new Violation("%s accepted, and %s was not told".formatted(person.id(), bridge));
        }
        EndpointSources known = endpoint.sources();
        EndpointSources sent = person.sources();
        boolean same = Set.copyOf(known.sources()).equals(Set.copyOf(sent.sources()))
                && Set.copyOf(known.groups()).equals(Set.copyOf(sent.groups()));
        if (!same) {
            throw new Violation("%s knows %s of %s, who sends %s".formatted(bridge, known, person.id(), sent));
        }
    }

    private void everybodyLeaves() {
        for (SimRoom room : rooms.values()) {
            for (SimPerson person : room.people()) {
                schedule.in(
                        chaos.millis(0, 5_000), person.id() + " goes home", () -> room.leave(person, Departure.LEFT));
            }
        }
    }

    private void nothingIsLeft() {
        for (SimRoom room : rooms.values()) {
            if (room.conference().isPresent()) {
                throw new Violation("a conference is left in the empty room " + room.id());
            }
        }
        for (SimBridge bridge : fleet.bridges()) {
            for (MeetingId meeting : bridge.conferences().keySet()) {
                if (!fleet.isExcused(bridge.id(), meeting)) {
                    throw new Violation("%s still holds %s".formatted(bridge.id(), meeting));
                }
            }
        }
        focus.countersAgree();
    }

    List<String> history() {
        return schedule.history();
    }

    long steps() {
        return rooms.values().stream().mapToLong(SimRoom::steps).sum();
    }

    int conferences() {
        return rooms.values().stream().mapToInt(SimRoom::conferences).sum();
    }

    /** How many relays bridges had, and were right to have, when the storm was over. */
    int relays() {
        return relays;
    }

    int participants() {
        return crowds.stream().mapToInt(SimCrowd::arrivals).sum();
    }

    Map<Fault, Long> faults() {
        return new EnumMap<>(chaos.injected());
    }
}
