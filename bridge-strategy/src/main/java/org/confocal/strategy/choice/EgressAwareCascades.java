package org.confocal.strategy.choice;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.confocal.strategy.ConferenceShape;
import org.confocal.strategy.FleetView;
import org.confocal.strategy.cascade.Cascade;
import org.confocal.strategy.cascade.CascadeGoal;
import org.confocal.strategy.cascade.CascadeMember;
import org.confocal.strategy.cascade.CascadePlanner;
import org.confocal.strategy.cascade.CostOptimalTree;
import org.confocal.strategy.cascade.RegionMeshes;
import org.confocal.strategy.cascade.RelayCost;
import org.confocal.strategy.choice.ConferenceMap.Block;
import org.confocal.strategy.choice.ConferenceMap.Stop;
import org.confocal.strategy.network.Distances;

/**
 * How the bridges of a conference are linked so that relaying costs least within the latency rule: gateways of regions linked
 * with each other, or a tree that sends dear media through cheap regions.
 */
public final class EgressAwareCascades {
    private static final double BITS_PER_MBIT = 1e6;

    /** Of so few bridges all trees can be looked at in a fraction of a millisecond. */
    private static final int MAX_FOR_TREES = 5;

    private final EgressAwareConfig config;
    private final Distances distances;
    private final List<CascadePlanner> planners;

    public EgressAwareCascades(EgressAwareConfig config) {
        this.config = config;
        this.distances = new Distances(config.network().roundTrips(), config.accessStretch());
        this.planners = List.of(
                new RegionMeshes(), new CostOptimalTree(new CascadeGoal(config.network(), Double.MAX_VALUE, 0.001)));
    }

    /** The best cascade for a conference; bridges that the fleet does not know are left out. */
    public Cascade plan(ConferenceShape shape, FleetView fleet) {
        ConferenceMap conference = new ConferenceMap(shape, fleet, distances);
        List<CascadeMember> members = members(conference);
        Cascade best = planners.getFirst().plan(members);
        if (members.size() < 3 || members.size() > MAX_FOR_TREES) {
            return best;
        }
        LatencyBound bound = bound(conference, fleet);
        double bestUsd = usd(best, members, conference, bound);
        for (CascadePlanner planner : planners.subList(1, planners.size())) {
            Cascade cascade = planner.plan(members);
            double usd = usd(cascade, members, conference, bound);
            if (usd < bestUsd) {
                best = cascade;
                bestUsd = usd;
            }
        }
        return best;
    }

    private List<CascadeMember> members(ConferenceMap conference) {
        List<CascadeMember> members = new ArrayList<>();
        for (Stop stop : conference.stops()) {
            double mbps =
                    config.media().up(stop.use().audioSenders(), stop.use().videoSenders(), conference.videoSenders());
            members.add(new CascadeMember(
                    stop.bridge().id(), stop.kind(), stop.use().audience(), stop.people(), mbps * BITS_PER_MBIT, 0));
        }
        return members;
    }

    private LatencyBound bound(ConferenceMap conference, FleetView fleet) {
        Optional<RegionGroups> groups = config.latencyRule().reference();
        return new LatencyBound(
                config,
                groups.map(some -> ConferenceMap.mean(
                                ReferencePlacement.of(conference, distances, some, fleet)
                                        .pairSum(),
                                conference.people()))
                        .orElse(Double.POSITIVE_INFINITY));
    }

    private double usd(Cascade cascade, List<CascadeMember> members, ConferenceMap conference, LatencyBound bound) {
        double access = 0;
        for (Block block : conference.blocks()) {
            access += block.people()
                    * distances.access(
                            block.home(), conference.stops().get(block.stop()).place());
        }
        int people = conference.people();
        RelayCost cost = RelayCost.of(cascade, members, config.network());
        double meanMs = people == 0 ? 0 : 2 * access / people + cost.meanRoundTripMs();
        return cost.usdPerHour() + bound.usd(meanMs, 0, people);
    }
}
