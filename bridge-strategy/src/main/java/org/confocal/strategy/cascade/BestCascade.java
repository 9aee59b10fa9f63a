package org.confocal.strategy.cascade;

import java.util.List;

/** Asks several planners and takes the answer that meets a goal best; of equals, that of the planner listed first. */
public final class BestCascade implements CascadePlanner {
    private final CascadeGoal goal;
    private final List<CascadePlanner> planners;

    /** @param planners at least one */
    public BestCascade(CascadeGoal goal, List<CascadePlanner> planners) {
        if (planners.isEmpty()) {
            throw new IllegalArgumentException("no planners");
        }
        this.goal = goal;
        this.planners = List.copyOf(planners);
    }

    @Override
    public Cascade plan(List<CascadeMember> members) {
        return best(planners.stream().map(planner -> planner.plan(members)).toList(), members);
    }

    @Override
    public Cascade adapt(Cascade present, List<CascadeMember> members) {
        return best(
                planners.stream()
                        .map(planner -> planner.adapt(present, members))
                        .toList(),
                members);
    }

    private Cascade best(List<Cascade> cascades, List<CascadeMember> members) {
        Cascade best = cascades.getFirst();
        CascadeGoal.Score bestScore = goal.score(best, members);
        for (Cascade cascade : cascades.subList(1, cascades.size())) {
            CascadeGoal.Score score = goal.score(cascade, members);
            if (score.betterThan(bestScore)) {
                best = cascade;
                bestScore = score;
            }
        }
        return best;
    }
}
