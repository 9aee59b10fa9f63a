package org.confocal.journal;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** What the journal's thread counts, for others to read. */
final class Tally {
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private long batches;
    private long values;
    private long bytes;
    private long lastBatchMicros;
    private int live;
    private long cpuNanosBefore;
    private long thread = -1;

    /** From now on this thread's CPU time counts too. */
    synchronized void measure(Thread next) {
        cpuNanosBefore = cpuNanos();
        thread = next.threadId();
    }

    synchronized void batch(int changed, int nowLive, long nanos) {
        batches++;
        values += changed;
        live = nowLive;
        lastBatchMicros = nanos / 1000;
    }

    synchronized void written(long nowBytes) {
        bytes = nowBytes;
    }

    synchronized JournalMeters meters(long failures, boolean degraded, int waiting) {
        return new JournalMeters(
                batches, values, bytes, failures, degraded, lastBatchMicros, cpuNanos(), waiting, live);
    }

    private long cpuNanos() {
        // Negative where the thread has ended or the virtual machine does not measure.
        return cpuNanosBefore + (thread < 0 ? 0 : Math.max(0, threads.getThreadCpuTime(thread)));
    }
}
