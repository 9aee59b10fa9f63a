/** The login as an ordinary client, which is what an existing Jicofo site has, on Netty. */
@NullMarked
package org.confocal.xmpp.client;

import org.jspecify.annotations.NullMarked;
