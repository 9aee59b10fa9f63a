/**
 * The imperative edge of the core: an actor per conference that steps the pure machine and carries its effects out, the
 * registry of conferences, and {@link org.confocal.focus.runtime.Focus}, which is what adapters talk to. Decides nothing
 * about conferences. No lock: mailboxes, and values replaced as a whole.
 */
@NullMarked
package org.confocal.focus.runtime;

import org.jspecify.annotations.NullMarked;
