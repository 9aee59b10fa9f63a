/** Tests of the way into Prosody, with a real Prosody and with servers that misbehave. */
@NullMarked
package org.confocal.xmpp;

import org.jspecify.annotations.NullMarked;
