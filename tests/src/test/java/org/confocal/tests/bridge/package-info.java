/** Tests of the emulators. */
@NullMarked
package org.confocal.tests.bridge;

import org.jspecify.annotations.NullMarked;
