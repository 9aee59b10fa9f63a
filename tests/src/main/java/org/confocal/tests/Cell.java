package org.confocal.tests;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** An {@link AtomicReference} that is never null. */
public final class Cell<T> {
    private final AtomicReference<T> value;

    public Cell(T initial) {
        value = new AtomicReference<>(initial);
    }

    public T get() {
        return Objects.requireNonNull(value.get());
    }

    public void set(T changed) {
        value.set(changed);
    }

    /** Replaces the value by a function of it, which may be called more than once, and returns the new one. */
    public T update(UnaryOperator<T> change) {
        return Objects.requireNonNull(value.updateAndGet(change));
    }
}
