package org.confocal.focus.runtime;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.confocal.focus.conference.MoveCause;
import org.confocal.focus.fleet.MoveOrder;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.RoomId;

/**
 * Whom to take from a bridge: from the conferences with most people there first (spec/05, section 10), and of each those who
 * are missed least. A conference that must stay on one bridge goes as a whole, where it is not too large, or stays. Pure.
 */
public final class MovePlan {
    private static final Comparator<Part> LARGEST_FIRST =
            Comparator.<Part>comparingInt(part -> -part.people()).thenComparing(part -> part.room.value());

    private MovePlan() {}

    /**
     * What of a conference is on the bridge.
     *
     * @param movable with a session, those who are missed least first
     * @param people all of them, those who are just being invited included
     */
    public record Part(RoomId room, List<EndpointId> movable, int people) {
        public Part {
            movable = List.copyOf(movable);
        }
    }

    /** Whether the people of a conference can be on several bridges. */
    enum Unit {
        PERSON,
        CONFERENCE
    }

    static List<MoveOrder> of(List<Part> parts, BridgeId from, Unit unit, int most, MoveCause cause) {
        List<Part> sorted = new ArrayList<>(parts);
        sorted.sort(LARGEST_FIRST);
        List<MoveOrder> orders = new ArrayList<>();
        int left = most;
        for (Part part : sorted) {
            switch (unit) {
                case PERSON -> {
                    for (EndpointId who : part.movable.subList(0, Math.min(left, part.movable.size()))) {
                        orders.add(new MoveOrder(part.room, from, Optional.of(who), 1, cause));
                        left--;
                    }
                }
                case CONFERENCE -> {
                    if (!part.movable.isEmpty() && part.people <= left) {
                        orders.add(new MoveOrder(part.room, from, Optional.empty(), part.people, cause));
                        left -= part.people;
                    }
                }
            }
        }
        return orders;
    }

    /** The same; where no conference is small enough to move as a whole, the smallest one does. */
    static List<MoveOrder> atLeastOne(List<Part> parts, BridgeId from, Unit unit, int most, MoveCause cause) {
        List<MoveOrder> orders = of(parts, from, unit, most, cause);
        if (!orders.isEmpty() || unit == Unit.PERSON) {
            return orders;
        }
        return parts.stream()
                .filter(part -> !part.movable.isEmpty())
                .max(LARGEST_FIRST)
                .map(part -> List.of(new MoveOrder(part.room, from, Optional.empty(), part.people, cause)))
                .orElse(List.of());
    }

    static int people(List<MoveOrder> orders) {
        return orders.stream().mapToInt(MoveOrder::people).sum();
    }

    static int conferences(List<MoveOrder> orders) {
        return Math.toIntExact(orders.stream().map(MoveOrder::room).distinct().count());
    }
}
