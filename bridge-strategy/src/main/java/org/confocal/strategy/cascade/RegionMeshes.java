package org.confocal.strategy.cascade;

import java.util.Optional;
import org.confocal.strategy.Region;

/**
 * Bridges of one region are fully meshed with each other; the first of each region is its gateway, and gateways are meshed
 * in mesh {@code 0}. As with {@link RegionGateways} what somebody sends crosses to another region once; but inside a region it
 * goes straight from bridge to bridge, and the gateway passes on only what comes from elsewhere. Bridges of unknown regions
 * count as one region.
 */
public final class RegionMeshes extends StepwisePlanner {
    @Override
    Cascade attach(Cascade present, CascadeMember newcomer, CascadeMembers members) {
        if (present.bridges().isEmpty()) {
            return present.withoutLinks(newcomer.bridge());
        }
        Optional<Region> region = newcomer.kind().region();
        return RegionGateways.gateway(present, region, members)
                .map(gateway -> present.withinMesh(newcomer.bridge(), mesh(region), gateway.bridge()))
                .orElseGet(() -> present.withinMesh(
                        newcomer.bridge(), MeshId.CORE, present.bridges().getFirst()));
    }

    private static MeshId mesh(Optional<Region> region) {
        return new MeshId("region-" + region.map(Region::name).orElse(""));
    }

    @Override
    double gapCost(CascadeMember a, CascadeMember b) {
        return a.kind().region().equals(b.kind().region()) ? 0 : 1;
    }
}
