package org.confocal.journal;

/**
 * The process that began the newest epoch of a journal.
 *
 * @param pid as that process sees itself: another process of another container may have the same
 */
public record Acting(long epoch, long pid) {}
