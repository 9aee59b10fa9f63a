package org.confocal.tests.demo;

/**
 * What befalls the focus of the handover scenario.
 *
 * @param planned how many times another process is started while one runs
 * @param crashes how many times it is killed and started again
 * @param stops how many times it is stopped, replaced, and woken up
 * @param spare whether another process waits beside the one that acts, as in a service; not with stops
 */
record HandoverOptions(int planned, int crashes, int stops, BridgeLoss bridgeLoss, boolean spare) {
    /** As the issue wants it. */
    static final HandoverOptions DEFAULT = new HandoverOptions(10, 10, 0, BridgeLoss.NONE, true);

    /** Whether a bridge dies while there is no focus. */
    enum BridgeLoss {
        NONE,
        IN_EACH_GAP
    }

    HandoverOptions withPlanned(int count) {
        return new HandoverOptions(count, crashes, stops, bridgeLoss, spare);
    }

    HandoverOptions withCrashes(int count) {
        return new HandoverOptions(planned, count, stops, bridgeLoss, spare);
    }

    HandoverOptions losingBridges() {
        return new HandoverOptions(planned, crashes, stops, BridgeLoss.IN_EACH_GAP, spare);
    }

    /** A focus alone, which is started again some time after it was killed. */
    HandoverOptions withoutSpare() {
        return new HandoverOptions(planned, crashes, stops, bridgeLoss, false);
    }

    /** Nothing but stops. */
    HandoverOptions stopped(int count) {
        return new HandoverOptions(0, 0, count, bridgeLoss, false);
    }
}
