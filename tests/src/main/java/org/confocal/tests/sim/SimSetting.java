package org.confocal.tests.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.conference.ConferenceMachine;
import org.confocal.focus.conference.ConferenceState;
import org.confocal.focus.conference.Machine;
import org.confocal.focus.config.CascadeConfig;
import org.confocal.focus.config.ConferenceConfig;
import org.confocal.focus.config.ConferenceConfig.Octo;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.BridgeSelectionStrategy;
import org.confocal.strategy.SelectionConfig;
import org.confocal.strategy.SelectionPipeline;
import org.confocal.strategy.cascade.Cascade;
import org.confocal.strategy.cascade.CascadeMember;
import org.confocal.strategy.cascade.CascadePlanner;
import org.confocal.strategy.cascade.FullMesh;
import org.confocal.strategy.cascade.Link;
import org.confocal.strategy.cascade.RegionGateways;
import org.confocal.strategy.cascade.RegionMeshes;
import org.confocal.strategy.choice.EgressAwareConfig;
import org.confocal.strategy.choice.MediaRates;
import org.confocal.strategy.choice.SingleBridgeSelectionStrategy;
import org.confocal.strategy.choice.SplitBridgeSelectionStrategy;

/** How the focus of one seed is configured: every fourth keeps each conference on one bridge, the others spread them. */
record SimSetting(Machine<ConferenceState, ConferenceInput> machine, SelectionPipeline pipeline) {

    static SimSetting of(long seed) {
        return switch (Math.floorMod(seed, 8)) {
            case 0, 4 ->
                new SimSetting(
                        new ConferenceMachine(ConferenceConfig.DEFAULTS),
                        new SelectionPipeline(SelectionConfig.DEFAULTS, new SingleBridgeSelectionStrategy()));
            case 1, 5 -> spread(new FullMesh());
            case 2 -> spread(new RegionMeshes());
            case 3 -> spread(new RegionGateways());
            case 6 -> spread(EgressAwareConfig.defaults().cascades());
            default -> spread(new Restless(seed));
        };
    }

    private static SimSetting spread(CascadePlanner planner) {
        BridgeSelectionStrategy strategy = new SplitBridgeSelectionStrategy();
        return new SimSetting(
                new ConferenceMachine(
                        ConferenceConfig.DEFAULTS.with(new Octo(true, false)),
                        new CascadeConfig(planner, List.of(), MediaRates.DEFAULTS)),
                new SelectionPipeline(new SelectionConfig(true, true), strategy));
    }

    /** Links all anew whenever a bridge comes or goes, as no real planner does: a tree that says nothing of the one before. */
    private record Restless(long seed) implements CascadePlanner {
        @Override
        public Cascade plan(List<CascadeMember> members) {
            List<BridgeId> bridges = members.stream().map(CascadeMember::bridge).toList();
            SplittableRandom random = new SplittableRandom(seed + bridges.hashCode());
            List<Link> links = new ArrayList<>();
            for (int i = 1; i < bridges.size(); i++) {
                links.add(Link.alone(bridges.get(i), bridges.get(random.nextInt(i))));
            }
            return Cascade.of(bridges, links);
        }

        @Override
        public Cascade adapt(Cascade present, List<CascadeMember> members) {
            return plan(members);
        }
    }
}
