/**
 * What a selection costs, by JMH, and what large rooms cost the conference machine: run with {@code ./dev bench}. Nothing of
 * the product depends on it.
 */
@NullMarked
package org.confocal.benchmarks;

import org.jspecify.annotations.NullMarked;
