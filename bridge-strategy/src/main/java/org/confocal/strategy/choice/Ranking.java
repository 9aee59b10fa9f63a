package org.confocal.strategy.choice;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.confocal.strategy.BridgeSnapshot;
import org.confocal.strategy.Selection;
import org.confocal.strategy.Selection.Candidate;

/**
 * The least stressed of the bridges shown to it, and the next best for the explanation: fewest endpoints break a tie, then
 * who was shown first. One pass, without sorting the fleet. Confined to the selection that made it.
 */
final class Ranking {
    private final List<Ranked> best = new ArrayList<>(Selection.Explanation.MAX_LISTED);

    private record Ranked(BridgeSnapshot bridge, double stress, int endpoints) {
        boolean beats(Ranked other) {
            int order = Double.compare(stress, other.stress);
            return order < 0 || (order == 0 && endpoints < other.endpoints);
        }
    }

    void weigh(BridgeSnapshot bridge, double stress, int endpoints) {
        Ranked ranked = new Ranked(bridge, stress, endpoints);
        int place = best.size();
        while (place > 0 && ranked.beats(best.get(place - 1))) {
            place--;
        }
        if (place >= Selection.Explanation.MAX_LISTED) {
            return;
        }
        if (best.size() == Selection.Explanation.MAX_LISTED) {
            best.removeLast();
        }
        best.add(place, ranked);
    }

    Optional<BridgeSnapshot> first() {
        return best.isEmpty() ? Optional.empty() : Optional.of(best.getFirst().bridge);
    }

    /** Best first. */
    List<Candidate> candidates() {
        return best.stream()
                .map(ranked -> new Candidate(ranked.bridge.id(), ranked.stress))
                .toList();
    }
}
