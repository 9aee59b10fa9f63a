package org.confocal.strategy;

import java.util.Optional;

/**
 * Bridges that cost the same: of one region, and of one class (provider, pool, machine type).
 *
 * @param region empty for those that report none
 * @param bridgeClass the name of the first {@link FleetConfig.BridgeClass} that matches; empty where none does
 */
public record BridgeKind(Optional<Region> region, Optional<String> bridgeClass) {
    @Override
    public String toString() {
        return region.map(Region::name).orElse("no region")
                + bridgeClass.map(name -> " (" + name + ")").orElse("");
    }
}
