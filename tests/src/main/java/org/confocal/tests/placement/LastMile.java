package org.confocal.tests.placement;

import java.util.SplittableRandom;

/**
 * A person's own line: a round trip of 20 ms, lognormal with sigma 0.5 (placement.md, section 5). It is the same whatever the
 * bridge, and independent of everything else. So it is not drawn person by person: distributions of round trips over the
 * backbone are folded with that of one line or the sum of two, which is exact and takes no time in the run.
 */
final class LastMile {
    private static final double MEDIAN_MS = 20;
    private static final double SIGMA = 0.5;
    private static final int LONGEST_MS = 300;
    private static final int DRAWS = 400_000;

    private LastMile() {}

    /** Milliseconds, on average. */
    static double meanMs() {
        return MEDIAN_MS * Math.exp(SIGMA * SIGMA / 2);
    }

    /** The share of every millisecond in the sum of so many lines. */
    static double[] shares(int lines) {
        SplittableRandom random = new SplittableRandom(lines);
        double[] shares = new double[LONGEST_MS + 1];
        for (int i = 0; i < DRAWS; i++) {
            double sum = 0;
            for (int line = 0; line < lines; line++) {
                sum += MEDIAN_MS * Math.exp(SIGMA * random.nextGaussian());
            }
            shares[(int) Math.min(LONGEST_MS, sum)] += 1.0 / DRAWS;
        }
        return shares;
    }
}
