package org.confocal.health;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code conference_sizes} of {@code /stats}: how many conferences there are of which size. Buckets are closed on the
 * left and open on the right, so a call of two is in {@code 2_to_3}.
 *
 * @param sizes one per conference, in people, at least 0
 */
record ConferenceSizes(List<Long> sizes) {
    private static final List<Long> EDGES = List.of(0L, 1L, 2L, 3L, 5L, 10L, 20L, 50L, 100L, 200L, 300L, 400L, 500L);
    private static final long UNKNOWN = -1;

    ConferenceSizes {
        sizes = List.copyOf(sizes);
    }

    long total() {
        return sizes.stream().mapToLong(Long::longValue).sum();
    }

    long largest() {
        return sizes.stream().mapToLong(Long::longValue).max().orElse(0);
    }

    /** Ordered pairs of two different people in one conference: the sum of n(n-1). */
    long pairs() {
        // Jicofo sums n*n and documents n(n-1); we count what is documented.
        return sizes.stream().mapToLong(n -> n * (n - 1)).sum();
    }

    Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("average", sizes.isEmpty() ? (Object) "NaN" : (Object) ((double) total() / sizes.size()));
        tree.put("max", largest());
        // Jicofo's minimum starts at 0 and stays there; ours is the smallest conference.
        tree.put("min", sizes.stream().mapToLong(Long::longValue).min().orElse(0));
        tree.put("total_value", total());
        tree.put("total_count", (long) sizes.size());
        tree.put("discarded", 0L);
        tree.put("buckets", buckets());
        return tree;
    }

    private Map<String, Object> buckets() {
        Map<String, Object> buckets = new LinkedHashMap<>();
        for (int i = 0; i < EDGES.size(); i++) {
            String from = EDGES.get(i).toString();
            String to = i + 1 < EDGES.size() ? EDGES.get(i + 1).toString() : "max";
            buckets.put(from + "_to_" + to, inBucket(i));
        }
        buckets.put("p99_upper_bound", upperBound(0.99, 100));
        buckets.put("p999_upper_bound", upperBound(0.999, 1_000));
        return buckets;
    }

    private long inBucket(int bucket) {
        long from = EDGES.get(bucket);
        long to = bucket + 1 < EDGES.size() ? EDGES.get(bucket + 1) : Long.MAX_VALUE;
        return sizes.stream().filter(n -> n >= from && n < to).count();
    }

    /** The right edge of the bucket that holds the quantile; -1 with too few conferences, or where it has no edge. */
    private long upperBound(double quantile, int needed) {
        if (sizes.size() < needed) {
            return UNKNOWN;
        }
        long seen = 0;
        for (int i = 0; i + 1 < EDGES.size(); i++) {
            seen += inBucket(i);
            if (seen > quantile * sizes.size()) {
                return EDGES.get(i + 1);
            }
        }
        return UNKNOWN;
    }
}
