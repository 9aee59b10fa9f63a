/** What a selection costs, by JMH: run with {@code ./dev bench}. Nothing of the product depends on it. */
@NullMarked
package org.confocal.benchmarks;

import org.jspecify.annotations.NullMarked;
