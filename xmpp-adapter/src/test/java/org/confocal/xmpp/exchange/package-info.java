/** Tests of requests, answers and what surrounds them. */
@NullMarked
package org.confocal.xmpp.exchange;

import org.jspecify.annotations.NullMarked;
