package org.confocal.focus.conference;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.confocal.focus.conference.state.OrderedMap;
import org.jspecify.annotations.Nullable;

/** One map of a {@link Draft}: copied at the first change, and not at all where nothing changes. */
final class Table<K, V> {
    private final OrderedMap<K, V> before;
    private @Nullable Map<K, V> changed;

    Table(OrderedMap<K, V> before) {
        this.before = before;
    }

    Optional<V> get(K key) {
        return changed == null ? before.get(key) : Optional.ofNullable(changed.get(key));
    }

    boolean contains(K key) {
        return changed == null ? before.contains(key) : changed.containsKey(key);
    }

    int size() {
        return changed == null ? before.size() : changed.size();
    }

    boolean isEmpty() {
        return size() == 0;
    }

    /** As they are now: the table may change while they are gone through. */
    Collection<V> values() {
        return changed == null ? before.view() : Collections.unmodifiableList(new ArrayList<>(changed.values()));
    }

    /** Not copied, for those who only look: the table must not change meanwhile. */
    Collection<V> view() {
        return changed == null ? before.view() : Collections.unmodifiableCollection(changed.values());
    }

    /** Whether anything was put or removed. */
    boolean isChanged() {
        return changed != null;
    }

    /** A new key goes to the end, a known one stays where it is. */
    void put(K key, V value) {
        edited().put(key, value);
    }

    /** Whether it was there. */
    boolean remove(K key) {
        return contains(key) && edited().remove(key) != null;
    }

    void clear() {
        changed = new LinkedHashMap<>();
    }

    /** The end: the table must not be used after it. */
    OrderedMap<K, V> finish() {
        return changed == null ? before : OrderedMap.taking(changed);
    }

    private Map<K, V> edited() {
        Map<K, V> map = changed;
        if (map == null) {
            map = before.edit();
            changed = map;
        }
        return map;
    }
}
