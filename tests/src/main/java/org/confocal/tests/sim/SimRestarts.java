package org.confocal.tests.sim;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.conference.ConferenceState;
import org.confocal.focus.conference.state.Invite;
import org.confocal.focus.conference.state.Member;
import org.confocal.focus.conference.state.Session;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.SessionId;
import org.confocal.focus.runtime.Focus.Farewell;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.cascade.Cascade;

/**
 * Ends processes of the focus, at any point of what they do, and has the next one take up what was kept: while Prosody still
 * holds the streams, or too late for that.
 */
final class SimRestarts {
    private static final int LONGEST_GAP_MILLIS = 10_000;
    private static final int FURTHEST_POINT = 80;

    private final Schedule schedule;
    private final Chaos chaos;
    private final SimFocus focus;
    private final SimProsody prosody;
    private final SimFleet fleet;
    private final SimDisk disk;
    private final List<SimRoom> rooms;
    private final List<SimCrowd> crowds;
    private Farewell farewell = Farewell.DIED;

    /** The next process knows less than the one before it said. */
    private boolean outdated;

    private boolean down;
    private int successors;

    SimRestarts(SimProcess.Surroundings around, List<SimCrowd> crowds, SimFocus focus, SimProsody prosody) {
        this.schedule = around.schedule();
        this.chaos = around.chaos();
        this.focus = focus;
        this.prosody = prosody;
        this.fleet = around.fleet();
        this.disk = around.disk();
        this.rooms = List.copyOf(around.rooms().values());
        this.crowds = List.copyOf(crowds);
    }

    /** Processes end now and then, until there is calm. */
    void misbehave() {
        schedule.in(chaos.millis(1_000, 15_000), "processes", () -> {
            if (chaos.isCalm()) {
                return;
            }
            if (!down) {
                end();
            }
            misbehave();
        });
    }

    private void end() {
        if (chaos.strikes(Fault.PROCESS_KILLED)) {
            if (chaos.chance(0.3)) {
                focus.process().life().end();
            } else {
                focus.process().life().dieAt(chaos.between(1, FURTHEST_POINT));
            }
        } else if (chaos.strikes(Fault.HANDED_OVER)) {
            focus.enter(process -> process.journal().flush());
            if (focus.isAlive()) {
                focus.process().life().end();
                farewell = Farewell.HANDED_OVER;
            }
        } else if (chaos.strikes(Fault.PROCESS_GONE_TOO_LONG)) {
            focus.process().life().end();
            died();
            prosody.giveUp();
        } else if (chaos.strikes(Fault.JOURNAL_TAIL_LOST)) {
            focus.process().life().end();
            loseTail();
        } else if (chaos.strikes(Fault.JOURNAL_TORN)) {
            focus.process().life().end();
            tear();
        }
    }

    private void loseTail() {
        disk.loseTail(chaos);
        outdated = true;
        rooms.forEach(this::reload);
        // A bridge gives up by itself what nobody sends media to.
        fleet.forgotten((bridge, meeting) -> rooms.stream()
                .flatMap(room -> disk.conference(room.id()).map(SimDisk.Kept::state).stream())
                .anyMatch(kept -> kept.meeting().equals(Optional.of(meeting))
                        && bridge.conferences().getOrDefault(meeting, Map.of()).keySet().stream()
                                .allMatch(endpoint -> isOn(kept, endpoint, bridge.id()))
                        && relaysOf(kept, bridge)
                                .containsAll(bridge.relays(meeting).keySet())));
    }

    private Set<String> relaysOf(ConferenceState kept, SimBridge bridge) {
        Cascade cascade = kept.relays().cascade();
        if (!cascade.bridges().contains(bridge.id())) {
            return Set.of();
        }
        return cascade.relaysOf(bridge.id()).stream()
                .flatMap(relay -> fleet.bridge(relay.peer()).stream())
                .flatMap(peer -> peer.relayId().stream())
                .collect(Collectors.toSet());
    }

    /**
     * Whoever has another session or other sources than were kept, or was offered another transport since, sees the focus
     * leave, and reloads the page as clients do.
     */
    private void reload(SimRoom room) {
        disk.conference(room.id()).ifPresent(kept -> {
            for (SimPerson person : room.people()) {
                Optional<Invite> invite =
                        kept.state().members().get(person.id()).map(Member::invite);
                Optional<SessionId> known = invite.flatMap(Invite::session).map(Session::id);
                boolean moves = !person.hasAccepted()
                        && invite.filter(Invite.Active.class::isInstance).isPresent();
                EndpointSources sources =
                        kept.state().sources().byOwner().getOrDefault(person.id(), EndpointSources.EMPTY);
                if (!known.equals(person.session()) || !sources.equals(person.sources()) || moves) {
                    schedule.in(
                            chaos.millis(0, 1_000),
                            person.id() + " reloads",
                            () -> room.leave(person, ConferenceInput.Departure.LEFT));
                }
            }
        });
    }

