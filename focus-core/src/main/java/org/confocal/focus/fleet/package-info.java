/**
 * The bridges as the running focus knows them: one snapshot that is replaced as a whole, the health checks that feed it,
 * and the events for conferences that follow from it. What a report means and which bridge is chosen is decided in {@code
 * org.confocal.strategy}.
 */
@NullMarked
package org.confocal.focus.fleet;

import org.jspecify.annotations.NullMarked;
