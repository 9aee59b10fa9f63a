package org.confocal.tests.placement;

import java.util.Optional;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.BridgeKind;

/**
 * One bridge of the simulated fleet.
 *
 * @param number counts from 0
 * @param region by {@link Geography}
 * @param kind its region and class: what it costs
 * @param capacity packets per second, in and out together, at stress 1
 */
record Machine(int number, BridgeId id, int region, BridgeKind kind, double capacity) {
    static Machine of(int number, int region, Geography geography, Optional<String> bridgeClass, double capacity) {
        String name = "jvb" + number
                + bridgeClass.map(known -> "-" + known).orElse("")
                + (capacity == FleetPlan.SMALL ? FleetPlan.SMALL_SUFFIX : "");
        BridgeKind kind = new BridgeKind(Optional.of(geography.regions().get(region)), bridgeClass);
        return new Machine(number, new BridgeId("jvbbrewery@internal.example.org/" + name), region, kind, capacity);
    }
}
