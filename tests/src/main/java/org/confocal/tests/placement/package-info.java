/**
 * A day of conferences over a fleet of bridges, on a virtual clock, from one seed: what a way of choosing bridges costs, how
 * long its media travel, and how evenly it loads the bridges. Selection, load model and cascades are the real ones of
 * bridge-strategy; people, media, bridges and their reports are made up here. No clock, no network; a run is one thread.
 */
@NullMarked
package org.confocal.tests.placement;

import org.jspecify.annotations.NullMarked;
