package org.confocal.journal;

/**
 * What a journal has done since it began.
 *
 * @param batches taken up, kept or not
 * @param values in them, removals included
 * @param bytes written, rewriting included
 * @param failures batches that could not be kept, suppliers and callbacks that threw
 * @param degraded whether what is kept is not what is true at present: a successor would begin empty
 * @param lastBatchMicros what the last batch took from the end of its window until all were called back, in microseconds
 * @param cpuNanos CPU time of the journal's thread, with the encoding of the values and the callbacks
 * @param waiting values and callbacks not taken up yet
 * @param live keys that have a value
 */
public record JournalMeters(
        long batches,
        long values,
        long bytes,
        long failures,
        boolean degraded,
        long lastBatchMicros,
        long cpuNanos,
        int waiting,
        int live) {}
