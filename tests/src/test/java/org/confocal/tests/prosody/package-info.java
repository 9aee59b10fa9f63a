/** Tests of the emulators. */
@NullMarked
package org.confocal.tests.prosody;

import org.jspecify.annotations.NullMarked;
