/**
 * Who may open a room (spec/02, section 4): authentication sessions and what is decided by them. Pure decisions over a table
 * that one thread at a time owns; nothing here knows a clock, a thread or a stanza.
 */
@NullMarked
package org.confocal.focus.authentication;

import org.jspecify.annotations.NullMarked;
