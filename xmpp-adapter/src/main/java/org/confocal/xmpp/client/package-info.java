/** The login as an ordinary client, which is what an existing Jicofo site has. Smack's TCP connection lives here only. */
@NullMarked
package org.confocal.xmpp.client;

import org.jspecify.annotations.NullMarked;
