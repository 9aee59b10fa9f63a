/** The focus: conferences and the fleet. Nothing here knows a socket, a stanza or a clock. */
@NullMarked
package org.confocal.focus;

import org.jspecify.annotations.NullMarked;
