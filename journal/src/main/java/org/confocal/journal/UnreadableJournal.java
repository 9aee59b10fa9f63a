package org.confocal.journal;

import java.io.IOException;

/** What is there cannot be read as a journal; the message says why, in a sentence. */
public final class UnreadableJournal extends IOException {
    private static final long serialVersionUID = 1;

    private final boolean ofAnotherFormat;

    UnreadableJournal(String message) {
        this(message, false);
    }

    UnreadableJournal(String message, boolean ofAnotherFormat) {
        super(message);
        this.ofAnotherFormat = ofAnotherFormat;
    }

    /** Whether another version of Confocal can read it. */
    boolean isOfAnotherFormat() {
        return ofAnotherFormat;
    }
}
