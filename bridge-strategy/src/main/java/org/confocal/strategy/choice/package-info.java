/** The strategies: who weighs what when a participant needs a bridge, and how they are found by name. */
@NullMarked
package org.confocal.strategy.choice;

import org.jspecify.annotations.NullMarked;
