package org.confocal.focus.fleet;

import java.util.List;
import org.confocal.focus.port.FocusInbox.HealthAnswer;
import org.confocal.focus.serial.Timers;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.BridgeReport;

/** What happens to the fleet, in the order in which it is worked off. */
sealed interface FleetEvent {

    /** A presence in the brewery. Repeated every few seconds: may be dropped. */
    record Reported(BridgeId bridge, BridgeReport report, List<String> malformed) implements FleetEvent {}

    record Left(BridgeId bridge) implements FleetEvent {}

    record Checked(BridgeId bridge, HealthAnswer answer) implements FleetEvent {}

    record BreweryLeft() implements FleetEvent {}

    /** A bridge's check is due. */
    record CheckDue(Timers.Due<BridgeId> due) implements FleetEvent {}

    /** A bridge may be chosen again, unless it failed again meanwhile. */
    record PauseOver(Timers.Due<BridgeId> due) implements FleetEvent {}

    /** A conference changed what is known of a bridge. The next presence has the same effect: may be dropped. */
    record Reconsider(BridgeId bridge, String because) implements FleetEvent {}

    /** A client of that bridge asked for a restart. Only told where somebody counts; may be dropped. */
    record RestartRequested(BridgeId bridge) implements FleetEvent {}

    /** People are to leave bridges. */
    record MovesOrdered(List<MoveOrder> orders) implements FleetEvent {
        public MovesOrdered {
            orders = List.copyOf(orders);
        }
    }

    /** An operator wants bridges emptied, or no longer. */
    record DrainsChanged() implements FleetEvent {}

    /** Something of the fleet as a whole is due. */
    record ChoreDue(Timers.Due<Chore> due) implements FleetEvent {}

    /** What the fleet does from time to time. */
    enum Chore {
        /** To let those go who wait for their turn to move. */
        MOVES,
        /** To look for bridges that carry too much. */
        REDISTRIBUTION,
        /** To plan moves that know where to. */
        PLANS,
        /** To have people leave bridges that are being emptied. */
        DRAINS
    }

    /** No more checks, no more moves. */
    record Stop() implements FleetEvent {}
}
