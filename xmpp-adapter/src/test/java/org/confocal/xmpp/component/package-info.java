/** Tests of the component. */
@NullMarked
package org.confocal.xmpp.component;

import org.jspecify.annotations.NullMarked;
