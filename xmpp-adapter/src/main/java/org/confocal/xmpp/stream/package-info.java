/**
 * Connections, and bytes to stanzas and back: what both ways in have in common below the stanza. Nothing here knows what a
 * stanza means.
 */
@NullMarked
package org.confocal.xmpp.stream;

import org.jspecify.annotations.NullMarked;
