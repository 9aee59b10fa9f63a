/** The XEP-0114 component on Netty, and the holding of its stream by {@code mod_confocal_hold}. */
@NullMarked
package org.confocal.xmpp.component;

import org.jspecify.annotations.NullMarked;
