package org.confocal.strategy;

import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/**
 * A choice and its reservation as one replacement of a fleet that several threads change at once. Never waits: whoever loses
 * the race reserves on what the winner left if that bridge is as it was, and chooses again if it is not, so two never share
 * what there is once. That another bridge looks better now, as it may a moment later, is no reason to choose again.
 *
 * @param pipeline chooses; pure
 * @param published the fleet as it is now
 * @param replace puts the second in the place of the first, the very object; false where somebody else was faster
 */
public record Booking(
        BiFunction<SelectionRequest, FleetSnapshot, Selection> pipeline,
        Supplier<FleetSnapshot> published,
        BiPredicate<FleetSnapshot, FleetSnapshot> replace) {

    /** Hears of a reservation that is in the published fleet: {@code after} took the place of {@code before} by it. */
    public interface Listener {
        void reserved(BridgeId bridge, FleetSnapshot before, FleetSnapshot after);
    }

    /** The answer of the pipeline; where a bridge was chosen, the reservation is in the published fleet. */
    public Selection select(SelectionRequest request, Listener listener) {
        while (true) {
            FleetSnapshot seen = published.get();
            Selection selection = pipeline.apply(request, seen);
            switch (selection) {
                case Selection.None none -> {
                    return none;
                }
                case Selection.Chosen chosen -> {
                    if (reserved(request, chosen.bridge(), seen, listener)) {
                        return chosen;
                    }
                }
            }
        }
    }

    private boolean reserved(SelectionRequest request, BridgeId chosen, FleetSnapshot seen, Listener listener) {
        FleetSnapshot now = seen;
        while (now.isAsIn(seen, chosen)) {
            FleetSnapshot next = now.reserved(request, chosen);
            if (replace.test(now, next)) {
                listener.reserved(chosen, now, next);
                return true;
            }
            now = published.get();
        }
        return false;
    }
}
