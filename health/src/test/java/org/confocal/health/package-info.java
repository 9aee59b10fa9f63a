/** Tests of the HTTP side, over real HTTP where they say so, against a focus written by hand. */
@NullMarked
package org.confocal.health;

import org.jspecify.annotations.NullMarked;
