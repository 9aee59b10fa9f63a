/**
 * The core under faults: the real conference machine, fleet and selection in a world that is made up, on a virtual
 * clock, from one seed. No thread, no socket; the same seed gives the same run, event for event.
 */
@NullMarked
package org.confocal.tests.sim;

import org.jspecify.annotations.NullMarked;
