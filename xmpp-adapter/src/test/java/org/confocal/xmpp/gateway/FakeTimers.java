package org.confocal.xmpp.gateway;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Timers and a clock that only the test moves. */
final class FakeTimers implements Timers, InstantSource {
    private record Due(Instant at, long order, Runnable action) {}

    private final List<Due> due = new ArrayList<>();
    private Instant now = Instant.parse("2026-03-01T10:00:00Z");
    private long order;

    @Override
    public Timer start(Duration after, Runnable action) {
        Due timer = new Due(now.plus(after), order++, action);
        due.add(timer);
        return () -> due.remove(timer);
    }

    @Override
    public Instant instant() {
        return now;
    }

    int running() {
        return due.size();
    }

    void advance(Duration by) {
        Instant end = now.plus(by);
        while (true) {
            Optional<Due> next = due.stream()
                    .filter(each -> !each.at().isAfter(end))
                    .min(Comparator.comparing(Due::at).thenComparingLong(Due::order));
            if (next.isEmpty()) {
                now = end;
                return;
            }
            due.remove(next.get());
            now = next.get().at();
            next.get().action().run();
        }
    }
}
