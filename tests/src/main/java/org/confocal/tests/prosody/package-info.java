/** A Prosody of one's own, in a temporary folder and on free ports, with the hosts of a small Jitsi deployment. */
@NullMarked
package org.confocal.tests.prosody;

import org.jspecify.annotations.NullMarked;
