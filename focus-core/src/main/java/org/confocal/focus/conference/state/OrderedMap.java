package org.confocal.focus.conference.state;

import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map that iterates in the order of insertion, so that the same inputs give the same effects. Who changes
 * it copies it once with {@link #edit()} and wraps the copy with {@link #taking}.
 */
public final class OrderedMap<K, V> implements Iterable<V> {
    private static final OrderedMap<?, ?> EMPTY = new OrderedMap<>(new LinkedHashMap<>());

    private final Map<K, V> entries;

    private OrderedMap(Map<K, V> entries) {
        this.entries = entries;
    }

    @SuppressWarnings("unchecked") // an empty map holds no value of a wrong type
    public static <K, V> OrderedMap<K, V> empty() {
        return (OrderedMap<K, V>) EMPTY;
    }

    /** With the entries of a map that nobody changes any more, such as one from {@link #edit()}; it is not copied. */
    public static <K, V> OrderedMap<K, V> taking(Map<K, V> map) {
        return map.isEmpty() ? empty() : new OrderedMap<>(map);
    }

    /** The entries of {@code map}, in its order. */
    public static <K, V> OrderedMap<K, V> of(Map<K, V> map) {
        return map.isEmpty() ? empty() : new OrderedMap<>(new LinkedHashMap<>(map));
    }

    public Optional<V> get(K key) {
        return Optional.ofNullable(entries.get(key));
    }

    public boolean contains(K key) {
        return entries.containsKey(key);
    }

    public int size() {
        return entries.size();
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** The keys; not to be changed. */
    public Set<K> keys() {
        return java.util.Collections.unmodifiableSet(entries.keySet());
    }

    /** The entries in their order, not copied; not to be changed. */
    public Map<K, V> asMap() {
        return java.util.Collections.unmodifiableMap(entries);
    }

    /** A copy of the values. */
    public List<V> values() {
        return List.copyOf(entries.values());
    }

    /** The values, not copied; not to be changed. */
    public Collection<V> view() {
        return java.util.Collections.unmodifiableCollection(entries.values());
    }

    /** A copy that may be changed. */
    public Map<K, V> edit() {
        return new LinkedHashMap<>(entries);
    }

    @Override
    public Iterator<V> iterator() {
        return view().iterator();
    }

    /** Equal when the entries and their order are. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OrderedMap<?, ?> that
                && List.copyOf(entries.entrySet()).equals(List.copyOf(that.entries.entrySet()));
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }

    @Override
    public String toString() {
        return entries.toString();
    }
}
