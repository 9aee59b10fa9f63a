package org.confocal.focus.serial;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/**
 * One value that is never absent, read from any thread and replaced as a whole.
 *
 * @param <T> an immutable type
 */
public final class Cell<T> {
    private final AtomicReference<T> value;

    public Cell(T initial) {
        value = new AtomicReference<>(Objects.requireNonNull(initial));
    }

    public T get() {
        return Objects.requireNonNull(value.get());
    }

    public void set(T next) {
        value.set(Objects.requireNonNull(next));
    }

    /** Replaces {@code seen}, the very object; false where somebody else was faster. */
    public boolean replace(T seen, T next) {
        return value.compareAndSet(seen, Objects.requireNonNull(next));
    }

    /** Replaces the value by what {@code change}, which may be called several times, makes of it. Returns the old one. */
    public T update(UnaryOperator<T> change) {
        T seen;
        do {
            seen = get();
        } while (!replace(seen, change.apply(seen)));
        return seen;
    }
}
