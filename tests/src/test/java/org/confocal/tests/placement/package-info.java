/** Tests of the placement simulator: its workload, its books, and that a seed is a run. */
@NullMarked
package org.confocal.tests.placement;

import org.jspecify.annotations.NullMarked;
