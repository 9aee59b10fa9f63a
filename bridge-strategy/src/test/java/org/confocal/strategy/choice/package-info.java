/** Tests of the choice among bridges: tables for every branch, properties against a dumb oracle, and the module's rules. */
@NullMarked
package org.confocal.strategy.choice;

import org.jspecify.annotations.NullMarked;
