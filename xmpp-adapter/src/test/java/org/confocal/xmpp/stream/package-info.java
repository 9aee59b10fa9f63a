/** Tests of reading and writing streams. */
@NullMarked
package org.confocal.xmpp.stream;

import org.jspecify.annotations.NullMarked;
