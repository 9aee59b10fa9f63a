package org.confocal.focus.journal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/**
 * What the focus needs to go on when its process has ended, as values by key. Whatever leaves the process waits until the
 * change that it belongs to is kept ({@link #whenKept}), and what came in is acknowledged only then: so a successor never
 * knows less than the rest of the world.
 *
 * <p>Keys are paths like {@code conference/room@muc/member/abc}; whoever writes below a first part owns it. All methods may be
 * called from any thread and return at once: writing happens on the journal's own thread, many changes at a time.
 */
public interface Journal extends RecordSink {

    /** Keeps nothing: every change counts as kept at once, and nothing was inherited. */
    Journal NONE = new Nothing();

    /**
     * Runs a change: what is put and removed meanwhile on this thread is kept as a whole or not at all. A change within a
     * change is part of it. Holds the journal back from writing, so it only computes and enqueues.
     */
    void change(Runnable change);

    /**
     * Within a change: from now on this is the value.
     *
     * @param value asked at most once, later and on the journal's thread; not at all where another value took its place
     *     first. What it reads must not change any more
     */
    @Override
    void put(String key, Supplier<byte[]> value);

    /** Within a change: there is no value any more; nothing happens where there is none. */
    @Override
    void remove(String key);

    /**
     * Within a change: calls back when it is kept, on the journal's thread, in the order of the calls. Must return at once.
     * Where keeping fails, the journal says so and calls back all the same: a focus that cannot be restarted unnoticed
     * still serves its conferences.
     */
    void whenKept(Runnable then);

    /**
     * Within a change: calls back as {@link #whenKept} does, where nobody waits for it. So that is kept together with the
     * next change that somebody waits for, or some time later, as a change is that nobody waits for at all.
     */
    default void whenKeptAtLeisure(Runnable then) {
        whenKept(then);
    }

    /** What the last process left, in the order of the keys; the same at every call. Empty for a fresh beginning. */
    SortedMap<String, byte[]> inherited();

    /** What was inherited below a first part of the key; a record that cannot be read is left out, with a line in the log. */
    default <T extends Record> List<T> below(String prefix, Class<T> type) {
        List<T> all = new ArrayList<>();
        for (Map.Entry<String, byte[]> record : inherited().tailMap(prefix).entrySet()) {
            if (!record.getKey().startsWith(prefix)) {
                break;
            }
            try {
                all.add(RecordJson.read(record.getValue(), type));
            } catch (IllegalArgumentException unreadable) {
                LoggerFactory.getLogger(Journal.class)
                        .warn("{} is left out: {}", record.getKey(), unreadable.getMessage());
            }
        }
        return all;
    }

    /** Whether anything is kept at all: else there is nothing to be gained by finding out what to keep. */
    default boolean keeps() {
        return true;
    }

    /** Whether this process is still the one that acts. Cheap; false for ever once another process has taken over. */
    boolean owned();

    /**
     * Whether {@link #owned} is certain just now, though the server has given the stream to somebody else. Where it is not, it is
     * being found out: ask again later. Cheap.
     */
    default boolean certain() {
        return owned();
    }

    /** Keeps nothing. */
    final class Nothing implements Journal {
        private Nothing() {}

        @Override
        public void change(Runnable change) {
            change.run();
        }

        @Override
        public void put(String key, Supplier<byte[]> value) {}

        @Override
        public void remove(String key) {}

        @Override
        public void whenKept(Runnable then) {
            then.run();
        }

        @Override
        public SortedMap<String, byte[]> inherited() {
            return Collections.unmodifiableSortedMap(new TreeMap<>());
        }

        @Override
        public boolean keeps() {
            return false;
        }

        @Override
        public boolean owned() {
            return true;
        }
    }
}
