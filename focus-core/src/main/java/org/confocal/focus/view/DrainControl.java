package org.confocal.focus.view;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.confocal.strategy.Region;

/**
 * Emptying bridges on an operator's word: they are chosen last, and those who are on them move away at a pace, as convenient
 * moves (docs/operations.md). A drain lasts until it is undone, for bridges that come later or come again, too; it ends with the
 * focus. Called from any thread; nothing here waits.
 */
public interface DrainControl {
    /** So many drains at once. */
    int MOST = 32;

    /** Begins a drain. */
    Answer drain(Request request);

    /** What {@link #drain} would answer, without doing it. */
    Answer plan(Request request);

    /** All that have not been undone, oldest first. */
    List<Status> drains();

    /** The bridges say themselves again whether they drain. False where there is no such drain. */
    boolean undo(String id);

    /** Whether this focus is to get no new rooms. */
    default boolean shardDrains() {
        return drains().stream().anyMatch(status -> status.target() instanceof Target.Shard);
    }

    /** What is drained. */
    sealed interface Target {
        /** One bridge, by its JID or its nickname in the brewery. */
        record OneBridge(String name) implements Target {
            @Override
            public String toString() {
                return "bridge " + name;
            }
        }

        record OfRegion(Region region) implements Target {
            @Override
            public String toString() {
                return "region " + region;
            }
        }

        /** Bridges of this version, with or without its release. */
        record OfVersion(String version) implements Target {
            @Override
            public String toString() {
                return "version " + version;
            }
        }

        /** No bridge: whoever distributes rooms over focuses is told to give this one none ({@code jicofo.agent-check}). */
        record Shard() implements Target {
            @Override
            public String toString() {
                return "shard";
            }
        }
    }

    /**
     * An order.
     *
     * @param deadline from now, when the bridges are to be empty: the moves are spread until then; above 0. Empty for as fast
     *     as convenient moves go
     * @param perMinute at most so many people a minute, deadline or not; above 0
     */
    record Request(Target target, Optional<Duration> deadline, OptionalInt perMinute) {
        public Request {
            if (deadline.filter(time -> !time.isPositive()).isPresent() || perMinute.orElse(1) < 1) {
                throw new IllegalArgumentException("a deadline and a pace are above 0");
            }
        }
    }

    /** What became of an order. */
    sealed interface Answer {
        record Accepted(Status status) implements Answer {}

        /** There is no such bridge, in words. */
        record NotFound(String what) implements Answer {}

        /** It cannot be done as things are, in words. */
        record Refused(String why) implements Answer {}

        /** There are {@link #MOST} already. */
        record TooMany() implements Answer {}
    }

    /** How far a drain is. */
    enum Progress {
        /** People leave. */
        MOVING,
        /** People are there, and no other bridge could take them. */
        WAITING,
        /** Nobody is there any more. */
        EMPTY
    }

    /**
     * A drain at a moment.
     *
     * @param bridges those that it covers, by nickname; {@value #MOST_LISTED} at most
     * @param bridgeCount all that it covers
     * @param people of this focus on them
     * @param moved people who were told to move, since it began
     * @param left how long until they are empty, at the pace of now; empty where nobody can move
     */
    record Status(
            String id,
            Target target,
            Instant since,
            Optional<Instant> deadline,
            OptionalInt perMinute,
            Progress progress,
            List<String> bridges,
            int bridgeCount,
            int people,
            int moved,
            Optional<Duration> left) {
        public static final int MOST_LISTED = 100;

        public Status {
            bridges = List.copyOf(bridges);
        }

        /** Whether the deadline will be missed, or has been, as things are. */
        public boolean late(Instant now) {
            Instant end = left.map(now::plus).orElse(Instant.MAX);
            return progress != Progress.EMPTY && deadline.filter(end::isAfter).isPresent();
        }
    }
}
