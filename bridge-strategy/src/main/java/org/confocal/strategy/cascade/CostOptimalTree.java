package org.confocal.strategy.cascade;

import java.util.ArrayList;
import java.util.List;

/**
 * The tree of links that meets a {@link CascadeGoal} best, each link a mesh of its own so that bridges forward along it. Prices
 * depend on where traffic leaves from: what a bridge in a dear region sends is best passed on by a cheap one. A detour that is
 * faster than the direct link is used like any other path.
 *
 * <p>A plan for up to {@value TreeSearch#EXACT_UP_TO} bridges is the best of all trees; for more, a good one. A bridge that comes
 * gets the link that is best for it.
 */
public final class CostOptimalTree extends StepwisePlanner {
    /** What is expected to cross a link that closes a gap, when gaps are compared. */
    private static final double GAP_BPS = 10e6;

    private final CascadeGoal goal;

    public CostOptimalTree(CascadeGoal goal) {
        this.goal = goal;
    }

    @Override
    public Cascade plan(List<CascadeMember> members) {
        List<CascadeMember> all = new CascadeMembers(members).all();
        if (all.isEmpty()) {
            return Cascade.empty();
        }
        TreeSearch.Tree tree = new TreeSearch(new Legs(all, goal.network()), goal).best();
        List<Link> links = new ArrayList<>();
        for (int i = 0; i < tree.a.length; i++) {
            links.add(Link.alone(all.get(tree.a[i]).bridge(), all.get(tree.b[i]).bridge()));
        }
        return Cascade.of(all.stream().map(CascadeMember::bridge).toList(), links);
    }

    @Override
    Cascade attach(Cascade present, CascadeMember newcomer, CascadeMembers members) {
        if (present.bridges().isEmpty()) {
            return present.withoutLinks(newcomer.bridge());
        }
        CascadeBooks books = CascadeBooks.of(present, members.of(present), goal.network());
        int best = 0;
        CascadeGoal.Score bestScore = books.score(newcomer, best, goal);
        for (int i = 1; i < present.bridges().size(); i++) {
            CascadeGoal.Score score = books.score(newcomer, i, goal);
            if (score.betterThan(bestScore)) {
                best = i;
                bestScore = score;
            }
        }
        return present.withLink(newcomer.bridge(), present.bridges().get(best));
    }

    @Override
    double gapCost(CascadeMember a, CascadeMember b) {
        double usd = Legs.usd(a, b, goal.network()) + Legs.usd(b, a, goal.network());
        return usd * GAP_BPS + goal.usdPerMs() * Legs.ms(a, b, goal.network());
    }
}
