/** Tests of the emulators. */
@NullMarked
package org.confocal.tests.xmpp;

import org.jspecify.annotations.NullMarked;
