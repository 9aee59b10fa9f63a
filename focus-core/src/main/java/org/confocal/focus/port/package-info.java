/**
 * What the focus needs from the world, and what the world tells it. The adapter implements the gateways; the core
 * implements {@link org.confocal.focus.port.FocusInbox}. Gateways never block and never throw for a peer's sake.
 */
@NullMarked
package org.confocal.focus.port;

import org.jspecify.annotations.NullMarked;
