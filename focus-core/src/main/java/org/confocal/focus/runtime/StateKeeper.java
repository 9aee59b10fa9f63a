package org.confocal.focus.runtime;

import org.confocal.focus.journal.RecordSink;

/**
 * Writes down the states of one conference. Used by one thread at a time.
 *
 * @param <S> the machine's state
 */
public interface StateKeeper<S> {

    /** Writes what is different from what was written or read last. */
    void keep(S state, RecordSink sink);

    /** The conference is over: removes everything. */
    void forget(RecordSink sink);
}
