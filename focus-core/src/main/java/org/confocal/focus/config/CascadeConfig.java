package org.confocal.focus.config;

import java.util.List;
import java.util.Optional;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.BridgeKind;
import org.confocal.strategy.FleetConfig.BridgeClass;
import org.confocal.strategy.Region;
import org.confocal.strategy.cascade.CascadePlanner;
import org.confocal.strategy.cascade.FullMesh;
import org.confocal.strategy.choice.MediaRates;

/**
 * How the bridges of a conference are linked.
 *
 * @param planner decides which bridges are linked with which
 * @param classes tell bridges of one price from others, as in the fleet's configuration
 * @param media what people are expected to send
 */
public record CascadeConfig(CascadePlanner planner, List<BridgeClass> classes, MediaRates media) {
    /** Every bridge with every other, as Jicofo does it. */
    public static final CascadeConfig FULL_MESH = new CascadeConfig(new FullMesh(), List.of(), MediaRates.DEFAULTS);

    public CascadeConfig {
        classes = List.copyOf(classes);
    }

    /** What a bridge's traffic costs the same as. */
    public BridgeKind kind(BridgeId bridge, Optional<Region> region) {
        Optional<String> name = classes.stream()
                .filter(each -> each.matches(bridge, region))
                .map(BridgeClass::name)
                .findFirst();
        return new BridgeKind(region, name);
    }
}
