package org.confocal.tests.placement;

/**
 * What one conference came to.
 *
 * @param pairMsSum round trips over the backbone, each weighted by pairs and milliseconds
 * @param pairWeight the sum of these weights; 0 where nobody ever had company
 * @param personMsSum round trips over the backbone, each weighted by people and milliseconds
 * @param personWeight the sum of these weights
 * @param overloaded whether one of its bridges was above its capacity when somebody came or went
 */
record CallResult(
        double internetUsd,
        double relayUsd,
        double pairMsSum,
        double pairWeight,
        double personMsSum,
        double personWeight,
        boolean overloaded) {
    static final CallResult NOTHING = new CallResult(0, 0, 0, 0, 0, 0, false);

    /** One whose mean round trip of pairs is all that is known of its round trips. */
    static CallResult ofPairs(double internetUsd, double relayUsd, double pairMsSum, double pairWeight) {
        return new CallResult(internetUsd, relayUsd, pairMsSum, pairWeight, 0, 0, false);
    }

    double totalUsd() {
        return internetUsd + relayUsd;
    }

    /** Mean round trip from person to person over the backbone, in milliseconds; 0 where nobody ever had company. */
    double meanMs() {
        return pairWeight > 0 ? pairMsSum / pairWeight : 0;
    }
}
