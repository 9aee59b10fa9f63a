/**
 * Stanzas to records and back, one class a concern. Pure: no connection, no clock, no state, never throws for what a peer
 * sent. What cannot be read becomes a value that says so.
 */
@NullMarked
package org.confocal.xmpp.codec;

import org.jspecify.annotations.NullMarked;
