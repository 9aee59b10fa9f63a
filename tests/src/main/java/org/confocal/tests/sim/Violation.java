package org.confocal.tests.sim;

import java.io.Serial;

/** Something happened that must never happen. The message says what; the run adds seed, step and history. */
final class Violation extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    Violation(String sentence) {
        super(sentence);
    }

    Violation(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
