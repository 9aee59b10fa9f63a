package org.confocal.strategy.cascade;

import java.util.Arrays;
import org.confocal.strategy.cascade.CascadeGoal.Score;

/**
 * The tree over a few bridges that meets a goal best. Up to {@value #EXACT_UP_TO} of them by trying all trees; above that from
 * a minimum spanning tree and from the best star, by exchanging one link at a time for as long as that helps, within a bound
 * on the work. Belongs to one computation; not shared.
 */
final class TreeSearch {
    /** 6^4 = 1,296 trees. */
    static final int EXACT_UP_TO = 6;

    /** What one search may take, counted in pairs of bridges looked at: some tens of milliseconds. */
    private static final int MAX_STEPS = 20_000_000;

    private final Legs legs;
    private final CascadeGoal goal;
    private final int n;
    private final double totalBps;
    private final double[][] distances;
    private final int[] order;
    private final int[] parents;

    /** A tree: link {@code i} joins {@code a[i]} and {@code b[i]}. */
    static final class Tree {
        final int[] a;
        final int[] b;

        Tree(int links) {
            a = new int[links];
            b = new int[links];
        }
    }

    /** @param legs of at least one bridge */
    TreeSearch(Legs legs, CascadeGoal goal) {
        this.legs = legs;
        this.goal = goal;
        n = legs.size();
        totalBps = Arrays.stream(legs.upstreamBps).sum();
        distances = new double[n][n];
        order = new int[n];
        parents = new int[n];
    }

    Tree best() {
        return n <= EXACT_UP_TO ? bestOfAll() : bestByExchange();
    }

    /** Every labelled tree once: each is one sequence of n - 2 labels (Pruefer). */
    Tree bestOfAll() {
        if (n < 3) {
            return star(0);
        }
        int[] labels = new int[n - 2];
        Tree best = star(0);
        Score bestScore = score(best);
        do {
            Tree tree = ofLabels(labels);
            Score score = score(tree);
            if (score.betterThan(bestScore)) {
                best = tree;
                bestScore = score;
            }
        } while (next(labels));
        return best;
    }

    private boolean next(int[] labels) {
        for (int i = 0; i < labels.length; i++) {
            if (++labels[i] < n) {
                return true;
            }
            labels[i] = 0;
        }
        return false;
    }

    private Tree ofLabels(int[] labels) {
        int[] degrees = new int[n];
        Arrays.fill(degrees, 1);
        for (int label : labels) {
            degrees[label]++;
        }
        Tree tree = new Tree(n - 1);
        int link = 0;
        for (int label : labels) {
            int leaf = leaf(degrees);
            tree.a[link] = leaf;
            tree.b[link++] = label;
            degrees[leaf] = 0;
            degrees[label]--;
        }
        int last = leaf(degrees);
        degrees[last] = 0;
        tree.a[link] = last;
        tree.b[link] = leaf(degrees);
        return tree;
    }

    private static int leaf(int[] degrees) {
        int leaf = 0;
        while (degrees[leaf] != 1) {
            leaf++;
        }
        return leaf;
    }

    Tree bestByExchange() {
        Tree fromStar = bestStar();
        Tree fromSpanning = minimumSpanning();
        int steps = exchange(fromSpanning, MAX_STEPS / 2);
        exchange(fromStar, MAX_STEPS - steps);
        return score(fromSpanning).betterThan(score(fromStar)) ? fromSpanning : fromStar;
    }

    Tree bestStar() {
        Tree best = star(0);
        for (int hub = 1; hub < n; hub++) {
            Tree star = star(hub);
            best = score(star).betterThan(score(best)) ? star : best;
        }
        return best;
    }

    private Tree star(int hub) {
        Tree star = new Tree(n - 1);
        for (int i = 0; i < n - 1; i++) {
            star.a[i] = hub;
            star.b[i] = i < hub ? i : i + 1;
        }
        return star;
    }

