package org.confocal.focus.fleet;

import java.util.concurrent.atomic.LongAdder;

/**
 * What is counted of one bridge since it appeared. Any thread.
 *
 * @param restartRequests by clients on it
 * @param endpointsMoved people who were moved away from it, though their media flowed
 */
record BridgeTally(LongAdder restartRequests, LongAdder endpointsMoved) {
    BridgeTally() {
        this(new LongAdder(), new LongAdder());
    }
}