    private static boolean isOn(ConferenceState kept, EndpointId endpoint, BridgeId bridge) {
        return kept.members()
                .get(endpoint)
                .flatMap(member -> member.invite().allocation())
                .filter(where -> where.bridge().equals(bridge))
                .isPresent();
    }

    private void tear() {
        disk.tear(chaos).ifPresent(key -> {
            schedule.remember("damaged: ", key);
            for (SimRoom room : rooms) {
                if (disk.isDamaged(room.id())) {
                    disk.conference(room.id())
                            .flatMap(kept -> kept.state().meeting())
                            .ifPresent(fleet::forgotten);
                }
            }
        });
    }

    /** After every event: somebody notices that the process is no more. */
    void look() {
        if (!down && !focus.isAlive()) {
            died();
        }
    }

    private void died() {
        down = true;
        schedule.remember("the focus is gone: ", farewell);
        focus.died();
        prosody.hold();
        int successor = ++successors;
        int longest = farewell == Farewell.HANDED_OVER ? 100 : LONGEST_GAP_MILLIS;
        Duration gap = chaos.millis(0, longest);
        meanwhile(gap);
        schedule.in(gap, "next process", () -> {
            if (down && successor == successors) {
                takeUp();
            }
        });
    }

    /** Others do not wait; but what was to happen until the next process is there does not happen after it. */
    private void meanwhile(Duration gap) {
        int millis = (int) gap.toMillis();
        if (chaos.strikes(Fault.BRIDGE_CRASHED_IN_GAP)) {
            inGap(chaos.millis(0, millis), "a bridge dies", fleet::crashOne);
        }
        if (chaos.strikes(Fault.PERSON_LEFT_IN_GAP)) {
            SimCrowd crowd = chaos.oneOf(crowds);
            inGap(chaos.millis(0, millis), "somebody goes", crowd::oneLeaves);
        }
        if (chaos.strikes(Fault.PERSON_CAME_IN_GAP)) {
            SimCrowd crowd = chaos.oneOf(crowds);
            inGap(chaos.millis(0, millis), "somebody comes", crowd::oneComes);
        }
    }

    private void inGap(Duration after, String what, Runnable happens) {
        int successor = successors;
        schedule.in(after, what, () -> {
            if (down && successor == successors) {
                happens.run();
            }
        });
    }

    private void takeUp() {
        schedule.remember("the focus is taken up: ", farewell);
        boolean dies = chaos.strikes(Fault.PROCESS_KILLED_TAKING_UP);
        focus.begin(dies ? chaos.between(1, FURTHEST_POINT) : 0);
        if (!focus.isAlive()) {
            farewell = Farewell.DIED;
            died();
            return;
        }
        down = false;
        Farewell before = farewell;
        farewell = Farewell.DIED;
        if (!prosody.connect() && focus.isAlive() && !outdated) {
            throw new Violation("a stream was not resumed, although nothing was lost");
        }
        if (outdated && focus.isAlive()) {
            outdated = false;
            rooms.forEach(this::noticeLostMedia);
        }
        focus.enter(process -> process.focus().goOn(before));
    }

    /** Whose endpoint was given up by the process that nobody remembers finds out by itself, as clients do. */
    private void noticeLostMedia(SimRoom room) {
        for (SimPerson person : room.people()) {
            Optional<SessionId> session = person.session();
            schedule.in(chaos.millis(1_000, 15_000), person.id() + " looks for its media", () -> {
                if (person.hasAccepted() && person.session().equals(session) && !isAnywhere(person.id())) {
                    room.crowd().iceFailed(person);
                }
            });
        }
    }

    private boolean isAnywhere(EndpointId endpoint) {
        for (SimBridge bridge : fleet.bridges()) {
            if (bridge.conferences().values().stream().anyMatch(endpoints -> endpoints.containsKey(endpoint))) {
                return true;
            }
        }
        return false;
    }

    /** Nothing ends any more, and what ended is there again. */
    void heal() {
        focus.process().life().spare();
        if (down) {
            takeUp();
        }
    }
}
