/**
 * Requests and their answers, and who hears of what: the part of a connection that is the same for a component and a
 * client. No socket lives here.
 */
@NullMarked
package org.confocal.xmpp.exchange;

import org.jspecify.annotations.NullMarked;
