/** The XEP-0114 component: Netty lives here and in {@code stream}, and nowhere else. */
@NullMarked
package org.confocal.xmpp.component;

import org.jspecify.annotations.NullMarked;
