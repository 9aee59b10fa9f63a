package org.confocal.tests.sim;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Has something done without a log of the focus: millions of lines that nobody reads cost more than what is simulated. */
final class Silence {
    private Silence() {}

    static <T> T during(Supplier<T> work) {
        Logger log = (Logger) LoggerFactory.getLogger("org.confocal");
        @Nullable Level before = log.getLevel();
        log.setLevel(Level.OFF);
        try {
            return work.get();
        } finally {
            log.setLevel(before);
        }
    }
}