    /** Prim's, as if half of all traffic crossed each link in each direction. */
    Tree minimumSpanning() {
        double[] weights = new double[n];
        int[] nearest = new int[n];
        boolean[] in = new boolean[n];
        Arrays.fill(weights, Double.MAX_VALUE);
        Tree tree = new Tree(n - 1);
        int at = 0;
        for (int link = 0; link < n - 1; link++) {
            in[at] = true;
            int next = -1;
            for (int i = 0; i < n; i++) {
                if (!in[i]) {
                    double weight = weight(at, i);
                    if (weight < weights[i]) {
                        weights[i] = weight;
                        nearest[i] = at;
                    }
                    next = next < 0 || weights[i] < weights[next] ? i : next;
                }
            }
            tree.a[link] = nearest[next];
            tree.b[link] = next;
            at = next;
        }
        return tree;
    }

    private double weight(int i, int j) {
        return (legs.usd[i][j] + legs.usd[j][i]) * totalBps / 2 + goal.usdPerMs() * legs.ms[i][j];
    }

    /**
     * Improves a tree in place.
     *
     * @return the steps taken
     */
    private int exchange(Tree tree, int maxSteps) {
        Score score = score(tree);
        int stepsPerScore = n * n;
        int steps = 0;
        boolean improved = true;
        while (improved && steps < maxSteps) {
            improved = false;
            for (int link = 0; link < n - 1; link++) {
                boolean[] side = side(tree, link);
                int bestA = tree.a[link];
                int bestB = tree.b[link];
                for (int a = 0; a < n; a++) {
                    for (int b = 0; b < n; b++) {
                        if (side[a] && !side[b] && steps < maxSteps) {
                            tree.a[link] = a;
                            tree.b[link] = b;
                            Score other = score(tree);
                            steps += stepsPerScore;
                            if (other.betterThan(score)) {
                                score = other;
                                bestA = a;
                                bestB = b;
                                improved = true;
                            }
                        }
                    }
                }
                tree.a[link] = bestA;
                tree.b[link] = bestB;
            }
        }
        return steps;
    }

    /** Those that are on the side of {@code a} when the link is gone. */
    private boolean[] side(Tree tree, int without) {
        Components components = new Components(n);
        for (int i = 0; i < n - 1; i++) {
            if (i != without) {
                components.join(tree.a[i], tree.b[i]);
            }
        }
        boolean[] side = new boolean[n];
        for (int i = 0; i < n; i++) {
            side[i] = components.root(i) == components.root(tree.a[without]);
        }
        return side;
    }

    /** The same sums as {@link CascadeGoal#score(Cascade, java.util.List)}, each link's traffic counted at once. */
    Score score(Tree tree) {
        layOut(tree);
        double excess = 0;
        double pairMs = 0;
        for (int k = 1; k < n; k++) {
            int at = order[k];
            int parent = parents[at];
            for (int l = 0; l < k; l++) {
                int other = order[l];
                double ms = distances[parent][other] + legs.ms[parent][at];
                distances[at][other] = ms;
                distances[other][at] = ms;
                pairMs += legs.pairs[at][other] * ms;
                excess += goal.excess(legs, at, other, ms);
            }
        }
        double usd = 0;
        double[] below = legs.upstreamBps.clone();
        for (int k = n - 1; k > 0; k--) {
            int at = order[k];
            int parent = parents[at];
            usd += below[at] * legs.usd[at][parent] + (totalBps - below[at]) * legs.usd[parent][at];
            below[parent] += below[at];
        }
        return goal.score(excess, usd, legs.allPairs > 0 ? pairMs / legs.allPairs : 0);
    }

    /** Orders the bridges from the first one outwards, each after its parent. */
    private void layOut(Tree tree) {
        int[] starts = new int[n + 1];
        for (int i = 0; i < n - 1; i++) {
            starts[tree.a[i] + 1]++;
            starts[tree.b[i] + 1]++;
        }
        for (int i = 0; i < n; i++) {
            starts[i + 1] += starts[i];
        }
        int[] ends = starts.clone();
        int[] peers = new int[2 * (n - 1)];
        for (int i = 0; i < n - 1; i++) {
            peers[ends[tree.a[i]]++] = tree.b[i];
            peers[ends[tree.b[i]]++] = tree.a[i];
        }
        parents[0] = -1;
        order[0] = 0;
        int count = 1;
        for (int k = 0; k < count; k++) {
            int at = order[k];
            for (int i = starts[at]; i < ends[at]; i++) {
                if (peers[i] != parents[at]) {
                    parents[peers[i]] = at;
                    order[count++] = peers[i];
                }
            }
        }
    }
}
