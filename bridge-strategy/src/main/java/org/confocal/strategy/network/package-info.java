/**
 * What it costs to send media from a bridge, and how long it takes: prices per region and pair, round trips, with defaults
 * from public tables. Values only; the strategies and the simulator read them.
 */
@NullMarked
package org.confocal.strategy.network;

import org.jspecify.annotations.NullMarked;
