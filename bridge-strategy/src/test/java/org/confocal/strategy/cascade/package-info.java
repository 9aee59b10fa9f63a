/** Tests of cascades: examples, and properties against packets that are sent one by one and against all trees there are. */
@NullMarked
package org.confocal.strategy.cascade;

import org.jspecify.annotations.NullMarked;
