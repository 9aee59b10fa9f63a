package org.confocal.focus.view;

import java.time.Instant;
import java.util.Optional;
import org.confocal.strategy.Audience;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.Region;
import org.confocal.strategy.RoomId;
import org.confocal.strategy.Selection;

/**
 * Where somebody was placed, or was not, and why.
 *
 * @param id from 1 on, in the order in which they were made; 0 for one that is only asked for
 * @param region where that person is; empty where the client did not say
 * @param selection with all of its explanation worked out: it keeps no fleet
 * @param reservation what it promised to the chosen bridge; empty where there is none
 */
public record Decision(
        long id,
        Instant at,
        RoomId room,
        EndpointId endpoint,
        Optional<Region> region,
        Audience audience,
        Selection selection,
        Optional<Reservation> reservation) {

    /**
     * A bridge just before and just after the reservation.
     *
     * @param stressBefore corrected stress, without a unit: 0 idle, 1 full, above 1 overloaded
     * @param countingBefore reservations that its reports did not show yet
     */
    public record Reservation(double stressBefore, double stressAfter, int countingBefore, int countingAfter) {}
}
