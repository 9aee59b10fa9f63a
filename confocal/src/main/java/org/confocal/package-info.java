/** The product: configuration, wiring and start. */
@NullMarked
package org.confocal;

import org.jspecify.annotations.NullMarked;
