package org.confocal.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PersistentMapTest {
    /** A key whose hash is chosen, so that collisions at every depth happen. */
    record Key(int id, int hash) {
        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.id == id && key.hash == hash;
        }
    }

    record Change(Key key, boolean put, int value) {}

    @Property(tries = 2000)
    void behavesAsAHashMapDoes(@ForAll("changes") List<Change> changes) {
        PersistentMap<Key, Integer> map = PersistentMap.empty();
        Map<Key, Integer> oracle = new HashMap<>();
        for (Change change : changes) {
            PersistentMap<Key, Integer> before = map;
            Map<Key, Integer> beforeOracle = Map.copyOf(oracle);
            if (change.put) {
                map = map.with(change.key, change.value);
                oracle.put(change.key, change.value);
            } else {
                map = map.without(change.key);
                oracle.remove(change.key);
            }
            assertSame(map, oracle, changes);
            assertSame(before, beforeOracle, changes);
        }
    }

    @Provide
    Arbitrary<List<Change>> changes() {
        Arbitrary<Key> keys = Combinators.combine(
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.of(0, 1, 32, 33, 1 << 15, 1 << 30, 3 << 30, -1, Integer.MIN_VALUE, 1 | 1 << 25))
                .as(Key::new);
        return Combinators.combine(keys, Arbitraries.of(true, true, false), Arbitraries.integers())
                .as(Change::new)
                .list()
                .ofMaxSize(60);
    }

    @Test
    void holdsAHundredThousandKeysAndNoneAfterTheirRemoval() {
        PersistentMap<String, Integer> map = PersistentMap.empty();
        for (int i = 0; i < 100_000; i++) {
            map = map.with("key" + i, i);
        }
        assertThat(map.size()).isEqualTo(100_000);
        for (int i = 0; i < 100_000; i++) {
            assertThat(map.get("key" + i)).isEqualTo(i);
            map = map.without("key" + i);
        }
        assertThat(map.size()).isZero();
        assertThat(map.get("key0")).isNull();
    }

    private static void assertSame(PersistentMap<Key, Integer> map, Map<Key, Integer> oracle, List<Change> changes) {
        assertThat(map.size()).isEqualTo(oracle.size());
        for (Change change : changes) {
            assertThat(map.get(change.key)).isEqualTo(oracle.get(change.key));
        }
        List<Integer> values = new ArrayList<>();
        map.forEachValue(values::add);
        assertThat(values).containsExactlyInAnyOrderElementsOf(oracle.values());
    }
}
