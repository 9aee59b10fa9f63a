package org.confocal.strategy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An immutable hash map whose changed copy shares all but one path with the original: a hash trie of 32 branches a level,
 * seven levels at most. Finding, adding and removing cost a handful of small arrays, however large the map is, so that a
 * fleet of many endpoints can be published anew with every join. It keeps no order.
 */
final class PersistentMap<K, V> {
    private static final int BITS = 5;
    private static final int MASK = (1 << BITS) - 1;

    private final @Nullable Node<K, V> root;

    private PersistentMap(@Nullable Node<K, V> root) {
        this.root = root;
    }

    static <K, V> PersistentMap<K, V> empty() {
        return new PersistentMap<>(null);
    }

    int size() {
        return root == null ? 0 : root.size();
    }

    /** The value of a key, or null. */
    @Nullable
    V get(K key) {
        int hash = hash(key);
        int shift = 0;
        Node<K, V> node = root;
        while (node instanceof Branch<K, V> branch) {
            int bit = bit(hash, shift);
            if ((branch.bitmap & bit) == 0) {
                return null;
            }
            node = branch.child(branch.index(bit));
            shift += BITS;
        }
        if (node instanceof Leaf<K, V> leaf) {
            return leaf.key.equals(key) ? leaf.value : null;
        }
        if (node instanceof Collision<K, V> collision && collision.hash == hash) {
            int index = collision.index(key);
            return index < 0 ? null : collision.leaves.get(index).value;
        }
        return null;
    }

    /** Each value once, in no particular order. */
    void forEachValue(Consumer<? super V> action) {
        if (root != null) {
            visit(root, action);
        }
    }

    private static <K, V> void visit(Node<K, V> node, Consumer<? super V> action) {
        switch (node) {
            case Branch<K, V> branch -> {
                for (int i = 0; i < branch.children.length; i++) {
                    visit(branch.child(i), action);
                }
            }
            case Leaf<K, V> leaf -> action.accept(leaf.value);
            case Collision<K, V> collision -> collision.leaves.forEach(leaf -> action.accept(leaf.value));
        }
    }

    PersistentMap<K, V> with(K key, V value) {
        Leaf<K, V> leaf = new Leaf<>(hash(key), key, value);
        return new PersistentMap<>(root == null ? leaf : put(root, 0, leaf));
    }

    PersistentMap<K, V> without(K key) {
        if (root == null || get(key) == null) {
            return this;
        }
        return new PersistentMap<>(remove(root, 0, hash(key), key));
    }

    private static <K, V> Node<K, V> put(Node<K, V> node, int shift, Leaf<K, V> leaf) {
        return switch (node) {
            case Branch<K, V> branch -> {
                int bit = bit(leaf.hash, shift);
                int index = branch.index(bit);
                yield (branch.bitmap & bit) == 0
                        ? branch.adding(bit, leaf)
                        : branch.replacing(index, put(branch.child(index), shift + BITS, leaf));
            }
            case Leaf<K, V> old -> {
                if (old.key.equals(leaf.key)) {
                    yield leaf;
                }
                yield old.hash == leaf.hash
                        ? new Collision<>(leaf.hash, List.of(old, leaf))
                        : put(Branch.of(bit(old.hash, shift), old), shift, leaf);
            }
            case Collision<K, V> collision -> {
                if (collision.hash != leaf.hash) {
                    yield put(Branch.of(bit(collision.hash, shift), collision), shift, leaf);
                }
                List<Leaf<K, V>> leaves = new ArrayList<>(collision.leaves);
                int index = collision.index(leaf.key);
                if (index < 0) {
                    leaves.add(leaf);
                } else {
                    leaves.set(index, leaf);
                }
                yield new Collision<>(collision.hash, leaves);
            }
        };
    }

    /** The key is known to be there. */
    private static <K, V> @Nullable Node<K, V> remove(Node<K, V> node, int shift, int hash, K key) {
        return switch (node) {
            case Branch<K, V> branch -> {
                int bit = bit(hash, shift);
                int index = branch.index(bit);
                Node<K, V> child = remove(branch.child(index), shift + BITS, hash, key);
                Branch<K, V> rest = child == null ? branch.removing(bit) : branch.replacing(index, child);
                if (rest.children.length == 0) {
                    yield null;
                }
                // A lone leaf moves up, so that the shape depends on what is in the map and not on what was.
                yield rest.children.length == 1 && !(rest.child(0) instanceof Branch<K, V>) ? rest.child(0) : rest;
            }
            case Leaf<K, V> leaf -> null;
            case Collision<K, V> collision -> {
                List<Leaf<K, V>> leaves = new ArrayList<>(collision.leaves);
                leaves.remove(collision.index(key));
                yield leaves.size() == 1 ? leaves.getFirst() : new Collision<>(collision.hash, leaves);
            }
        };
    }

    private static int hash(Object key) {
        int hash = key.hashCode();
        return hash ^ (hash >>> 16);
    }

    private static int bit(int hash, int shift) {
        return 1 << ((hash >>> shift) & MASK);
    }

    private sealed interface Node<K, V> {
        /** How many keys it holds. */
        int size();
    }

    /** Children by five bits of their hash; those that exist are packed in the order of their bits. */
    private static final class Branch<K, V> implements Node<K, V> {
        final int bitmap;
        // A plain array, because most of what a look-up costs is waiting for memory, and a list is two objects more.
        final Object[] children;
        final int size;

        private Branch(int bitmap, Object[] children, int size) {
            this.bitmap = bitmap;
            this.children = children;
            this.size = size;
        }

        @Override
        public int size() {
            return size;
        }

        static <K, V> Branch<K, V> of(int bit, Node<K, V> child) {
            return new Branch<>(bit, new Object[] {child}, child.size());
        }

        int index(int bit) {
            return Integer.bitCount(bitmap & (bit - 1));
        }

        @SuppressWarnings("unchecked")
        Node<K, V> child(int index) {
            return (Node<K, V>) children[index];
        }

        Branch<K, V> replacing(int index, Node<K, V> child) {
            Object[] next = children.clone();
            next[index] = child;
            return new Branch<>(bitmap, next, size - child(index).size() + child.size());
        }

        Branch<K, V> adding(int bit, Node<K, V> child) {
            int index = index(bit);
            Object[] next = new Object[children.length + 1];
            System.arraycopy(children, 0, next, 0, index);
            next[index] = child;
            System.arraycopy(children, index, next, index + 1, children.length - index);
            return new Branch<>(bitmap | bit, next, size + child.size());
        }

        Branch<K, V> removing(int bit) {
            int index = index(bit);
            Object[] next = new Object[children.length - 1];
            System.arraycopy(children, 0, next, 0, index);
            System.arraycopy(children, index + 1, next, index, next.length - index);
            return new Branch<>(bitmap & ~bit, next, size - child(index).size());
        }
    }

    private record Leaf<K, V>(int hash, K key, V value) implements Node<K, V> {
        @Override
        public int size() {
            return 1;
        }
    }

    /** Different keys of the same hash. */
    private record Collision<K, V>(int hash, List<Leaf<K, V>> leaves) implements Node<K, V> {
        @Override
        public int size() {
            return leaves.size();
        }

        int index(K key) {
            for (int i = 0; i < leaves.size(); i++) {
                if (leaves.get(i).key.equals(key)) {
                    return i;
                }
            }
            return -1;
        }
    }
}
