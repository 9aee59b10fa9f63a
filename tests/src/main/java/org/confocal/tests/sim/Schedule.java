package org.confocal.tests.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * What is going to happen, in the order of a virtual clock. Events of one moment happen in the order in which they were
 * scheduled. The clock starts at an arbitrary moment that is not 0.
 */
final class Schedule {
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparing(Event::at).thenComparingLong(Event::sequence));
    private final Map<String, Instant> lastOfChannel = new HashMap<>();
    private final Deque<Remembered> history = new ArrayDeque<>();
    private final Instant start = Instant.parse("2026-03-01T09:00:00Z");
    private final int remembered;
    private Instant now = start;
    private long sequence;
    private long happened;
    private Runnable afterEach = () -> {};

    /** Rendered only when a violation is reported: most runs never are. */
    private record Remembered(Instant at, String what, Object detail) {}

    private record Event(Instant at, long sequence, String what, Runnable action) {}

    /** @param remembered how many of the last events a violation shows */
    Schedule(int remembered) {
        this.remembered = remembered;
    }

    Instant now() {
        return now;
    }

    Duration elapsed() {
        return Duration.between(start, now);
    }

    /** Has this run after every event, at its moment. */
    void afterEach(Runnable then) {
        afterEach = then;
    }

    /** How many events have happened. */
    long happened() {
        return happened;
    }

    void in(Duration delay, String what, Runnable action) {
        events.add(new Event(now.plus(delay), sequence++, what, action));
    }

    /** As {@link #in}, but never before what was scheduled on the same channel earlier: a stream keeps its order. */
    void inOrder(String channel, Duration delay, String what, Runnable action) {
        Instant at = now.plus(delay);
        Instant last = lastOfChannel.get(channel);
        if (last != null && at.isBefore(last)) {
            at = last;
        }
        lastOfChannel.put(channel, at);
        events.add(new Event(at, sequence++, what, action));
    }

    /** Lets everything happen that is due before {@code elapsed} has passed since the start. */
    void runUntil(Duration elapsed) {
        Instant end = start.plus(elapsed);
        Event next = events.peek();
        while (next != null && !next.at().isAfter(end)) {
            events.poll();
            now = next.at();
            happened++;
            remember(next.what(), "");
            next.action().run();
            afterEach.run();
            next = events.peek();
        }
        now = end;
    }

    /** Adds a line to the history that a violation prints; {@code detail} must not change afterwards. */
    void remember(String what, Object detail) {
        if (history.size() == remembered) {
            history.removeFirst();
        }
        history.addLast(new Remembered(now, what, detail));
    }

    /** The last lines of what happened, oldest first. */
    List<String> history() {
        List<String> lines = new ArrayList<>();
        for (Remembered past : history) {
            double seconds = Duration.between(start, past.at()).toMillis() / 1000.0;
            lines.add("%9.3f s  %s%s".formatted(seconds, past.what(), past.detail()));
        }
        return lines;
    }
}
