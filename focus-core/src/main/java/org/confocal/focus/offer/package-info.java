/**
 * What a participant is offered: codecs, header extensions, capabilities and sources, from its features and the
 * configuration. Pure functions; how an offer is written on the wire is not known here.
 */
@NullMarked
package org.confocal.focus.offer;

import org.jspecify.annotations.NullMarked;
