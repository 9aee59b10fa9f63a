package org.confocal.focus.view;

import java.util.List;

/**
 * How long something took, since the start, as a histogram.
 *
 * @param counts how many were at most as long as the bound of the same index in {@link #BOUNDS}, and longer than the one
 *     before; the last of {@code BOUNDS.size() + 1} counts those that took longer than any bound
 * @param sumSeconds all of them together
 */
public record Durations(List<Long> counts, double sumSeconds) {
    /** In seconds, ascending. */
    public static final List<Double> BOUNDS =
            List.of(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0);

    public Durations {
        counts = List.copyOf(counts);
        if (counts.size() != BOUNDS.size() + 1) {
            throw new IllegalArgumentException(counts.size() + " counts for " + BOUNDS.size() + " bounds");
        }
    }
}
