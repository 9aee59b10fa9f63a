/**
 * Who sends what: the sources of a conference, what of them a receiver is shown, and what a receiver has still to be told.
 * Values and decisions about values only; no wire format, no clock, no session.
 */
@NullMarked
package org.confocal.focus.source;

import org.jspecify.annotations.NullMarked;
