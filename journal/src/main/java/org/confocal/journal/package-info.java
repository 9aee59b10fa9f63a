/**
 * Keeps what a focus needs to go on after its process has ended, in one file of its own format, and passes it to the next
 * process. Knows keys and bytes, nothing of conferences and stanzas.
 */
@NullMarked
package org.confocal.journal;

import org.jspecify.annotations.NullMarked;
