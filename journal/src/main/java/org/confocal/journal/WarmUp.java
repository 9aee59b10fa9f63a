package org.confocal.journal;

import java.util.SortedMap;

/** What a successor does while its predecessor still acts, so that nobody waits for it later. */
@FunctionalInterface
public interface WarmUp {
    /** Nothing. */
    WarmUp NONE = present -> {};

    /**
     * Not called where there is no predecessor that can be asked.
     *
     * @param present what the journal says now; it goes on changing, so it is good for rehearsal only
     * @throws Exception where this process will not be able to act: the predecessor goes on as if it had not been asked
     */
    void with(SortedMap<String, byte[]> present) throws Exception;
}
