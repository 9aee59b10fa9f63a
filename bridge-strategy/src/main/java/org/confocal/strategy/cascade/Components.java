package org.confocal.strategy.cascade;

/** Which of {@code n} things hang together (union-find). Belongs to one computation; not shared. */
final class Components {
    private final int[] parents;

    Components(int n) {
        parents = new int[n];
        for (int i = 0; i < n; i++) {
            parents[i] = i;
        }
    }

    /** Whether they were apart before. */
    boolean join(int a, int b) {
        int rootA = root(a);
        int rootB = root(b);
        // The lower number stays the root, so that the outcome does not depend on the order of joining.
        parents[Math.max(rootA, rootB)] = Math.min(rootA, rootB);
        return rootA != rootB;
    }

    /** The lowest of those that hang together with this one. */
    int root(int of) {
        int at = of;
        while (parents[at] != at) {
            parents[at] = parents[parents[at]];
            at = parents[at];
        }
        return at;
    }
}
