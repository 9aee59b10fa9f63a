package org.confocal.focus.runtime;

import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;
import org.confocal.focus.journal.Journal;

/**
 * What a focus runs on. Owned by whoever made it: a focus that stops leaves the executors as they are.
 *
 * @param clock the only clock there is
 * @param workers step conferences; at most one task a conference is queued
 * @param scheduler for timers; its tasks only enqueue, so one thread does; should remove cancelled tasks
 * @param seeds drawn from when the focus is made: everything random in conferences follows from that; and for the ids of
 *     authentication sessions, which are secrets, so that a real focus needs one that nobody can foresee. On one thread at
 *     a time
 * @param journal where conferences and bridges are kept for a successor
 */
public record FocusEnvironment(
        InstantSource clock,
        Executor workers,
        ScheduledExecutorService scheduler,
        RandomGenerator seeds,
        Journal journal) {

    /** Without a journal. */
    public FocusEnvironment(
            InstantSource clock, Executor workers, ScheduledExecutorService scheduler, RandomGenerator seeds) {
        this(clock, workers, scheduler, seeds, Journal.NONE);
    }
}
