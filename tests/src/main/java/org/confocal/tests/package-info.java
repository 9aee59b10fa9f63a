/** Emulators, demo and simulations. */
@NullMarked
package org.confocal.tests;

import org.jspecify.annotations.NullMarked;
