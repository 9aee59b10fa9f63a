package org.confocal.tests.sim;

import java.util.Optional;

/**
 * The first thing that went wrong in a run. Kept apart from the exception that is thrown for it, because an actor catches
 * what its machine or a port throws and ends the conference for it.
 */
final class Violations {
    private Optional<RuntimeException> first = Optional.empty();

    synchronized void found(RuntimeException broken) {
        if (first.isEmpty()) {
            first = Optional.of(broken);
        }
    }

    /** Throws what was found, if anything was. */
    void rethrow() {
        if (first.isPresent()) {
            throw first.get();
        }
    }
}
