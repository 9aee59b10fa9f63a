/** The image's scripts, run as they are, without a container. */
@NullMarked
package org.confocal.docker;

import org.jspecify.annotations.NullMarked;
