package org.confocal.tests.placement;

/** What the conferences of a run add up to: money, time and round trips. Mutable. */
final class Tally {
    private static final int LONGEST_MS = 1500;

    double internetUsd;
    double relayUsd;
    double personMs;
    double callMs;
    double bridgeMs;
    /**
     * Round trips over the backbone from person to person. The pairs of a person together weigh as much as its time: a town
     * hall counts by its people, not by its half a million pairs.
     */
    final Histogram pairs = new Histogram(1, LONGEST_MS);

    double roundTripMsSum;
    double roundTripWeight;
    /** The same with every pair weighing its time. */
    double pairMsSum;

    double pairWeight;
    /** Round trips over the backbone from a person to its bridge, weighted by time. */
    final Histogram hops = new Histogram(1, LONGEST_MS);

    double hopMsSum;

    double personHours() {
        return personMs / 3_600_000;
    }
}
