package org.confocal.focus.runtime;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.confocal.focus.conference.MoveCause;
import org.confocal.focus.fleet.BridgeFleet;
import org.confocal.focus.fleet.MoveOrder;
import org.confocal.focus.runtime.MovePlan.Part;
import org.confocal.focus.runtime.MovePlan.Unit;
import org.confocal.focus.view.FocusControl.Moved;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.BridgeSnapshot;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.FleetSnapshot;
import org.confocal.strategy.RoomId;

/** Convenient moves: finds out who is on a bridge, plans who leaves it, and has the fleet pace that. Any thread. */
final class Moves {
    private final ConferenceRegistry conferences;
    private final BridgeFleet fleet;
    private final InstantSource clock;
    private final boolean cascades;
    private final boolean mixedVersions;

    /**
     * Over these.
     *
     * @param cascades whether a conference may be on several bridges
     * @param mixedVersions whether of different versions
     */
    Moves(
            ConferenceRegistry conferences,
            BridgeFleet fleet,
            InstantSource clock,
            boolean cascades,
            boolean mixedVersions) {
        this.conferences = conferences;
        this.fleet = fleet;
        this.clock = clock;
        this.cascades = cascades;
        this.mixedVersions = mixedVersions;
    }

    Moved endpoint(RoomId room, EndpointId endpoint, Optional<String> bridge) {
        Optional<BridgeSnapshot> named = bridge.flatMap(this::find);
        if (bridge.isPresent() && named.isEmpty()) {
            return new Moved.NotFound("Bridge not found");
        }
        Optional<ConferenceActor<?>> conference = conferences.find(room);
        if (conference.isEmpty()) {
            return new Moved.NotFound("Conference not found");
        }
        for (BridgeSnapshot from :
                named.map(List::of).orElseGet(() -> List.copyOf(fleet.snapshot().bridges()))) {
            boolean there = conference
                    .flatMap(actor -> actor.on(from.id()))
                    .filter(part -> part.movable().contains(endpoint))
                    .isPresent();
            if (there && unit(from) == Unit.PERSON && elsewhere(from.id())) {
                fleet.order(List.of(new MoveOrder(room, from.id(), Optional.of(endpoint), 1, MoveCause.REQUESTED)));
                return new Moved.Begun(1, 1);
            }
        }
        return new Moved.Begun(0, 0);
    }

    Moved endpoints(String bridge, Optional<RoomId> room, int most) {
        Optional<BridgeSnapshot> from = find(bridge);
        if (from.isEmpty()) {
            return new Moved.NotFound("Bridge not found");
        }
        if (room.isPresent() && conferences.find(room.get()).isEmpty()) {
            return new Moved.NotFound("Conference not found");
        }
        return begun(away(from.get(), room, most, MoveCause.REQUESTED));
    }

    Moved fraction(String bridge, double fraction) {
        Optional<BridgeSnapshot> from = find(bridge);
        if (from.isEmpty()) {
            return new Moved.NotFound("Bridge not found");
        }
        int people = fleet.snapshot().endpoints(from.get().id());
        return begun(away(
                from.get(), Optional.empty(), Math.toIntExact(Math.round(fraction * people)), MoveCause.REQUESTED));
    }

    /** Up to so many leave a bridge that carries too much. */
    void relieve(BridgeId bridge, int most) {
        fleet.snapshot().bridge(bridge).ifPresent(from -> away(from, Optional.empty(), most, MoveCause.REDISTRIBUTION));
    }

    /**
     * Up to so many leave a bridge that is being emptied; a conference that must move as a whole moves though it is larger.
     * Where its version is being emptied, a conference goes to another one as a whole, if it is on this bridge only.
     *
     * @return how many
     */
    int drain(BridgeId bridge, int most) {
        Optional<BridgeSnapshot> from = fleet.snapshot().bridge(bridge);
        if (from.isEmpty() || targets().isEmpty()) {
            return 0;
        }
        boolean sameVersion = mixedVersions
                || targets().stream()
                        .anyMatch(
                                target -> target.fullVersion().equals(from.get().fullVersion()));
        Unit unit = sameVersion ? unit(from.get()) : Unit.CONFERENCE;
        List<Part> parts = new ArrayList<>();
        for (ConferenceActor<?> actor : conferences.all()) {
            if (sameVersion || actor.summary().bridges() == 1) {
                actor.on(bridge).ifPresent(parts::add);
            }
        }
        List<MoveOrder> orders = MovePlan.atLeastOne(parts, bridge, unit, most, MoveCause.DRAIN);
        fleet.order(orders);
        return MovePlan.people(orders);
    }

    /** Where people of a bridge that is being emptied may go. */
    private List<BridgeSnapshot> targets() {
        Instant now = clock.instant();
        FleetSnapshot seen = fleet.snapshot();
        return seen.bridges().stream()
                .filter(bridge -> seen.operational(bridge, now)
                        && !bridge.draining()
                        && !bridge.inGracefulShutdown()
                        && !bridge.shuttingDown())
                .toList();
    }

    private List<MoveOrder> away(BridgeSnapshot from, Optional<RoomId> room, int most, MoveCause cause) {
        if (most <= 0 || !elsewhere(from.id())) {
            return List.of();
        }
        List<Part> parts = new ArrayList<>();
        for (ConferenceActor<?> actor : conferences.all()) {
            if (room.map(actor.room()::equals).orElse(true)) {
                actor.on(from.id()).ifPresent(parts::add);
            }
        }
        List<MoveOrder> orders = MovePlan.of(parts, from.id(), unit(from), most, cause);
        fleet.order(orders);
        return orders;
    }

    private Unit unit(BridgeSnapshot from) {
        return cascades && from.relayId().isPresent() ? Unit.PERSON : Unit.CONFERENCE;
    }

    /** Whether there is another bridge at all that may be chosen: else people would come back to where they were. */
    private boolean elsewhere(BridgeId from) {
        Instant now = clock.instant();
        return fleet.snapshot().bridges().stream()
                .anyMatch(bridge -> !bridge.id().equals(from)
                        && !bridge.shuttingDown()
                        && fleet.snapshot().operational(bridge, now));
    }

    private Optional<BridgeSnapshot> find(String name) {
        return fleet.snapshot().bridges().stream()
                .filter(bridge ->
                        bridge.id().value().equals(name) || bridge.id().nick().equals(name))
                .findFirst();
    }

    private static Moved begun(List<MoveOrder> orders) {
        return new Moved.Begun(MovePlan.people(orders), MovePlan.conferences(orders));
    }
}
