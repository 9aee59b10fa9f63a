/**
 * What a conference knows, as immutable records: everything of it can be written down and read back. No decisions are
 * made here, and nothing but values may be stored here.
 */
@NullMarked
package org.confocal.focus.conference.state;

import org.jspecify.annotations.NullMarked;
