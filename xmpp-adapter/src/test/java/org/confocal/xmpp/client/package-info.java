/** Tests of the client login. */
@NullMarked
package org.confocal.xmpp.client;

import org.jspecify.annotations.NullMarked;
