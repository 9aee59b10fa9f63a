package org.confocal.strategy.choice;

/**
 * How long a conference's mean round trip may become, and what it costs to be above. Values in milliseconds.
 *
 * @param boundMs the latency rule; infinite where there is none
 */
record LatencyBound(EgressAwareConfig config, double boundMs) {
    /** Two bridges of one region are half a millisecond apart; a bound on round trips is not meant to keep them apart. */
    private static final double TOLERANCE_MS = 0.5;

    /**
     * $ per hour.
     *
     * @param meanMs the estimated mean round trip
     * @param variance of that estimate
     */
    double usd(double meanMs, double variance, double people) {
        double wanted = config.latencyUsdPerMs() * people * meanMs;
        if (boundMs == Double.POSITIVE_INFINITY) {
            return wanted;
        }
        double excess = meanMs - boundMs - TOLERANCE_MS;
        return wanted
                + config.slownessUsdPerMs() * people * Math.max(0, excess)
                + config.breachUsd() * probability(excess, Math.sqrt(variance));
    }

    /** That a normal variable is above 0. A logistic curve comes within 0.01 of it. */
    private static double probability(double mean, double deviation) {
        return deviation < 1e-6 ? (mean > 0 ? 1 : 0) : 1 / (1 + Math.exp(-1.702 * mean / deviation));
    }
}
