/**
 * Keeps two processes over one journal: one acts, one waits warm and goes on when the first one ends. What is here runs in a small
 * process of its own, which starts them, ends them, and is asked to go over to a new one. It may know the configuration and the
 * journal's directory, nothing of conferences or XMPP.
 */
@NullMarked
package org.confocal.pair;

import org.jspecify.annotations.NullMarked;
