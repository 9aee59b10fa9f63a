/**
 * One conference as a value and a function: {@code step(state, input, now) -> (next state, effects)}. Split by concern:
 * membership, allocation, sources, sessions, moderation; {@code ConferenceMachine} routes between them. No lock, no
 * clock, no random generator, no stanza.
 */
@NullMarked
package org.confocal.focus.conference;

import org.jspecify.annotations.NullMarked;
