package org.confocal.focus.conference;

import java.time.Instant;

/**
 * A state machine: a pure function from what is and what happens to what is next and what to do about it.
 *
 * @param <S> the state, immutable
 * @param <I> what can happen
 */
@FunctionalInterface
public interface Machine<S, I> {

    /** One step. {@code now} is the only clock there is. */
    Step<S> step(S state, I input, Instant now);
}
