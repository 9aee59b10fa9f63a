package org.confocal.tests.sim;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.confocal.focus.conference.ConferenceState;
import org.confocal.strategy.RoomId;

/** What processes of the focus have kept, and the next one finds. Values are written out only when somebody reads them. */
final class SimDisk {
    private final TreeMap<String, Supplier<byte[]>> records = new TreeMap<>();
    private final Map<RoomId, ConferenceState> conferences = new HashMap<>();

    /** Some changes: a record, or a conference as a whole, has this value from now on, or none. */
    record Batch(Map<String, Optional<Supplier<byte[]>>> records, Map<RoomId, Optional<ConferenceState>> conferences) {
        Batch() {
            this(new LinkedHashMap<>(), new LinkedHashMap<>());
        }

        void add(Batch later) {
            records.putAll(later.records());
            conferences.putAll(later.conferences());
        }
    }

    void write(Batch batch) {
        batch.records()
                .forEach(
                        (key, value) -> value.ifPresentOrElse(now -> records.put(key, now), () -> records.remove(key)));
        batch.conferences()
                .forEach((room, state) ->
                        state.ifPresentOrElse(now -> conferences.put(room, now), () -> conferences.remove(room)));
    }

    SortedMap<String, byte[]> read() {
        TreeMap<String, byte[]> all = new TreeMap<>();
        records.forEach((key, value) -> all.put(key, value.get()));
        return all;
    }

    /** The state that was kept for a room's conference. */
    Optional<ConferenceState> conference(RoomId room) {
        return Optional.ofNullable(conferences.get(room));
    }
}
