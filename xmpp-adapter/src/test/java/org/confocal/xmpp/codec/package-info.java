/** Codecs against recorded stanzas. */
@NullMarked
package org.confocal.xmpp.codec;

import org.jspecify.annotations.NullMarked;
