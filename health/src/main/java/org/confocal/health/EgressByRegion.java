package org.confocal.health;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.confocal.focus.view.FocusSnapshot;
import org.confocal.focus.view.FocusView;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.BridgeKind;
import org.confocal.strategy.Region;
import org.confocal.strategy.choice.EgressEstimate.Usd;

/** What traffic of the conferences that run costs, by the region of the bridge that sends it; an estimate, in $ per hour. */
final class EgressByRegion {
    private EgressByRegion() {}

    /** Each region with a bridge is there; bridges that report none are under the empty name. */
    static SortedMap<String, Usd> of(FocusView view, FocusSnapshot focus, SiteFacts site) {
        Map<BridgeId, BridgeKind> kinds = new HashMap<>();
        for (FocusSnapshot.Bridge bridge : focus.bridges()) {
            kinds.put(bridge.bridge().id(), site.egress().kind(bridge.bridge()));
        }
        SortedMap<String, Usd> byRegion = new TreeMap<>();
        for (BridgeKind kind : kinds.values()) {
            byRegion.put(kind.region().map(Region::name).orElse(""), Usd.NOTHING);
        }
        for (FocusSnapshot.Conference conference : focus.conferences()) {
            view.explanations()
                    .layout(conference.room())
                    .ifPresent(layout -> site.egress()
                            .of(layout.shape(), layout.links(), kinds)
                            .forEach((bridge, usd) -> byRegion.merge(region(kinds, bridge), usd, Usd::plus)));
        }
        return byRegion;
    }

    private static String region(Map<BridgeId, BridgeKind> kinds, BridgeId bridge) {
        return Optional.ofNullable(kinds.get(bridge))
                .flatMap(BridgeKind::region)
                .map(Region::name)
                .orElse("");
    }
}
