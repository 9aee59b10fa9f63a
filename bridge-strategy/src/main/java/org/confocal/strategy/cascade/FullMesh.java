package org.confocal.strategy.cascade;

/**
 * Every bridge is linked with every other, in mesh {@code 0}: Jicofo's default (spec/04, section 3.1). The shortest paths,
 * and the most traffic: everything that somebody sends leaves his bridge once for every other bridge.
 */
public final class FullMesh extends StepwisePlanner {
    @Override
    Cascade attach(Cascade present, CascadeMember newcomer, CascadeMembers members) {
        return present.bridges().isEmpty()
                ? present.withoutLinks(newcomer.bridge())
                : present.withinMesh(
                        newcomer.bridge(), MeshId.CORE, present.bridges().getFirst());
    }

    @Override
    double gapCost(CascadeMember a, CascadeMember b) {
        return 0;
    }
}
