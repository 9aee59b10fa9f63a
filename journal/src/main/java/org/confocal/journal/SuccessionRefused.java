package org.confocal.journal;

import java.io.IOException;

/** Another process acts, or is about to: this one must not. The message says why, in a sentence. */
public final class SuccessionRefused extends IOException {
    private static final long serialVersionUID = 1;

    SuccessionRefused(String message) {
        super(message);
    }
}
