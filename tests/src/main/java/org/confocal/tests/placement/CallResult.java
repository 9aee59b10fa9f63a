package org.confocal.tests.placement;

/**
 * What one conference came to.
 *
 * @param pairMsSum round trips over the backbone, each weighted by pairs and milliseconds
 * @param pairWeight the sum of these weights; 0 where nobody ever had company
 */
record CallResult(double internetUsd, double relayUsd, double pairMsSum, double pairWeight) {
    static final CallResult NOTHING = new CallResult(0, 0, 0, 0);

    double totalUsd() {
        return internetUsd + relayUsd;
    }

    /** Mean round trip from person to person over the backbone, in milliseconds; 0 where nobody ever had company. */
    double meanMs() {
        return pairWeight > 0 ? pairMsSum / pairWeight : 0;
    }
}
