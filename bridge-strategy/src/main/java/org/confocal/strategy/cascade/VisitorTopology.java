package org.confocal.strategy.cascade;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.confocal.strategy.Audience;

/**
 * Jicofo's topology for conferences with visitors (spec/04, section 3.1): the bridges of participants are linked with each
 * other in mesh {@code 0}; every bridge that has visitors only hangs on one other bridge. That one is, if there is any, not overloaded
 * and of its region; else not overloaded; else of its region; else any; of these the nearest to the participants' bridges, then the
 * least stressed.
 */
public final class VisitorTopology extends StepwisePlanner {
    private final double stressThreshold;

    /** @param stressThreshold the stress from which on a bridge counts as overloaded */
    public VisitorTopology(double stressThreshold) {
        this.stressThreshold = stressThreshold;
    }

    /** The participants' bridges come first, so that no tree of visitors stands between two of them. */
    @Override
    public Cascade plan(List<CascadeMember> members) {
        List<CascadeMember> ordered = new ArrayList<>(members);
        ordered.sort(Comparator.comparing(CascadeMember::audience));
        return super.plan(ordered);
    }

    @Override
    Cascade attach(Cascade present, CascadeMember newcomer, CascadeMembers members) {
        List<CascadeMember> there = members.of(present);
        if (there.isEmpty()) {
            return present.withoutLinks(newcomer.bridge());
        }
        if (newcomer.audience() == Audience.PARTICIPANT) {
            for (CascadeMember member : there) {
                if (member.audience() == Audience.PARTICIPANT) {
                    return present.withinMesh(newcomer.bridge(), MeshId.CORE, member.bridge());
                }
            }
        }
        int[] distances = distancesToCore(present, there);
        int best = 0;
        for (int i = 1; i < distances.length; i++) {
            int order = Integer.compare(group(newcomer, there.get(i)), group(newcomer, there.get(best)));
            order = order != 0 ? order : Integer.compare(distances[i], distances[best]);
            order = order != 0
                    ? order
                    : Double.compare(there.get(i).stress(), there.get(best).stress());
            best = order < 0 ? i : best;
        }
        return present.withLink(newcomer.bridge(), there.get(best).bridge());
    }

    private int group(CascadeMember newcomer, CascadeMember candidate) {
        boolean overloaded = candidate.stress() >= stressThreshold;
        boolean sameRegion = candidate.kind().region().equals(newcomer.kind().region());
        return (overloaded ? 2 : 0) + (sameRegion ? 0 : 1);
    }

    /** In links; 0 for the participants' own bridges, and for all where there are none. */
    private static int[] distancesToCore(Cascade cascade, List<CascadeMember> members) {
        int[] distances = new int[members.size()];
        if (members.stream().allMatch(member -> member.audience() == Audience.VISITOR)) {
            return distances;
        }
        Arrays.fill(distances, Integer.MAX_VALUE);
        for (int i = 0; i < distances.length; i++) {
            if (members.get(i).audience() == Audience.PARTICIPANT) {
                int[] fromHere = new int[distances.length];
                distances[i] = 0;
                cascade.reach(i, (from, to) -> {
                    fromHere[to] = fromHere[from] + 1;
                    distances[to] = Math.min(distances[to], fromHere[to]);
                });
            }
        }
        return distances;
    }

    @Override
    double gapCost(CascadeMember a, CascadeMember b) {
        int visitors = (a.audience() == Audience.VISITOR ? 1 : 0) + (b.audience() == Audience.VISITOR ? 1 : 0);
        return Math.max(group(a, b), group(b, a)) * 4 + visitors + Math.min(1, (a.stress() + b.stress()) / 100);
    }
}
