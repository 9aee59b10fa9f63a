/**
 * The core under faults: the real focus, from its inbox to its ports (conferences and their mailboxes, fleet, health checks,
 * breaker, paced moves), in a world that is made up, on a virtual clock, from one seed. One thread a world, no socket; the same
 * seed gives the same run, event for event.
 */
@NullMarked
package org.confocal.tests.sim;

import org.jspecify.annotations.NullMarked;
