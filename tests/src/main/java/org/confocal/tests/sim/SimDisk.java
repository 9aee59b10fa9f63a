package org.confocal.tests.sim;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.confocal.focus.conference.ConferenceState;
import org.confocal.strategy.RoomId;

/**
 * What processes of the focus have kept, and the next one finds, unless the disk has lost or damaged some of it. Values are
 * written out only when somebody reads them.
 */
final class SimDisk {
    private static final int MOST_BATCHES_LOST = 100;
    private static final String CONFERENCES = "conference/";

    /** Written once in a conference, and removed with it. */
    private static final String HEAD = "/head";

    private final TreeMap<String, Supplier<byte[]>> records = new TreeMap<>();
    private final Map<RoomId, Kept> conferences = new HashMap<>();

    /** What the last batches took the place of, the last one first. */
    private final Deque<Past> undo = new ArrayDeque<>();

    private final Set<String> damaged = new TreeSet<>();

    /**
     * A conference.
     *
     * @param heard number of the last stanza of its room that it had handled
     */
    record Kept(ConferenceState state, long heard) {}

    /** Some changes: a record, or a conference as a whole, has this value from now on, or none. */
    record Batch(Map<String, Optional<Supplier<byte[]>>> records, Map<RoomId, Optional<Kept>> conferences) {
        Batch() {
            this(new LinkedHashMap<>(), new LinkedHashMap<>());
        }

        void add(Batch later) {
            records.putAll(later.records());
            conferences.putAll(later.conferences());
        }
    }

    private record Past(Batch batch, Set<String> damaged) {}

    void write(Batch batch) {
        Set<String> damagedBefore = Set.copyOf(damaged);
        undo.addFirst(new Past(replace(batch), damagedBefore));
        if (undo.size() > MOST_BATCHES_LOST) {
            undo.removeLast();
        }
    }

    private Batch replace(Batch batch) {
        Batch before = new Batch();
        batch.records().forEach((key, value) -> {
            forgiven(key);
            Supplier<byte[]> was = value.isPresent() ? records.put(key, value.get()) : records.remove(key);
            before.records().put(key, Optional.ofNullable(was));
        });
        batch.conferences().forEach((room, state) -> {
            Kept was = state.isPresent() ? conferences.put(room, state.get()) : conferences.remove(room);
            before.conferences().put(room, Optional.ofNullable(was));
        });
        return before;
    }

    /** Another conference, or another value, is not damaged. */
    private void forgiven(String key) {
        if (!damaged.isEmpty()) {
            damaged.remove(key);
            if (key.endsWith(HEAD)) {
                String prefix = key.substring(0, key.length() - HEAD.length() + 1);
                damaged.removeIf(each -> each.startsWith(prefix));
            }
        }
    }

    /** The last batches were never written, whatever was said. */
    void loseTail(Chaos chaos) {
        int most = chaos.chance(0.2) ? MOST_BATCHES_LOST : 10;
        for (int i = chaos.between(1, most); i > 0 && !undo.isEmpty(); i--) {
            Past past = undo.removeFirst();
            replace(past.batch());
            damaged.clear();
            damaged.addAll(past.damaged());
        }
    }

    /**
     * Damages one record: it is cut, has a wrong byte, or is gone. Those of the streams are left alone, which are counted.
     *
     * @return its key; empty where there is none
     */
    Optional<String> tear(Chaos chaos) {
        List<String> keys = records.keySet().stream()
                .filter(key -> !key.startsWith("stream/"))
                .toList();
        if (keys.isEmpty()) {
            return Optional.empty();
        }
        String key = chaos.oneOf(keys);
        undo.clear();
        byte[] whole = Optional.ofNullable(records.remove(key)).orElseThrow().get();
        int at = chaos.between(0, whole.length - 1);
        switch (chaos.between(0, 2)) {
            case 0 -> put(key, Arrays.copyOf(whole, at));
            case 1 -> {
                byte[] wrong = whole.clone();
                wrong[at] = 0;
                put(key, wrong);
            }
            default -> {}
        }
        damaged.add(key);
        return Optional.of(key);
    }

    private void put(String key, byte[] value) {
        records.put(key, () -> value);
    }

    /** Whether something of that conference is damaged, without which it must not go on. */
    boolean isDamaged(RoomId room) {
        String prefix = CONFERENCES + room + "/";
        if (!records.containsKey(CONFERENCES + room + HEAD)) {
            return true;
        }
        // Since when somebody has been on a bridge is not known then, which only makes the guess at its load worse.
        return damaged.stream()
                .anyMatch(key ->
                        key.startsWith(prefix) && (records.containsKey(key) || !key.startsWith(prefix + "seat/")));
    }

    /** Whether there are records of that conference. */
    boolean has(RoomId room) {
        String prefix = CONFERENCES + room + "/";
        return records.tailMap(prefix).keySet().stream()
                .findFirst()
                .filter(key -> key.startsWith(prefix))
                .isPresent();
    }

    SortedMap<String, byte[]> read() {
        TreeMap<String, byte[]> all = new TreeMap<>();
        records.forEach((key, value) -> all.put(key, value.get()));
        return all;
    }

    /** What was kept of a room's conference. */
    Optional<Kept> conference(RoomId room) {
        return Optional.ofNullable(conferences.get(room));
    }
}
