/** Bridges, their load, and the choice among them. Pure values and functions: no I/O, no XMPP, no clock, no threads. */
@NullMarked
package org.confocal.strategy;

import org.jspecify.annotations.NullMarked;
