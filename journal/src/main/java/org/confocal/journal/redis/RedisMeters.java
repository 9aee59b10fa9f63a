package org.confocal.journal.redis;

import java.time.Duration;

/**
 * How the records in Redis are doing.
 *
 * @param there whether batches are kept in Redis too
 * @param lag how long Redis has lacked what is in the file; zero where it lacks nothing
 * @param batches kept in Redis so far
 * @param failures times that Redis counted as gone so far
 * @param fillings times that everything was written anew so far
 * @param lastBatchMicros how long the last batch took, sending and answer
 * @param records in the journal now
 */
public record RedisMeters(
        boolean there, Duration lag, long batches, long failures, long fillings, long lastBatchMicros, int records) {}
