package org.confocal.journal;

import java.io.IOException;

/** What is there cannot be read as a journal; the message says why, in a sentence. */
public final class UnreadableJournal extends IOException {
    private static final long serialVersionUID = 1;

    UnreadableJournal(String message) {
        super(message);
    }
}
