/** Tests of the emulators. */
@NullMarked
package org.confocal.tests.client;

import org.jspecify.annotations.NullMarked;
