/**
 * A small world for a focus to practise in: a server, a bridge and people, on this machine's loopback. A process that waits for
 * its turn plays there what it will do later, so that its code is compiled by then. Nothing of it leaves the machine.
 */
@NullMarked
package org.confocal.rehearsal;

import org.jspecify.annotations.NullMarked;
