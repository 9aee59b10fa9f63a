package org.confocal.health;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import org.confocal.focus.view.FocusSnapshot;

/** {@code /autoscale} and {@code /autoscale/REGION} (docs/autoscaling.md). Pure. */
final class AutoscalePage {
    static final String PATH = "/autoscale";
    static final String REGION = PATH + "/";

    private AutoscalePage() {}

    /** All regions, and their sums. */
    static Reply all(FocusSnapshot focus, Autoscale autoscale) {
        SortedMap<String, Autoscale.Wanted> regions = autoscale.wanted(focus);
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("at", focus.at().toString());
        tree.put(
                "bridges",
                regions.values().stream().mapToInt(Autoscale.Wanted::bridges).sum());
        tree.put(
                "wanted",
                regions.values().stream().mapToInt(Autoscale.Wanted::wanted).sum());
        Map<String, Object> trees = new LinkedHashMap<>();
        regions.forEach((region, wanted) -> trees.put(region, tree(wanted)));
        tree.put("regions", trees);
        return Reply.json(tree);
    }

    /** One region: 404 where no bridge is known in it, so that nobody reads a 0 there. */
    static Reply one(String region, FocusSnapshot focus, Autoscale autoscale) {
        Autoscale.Wanted wanted = autoscale.wanted(focus).get(region);
        return wanted == null ? Reply.refusal(404, "There is no bridge in region " + region) : Reply.json(tree(wanted));
    }

    private static Map<String, Object> tree(Autoscale.Wanted wanted) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("bridges", wanted.bridges());
        tree.put("unknown", wanted.unknown());
        tree.put("people", wanted.people());
        tree.put("peopleInTenMinutes", wanted.peopleInTenMinutes());
        tree.put("stress", Math.round(wanted.load() * 1_000) / 1_000.0);
        tree.put("wantedNow", wanted.wantedNow());
        tree.put("wantedInTenMinutes", wanted.wantedInTenMinutes());
        tree.put("wanted", wanted.wanted());
        tree.put("missing", wanted.wanted() - wanted.bridges());
        tree.put("reason", wanted.reason());
        wanted.cheapest().ifPresent(bridge -> tree.put("cheapestToDrain", bridge));
        return tree;
    }
}
