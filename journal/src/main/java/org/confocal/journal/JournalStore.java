package org.confocal.journal;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Where a journal writes; called by one thread at a time, which may wait for the disk. */
public interface JournalStore {

    /**
     * Adds a batch: all of it is read again later, or none of it.
     *
     * @param batch the value by key, empty for a key that is gone
     * @throws IOException it is not known how much was written; nothing more may be added before {@link #rewrite}
     */
    void write(Map<String, Optional<byte[]>> batch) throws IOException;

    /**
     * Writes everything anew in the place of what was there.
     *
     * @throws IOException what was there stands as it was
     */
    void rewrite(Map<String, byte[]> all) throws IOException;

    /** Whether so much was added that {@link #rewrite} is due. */
    boolean grown();

    /** Makes sure, as far as the disk still allows it, that nobody reads what was written as if it were true. */
    void invalidate();

    /** How many bytes were written so far. */
    long bytesWritten();

    /** Lets go of what is open. What was written stays. */
    void close();
}
