package org.confocal.focus.runtime;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.confocal.focus.conference.MoveCause;
import org.confocal.focus.fleet.MoveOrder;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.BridgeSnapshot;
import org.confocal.strategy.ConferenceShape;
import org.confocal.strategy.FleetSnapshot;
import org.confocal.strategy.FleetView;
import org.confocal.strategy.RoomId;
import org.confocal.strategy.Selection;
import org.confocal.strategy.SelectionPipeline;
import org.confocal.strategy.SelectionRequest;
import org.confocal.strategy.choice.Move;

/**
 * The fleet as it will be when the moves planned so far are carried out: each is seen by those planned after it. Nothing is
 * reserved by it. Confined to one plan.
 */
final class Projection {
    private final SelectionPipeline pipeline;
    private final Instant now;
    private final List<MoveOrder> orders = new ArrayList<>();
    private final Set<RoomId> rooms = new HashSet<>();
    private FleetSnapshot fleet;

    Projection(SelectionPipeline pipeline, FleetSnapshot fleet, Instant now) {
        this.pipeline = pipeline;
        this.fleet = fleet;
        this.now = now;
    }

    Instant now() {
        return now;
    }

    FleetSnapshot fleet() {
        return fleet;
    }

    /** The bridges that people of a conference of this version may be moved to. */
    FleetView targets(Optional<String> version) {
        return pipeline.eligible(version, now, fleet);
    }

    /** A conference as a selection sees it. */
    ConferenceShape shape(ConferenceActor<?> conference) {
        return conference.layout(now).shape();
    }

    /** Whether anybody of a conference moves. */
    boolean concerns(RoomId room) {
        return rooms.contains(room);
    }

    List<MoveOrder> orders() {
        return orders;
    }

    /**
     * Plans a move of people who are missed least, as far as each of them would get that bridge: whoever would not stays.
     *
     * @return how many go; 0 where the bridge they are on cannot be linked with others
     */
    int add(ConferenceActor<?> conference, Move move, MoveCause cause) {
        if (fleet.bridge(move.from()).flatMap(BridgeSnapshot::relayId).isEmpty()) {
            return 0;
        }
        ConferenceShape shape = shape(conference);
        int people = 0;
        for (Passenger who : conference.passengers(move.from(), move.region())) {
            SelectionRequest request = new SelectionRequest(
                    conference.room(),
                    who.id(),
                    move.region(),
                    who.audience(),
                    shape,
                    now,
                    Set.of(move.from()),
                    Optional.of(move.to()));
            if (people == move.people() || !arrives(request, move.to())) {
                break;
            }
            fleet = fleet.released(move.from(), conference.room(), who.id(), now)
                    .reserved(request, move.to());
            orders.add(MoveOrder.planned(conference.room(), who.id(), move.from(), move.to(), cause));
            rooms.add(conference.room());
            people++;
        }
        return people;
    }

    private boolean arrives(SelectionRequest request, BridgeId planned) {
        return pipeline.select(request, fleet) instanceof Selection.Chosen chosen
                && chosen.bridge().equals(planned);
    }
}
