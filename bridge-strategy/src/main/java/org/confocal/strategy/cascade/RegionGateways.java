package org.confocal.strategy.cascade;

import java.util.Optional;
import org.confocal.strategy.Region;

/**
 * The first bridge of each region is its gateway. Gateways are linked with each other in mesh {@code 0}; the other bridges
 * of a region with their gateway alone. What somebody sends crosses to another region once, however many bridges are there.
 * Bridges of unknown regions count as one region.
 */
public final class RegionGateways extends StepwisePlanner {
    @Override
    Cascade attach(Cascade present, CascadeMember newcomer, CascadeMembers members) {
        if (present.bridges().isEmpty()) {
            return present.withoutLinks(newcomer.bridge());
        }
        Optional<Region> region = newcomer.kind().region();
        return gateway(present, region, members)
                .map(gateway -> present.withLink(newcomer.bridge(), gateway.bridge()))
                .orElseGet(() -> present.withinMesh(
                        newcomer.bridge(), MeshId.CORE, present.bridges().getFirst()));
    }

    /** After a gateway has gone, the first that is left of its region stands in. */
    static Optional<CascadeMember> gateway(Cascade cascade, Optional<Region> region, CascadeMembers members) {
        return cascade.members(MeshId.CORE).stream()
                .map(members::of)
                .filter(member -> member.kind().region().equals(region))
                .findFirst()
                .or(() -> cascade.bridges().stream()
                        .map(members::of)
                        .filter(member -> member.kind().region().equals(region))
                        .findFirst());
    }

    @Override
    double gapCost(CascadeMember a, CascadeMember b) {
        return a.kind().region().equals(b.kind().region()) ? 0 : 1;
    }
}
