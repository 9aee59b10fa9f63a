package org.confocal.journal;

import java.util.concurrent.CompletionStage;

/** The running process, as it is asked to hand over. One call at a time, on a thread of its own that may wait. */
public interface Incumbent {

    /**
     * A successor is warm and ready: from now on take in nothing more and send nothing more. Completes when all that was taken in
     * has been acted upon and handed to the journal; what is put until then is kept. After a failure {@link #takeBack} follows.
     */
    CompletionStage<Void> letGo();

    /** The successor is gone, or could not be served: act again. This process is still the one. */
    void takeBack();

    /** The successor acts. End without a word to anybody. */
    void done();
}
