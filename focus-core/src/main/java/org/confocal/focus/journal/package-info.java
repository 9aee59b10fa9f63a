/** What a focus needs to go on after its process has ended, and who keeps it. */
@NullMarked
package org.confocal.focus.journal;

import org.jspecify.annotations.NullMarked;
