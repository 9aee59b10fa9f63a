/** Reads recorded stanzas into the core's values, for tests that compare with what a real focus, bridge or client sent. */
@NullMarked
package org.confocal.focus.transcript;

import org.jspecify.annotations.NullMarked;
