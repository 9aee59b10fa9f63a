/** The words of the protocol as values: who, which source, which transport, which offer. No stanza, no behaviour. */
@NullMarked
package org.confocal.focus.model;

import org.jspecify.annotations.NullMarked;
