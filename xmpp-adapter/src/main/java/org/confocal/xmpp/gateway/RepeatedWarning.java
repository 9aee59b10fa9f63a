package org.confocal.xmpp.gateway;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** A warning that is written at most once a minute however often it is given. Any thread. */
final class RepeatedWarning {
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final Logger log;
    private final InstantSource clock;
    private final AtomicReference<@Nullable Instant> last = new AtomicReference<>();

    RepeatedWarning(Logger log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    void warn(String line) {
        Instant now = clock.instant();
        Instant before = last.get();
        boolean due = before == null || !now.isBefore(before.plus(PAUSE));
        if (due && last.compareAndSet(before, now)) {
            log.warn(line);
        }
    }
}
