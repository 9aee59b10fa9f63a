/**
 * The journal a second time, in Redis, for a focus that waits on another machine; and the lease by which one of the two acts. Only
 * this package uses Lettuce, and only a focus that is told of a Redis loads it.
 */
@NullMarked
package org.confocal.journal.redis;

import org.jspecify.annotations.NullMarked;
