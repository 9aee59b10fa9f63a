package org.confocal.journal;

import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** The changes since the last swap: the last value of each key, and who is called back. */
final class Pending {
    private final Map<String, Optional<Supplier<byte[]>>> values = new ConcurrentHashMap<>();
    private final Queue<Runnable> callbacks = new ConcurrentLinkedQueue<>();

    void put(String key, Optional<Supplier<byte[]>> value) {
        values.put(key, value);
    }

    void callBack(Runnable then) {
        callbacks.add(then);
    }

    boolean isEmpty() {
        return values.isEmpty() && callbacks.isEmpty();
    }

    int values() {
        return values.size();
    }

    /** Counts callbacks one by one: for meters. */
    int size() {
        return values.size() + callbacks.size();
    }

    /** Asks the suppliers. A value that cannot be had counts as gone: none is better than an old one. */
    void encode(Faults faults, BiConsumer<String, Optional<byte[]>> to) {
        values.forEach((key, value) -> to.accept(key, value.flatMap(supplier -> ask(key, supplier, faults))));
    }

    private static Optional<byte[]> ask(String key, Supplier<byte[]> supplier, Faults faults) {
        try {
            return Optional.of(supplier.get());
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            faults.thrown("The value of " + key, e);
            return Optional.empty();
        }
    }

    void callBack(Faults faults) {
        for (Runnable then = callbacks.poll(); then != null; then = callbacks.poll()) {
            try {
                then.run();
            } catch (RuntimeException | LinkageError | StackOverflowError e) {
                faults.thrown("What waited for a change to be kept", e);
            }
        }
    }
}
