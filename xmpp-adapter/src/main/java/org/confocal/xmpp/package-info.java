/** Prosody as the focus sees it. Stanzas end here; above are the records of focus-core. */
@NullMarked
package org.confocal.xmpp;

import org.jspecify.annotations.NullMarked;
