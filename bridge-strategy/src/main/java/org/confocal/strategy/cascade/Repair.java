package org.confocal.strategy.cascade;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import org.confocal.strategy.BridgeId;

/** Closes the gaps that bridges leave behind. */
final class Repair {
    private record Gap(int a, int b, double cost) {}

    private Repair() {}

    /**
     * The links that join what is left of a cascade: one less than there are parts, which is the fewest, each a mesh of its
     * own; the cheapest such links (Kruskal), and of equals those between bridges that joined earlier.
     *
     * @param left what is left, in the order in which they joined
     * @param links those between them, all from one cascade
     */
    static List<Link> missing(
            List<CascadeMember> left, List<Link> links, ToDoubleBiFunction<CascadeMember, CascadeMember> cost) {
        Map<BridgeId, Integer> indexes = new HashMap<>();
        left.forEach(member -> indexes.put(member.bridge(), indexes.size()));
        Components components = new Components(left.size());
        int parts = left.size();
        for (Link link : links) {
            if (components.join(indexes.getOrDefault(link.a(), 0), indexes.getOrDefault(link.b(), 0))) {
                parts--;
            }
        }
        List<Link> missing = new ArrayList<>();
        if (parts <= 1) {
            return missing;
        }
        List<Gap> gaps = new ArrayList<>();
        for (int a = 0; a < left.size(); a++) {
            for (int b = a + 1; b < left.size(); b++) {
                if (components.root(a) != components.root(b)) {
                    gaps.add(new Gap(a, b, cost.applyAsDouble(left.get(a), left.get(b))));
                }
            }
        }
        gaps.sort(Comparator.comparingDouble(Gap::cost));
        for (Gap gap : gaps) {
            if (components.join(gap.a, gap.b)) {
                missing.add(Link.alone(left.get(gap.a).bridge(), left.get(gap.b).bridge()));
            }
        }
        return missing;
    }
}
