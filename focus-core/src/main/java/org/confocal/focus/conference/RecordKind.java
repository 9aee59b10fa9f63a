package org.confocal.focus.conference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.confocal.focus.conference.state.OrderedMap;
import org.confocal.focus.journal.RecordSink;
import org.jspecify.annotations.Nullable;

/** One kind of a conference's records, and what of it was written last. Used by one thread at a time. */
sealed interface RecordKind {

    /** Writes what is different from what is known. */
    void write(ConferenceState state, RecordSink sink);

    /** Removes what is known. */
    void remove(RecordSink sink);

    /** This state is what the records say. */
    void known(ConferenceState state, Map<String, byte[]> records);

    /** A part of the state in one record. */
    final class Whole<T> implements RecordKind {
        private final String key;
        private final Function<ConferenceState, T> part;
        private final Function<T, byte[]> writer;
        private final Function<byte[], T> reader;
        private Optional<T> last = Optional.empty();

        Whole(String key, Function<ConferenceState, T> part, Function<T, byte[]> writer, Function<byte[], T> reader) {
            this.key = key;
            this.part = part;
            this.writer = writer;
            this.reader = reader;
        }

        static <T> Whole<T> json(String key, Class<T> type, Function<ConferenceState, T> part) {
            return new Whole<>(
                    key, part, StateJson.MAPPER::writeValueAsBytes, json -> StateJson.MAPPER.readValue(json, type));
        }

        @Override
        public void write(ConferenceState state, RecordSink sink) {
            T now = part.apply(state);
            if (!last.equals(Optional.of(now))) {
                last = Optional.of(now);
                sink.put(key, () -> writer.apply(now));
            }
        }

        @Override
        public void remove(RecordSink sink) {
            if (last.isPresent()) {
                last = Optional.empty();
                sink.remove(key);
            }
        }

        @Override
        public void known(ConferenceState state, Map<String, byte[]> records) {
            last = Optional.of(part.apply(state));
        }

        T read(Map<String, byte[]> records) {
            byte[] written = records.get(key);
            if (written == null) {
                throw new IllegalArgumentException("A conference's record '" + key + "' is missing.");
            }
            return reader.apply(written);
        }
    }

    /**
     * One record for each entry of a map of the state. Numbered in the order of the map, so that the keys' order is the map's;
     * an entry that went to the end gets a new number. States are immutable: what is still the same object has not changed.
     */
    final class Keyed<K, V> implements RecordKind {
        private final String name;
        private final Class<?> type;
        private final Function<ConferenceState, Object> holder;
        private final Function<ConferenceState, Map<K, V>> entries;
        private final BiFunction<K, V, Object> saved;
        private final Map<K, Slot<V>> slots = new HashMap<>();
        private @Nullable Object last;
        private long next;

        /** What was written of an entry, and in which step it was seen last. */
        private static final class Slot<V> {
            private long number;
            private V value;
            private long seen;

            Slot(long number, V value, long seen) {
                this.number = number;
                this.value = value;
                this.seen = seen;
            }
        }

        private long step;

        /** @param holder what is another object whenever an entry is */
        Keyed(
                String name,
                Class<?> type,
                Function<ConferenceState, Object> holder,
                Function<ConferenceState, Map<K, V>> entries,
                BiFunction<K, V, Object> saved) {
            this.name = name;
            this.type = type;
            this.holder = holder;
            this.entries = entries;
            this.saved = saved;
        }

        static <K, V> Keyed<K, V> of(String name, Class<V> type, Function<ConferenceState, OrderedMap<K, V>> map) {
            return new Keyed<>(name, type, map::apply, state -> map.apply(state).asMap(), (key, value) -> value);
        }

        @Override
        @SuppressWarnings(
                "ReferenceEquality") // of immutable values: another object is looked at, the same one never again
        public void write(ConferenceState state, RecordSink sink) {
            Object now = holder.apply(state);
            if (now == last) {
                return;
            }
            last = now;
            step++;
            long before = -1;
            for (Map.Entry<K, V> entry : entries.apply(state).entrySet()) {
                before = write(entry.getKey(), entry.getValue(), before, sink);
            }
            removeUnseen(sink);
        }

        /** Returns the number of this one, which is above that of the one before. */
        @SuppressWarnings("ReferenceEquality") // of immutable values: the same object is what was written
        private long write(K key, V value, long before, RecordSink sink) {
            Slot<V> slot = slots.get(key);
            if (slot == null) {
                slot = new Slot<>(next++, value, step);
                slots.put(key, slot);
                put(slot, key, value, sink);
                return slot.number;
            }
            slot.seen = step;
            if (slot.number <= before) {
                sink.remove(key(slot.number));
                slot.number = next++;
                slot.value = value;
                put(slot, key, value, sink);
            } else if (slot.value != value) {
                slot.value = value;
                put(slot, key, value, sink);
            }
            return slot.number;
        }

        private void put(Slot<V> slot, K key, V value, RecordSink sink) {
            sink.put(key(slot.number), () -> StateJson.MAPPER.writeValueAsBytes(saved.apply(key, value)));
        }

        private void removeUnseen(RecordSink sink) {
            Iterator<Slot<V>> all = slots.values().iterator();
            while (all.hasNext()) {
                Slot<V> slot = all.next();
                if (slot.seen != step) {
                    all.remove();
                    sink.remove(key(slot.number));
                }
            }
        }

        @Override
        public void remove(RecordSink sink) {
            step++;
            removeUnseen(sink);
            last = null;
        }

        @Override
        public void known(ConferenceState state, Map<String, byte[]> records) {
            last = holder.apply(state);
            Iterator<String> keys = mine(records).keySet().iterator();
            slots.clear();
            entries.apply(state).forEach((key, value) -> {
                long number = Long.parseUnsignedLong(keys.next().substring(name.length() + 1), 16);
                slots.put(key, new Slot<>(number, value, step));
                next = number + 1;
            });
        }

        <T> List<T> read(Map<String, byte[]> records, Class<T> as) {
            if (!as.equals(type)) {
                throw new IllegalStateException(name + " is written as " + type + ", not as " + as);
            }
            List<T> values = new ArrayList<>();
            mine(records).values().forEach(json -> values.add(StateJson.MAPPER.readValue(json, as)));
            return values;
        }

        private SortedMap<String, byte[]> mine(Map<String, byte[]> records) {
            // '0' comes right after '/'.
            return new TreeMap<>(records).subMap(name + "/", name + "0");
        }

        private String key(long number) {
            return "%s/%08x".formatted(name, number);
        }
    }
}
