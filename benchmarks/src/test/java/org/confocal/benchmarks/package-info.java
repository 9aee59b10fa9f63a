@NullMarked
package org.confocal.benchmarks;

import org.jspecify.annotations.NullMarked;
