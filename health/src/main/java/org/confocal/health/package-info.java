/** What operators read over HTTP. */
@NullMarked
package org.confocal.health;

import org.jspecify.annotations.NullMarked;
