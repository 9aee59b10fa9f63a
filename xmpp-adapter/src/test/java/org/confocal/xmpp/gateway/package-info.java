/** Gateways against a connection that only a test moves. */
@NullMarked
package org.confocal.xmpp.gateway;

import org.jspecify.annotations.NullMarked;
