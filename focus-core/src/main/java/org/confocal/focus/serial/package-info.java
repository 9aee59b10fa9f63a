/**
 * One thing after the other without a lock: mailboxes that are worked off serially on a shared pool, and keyed timers for
 * whoever owns such a mailbox. Knows nothing of conferences or bridges.
 */
@NullMarked
package org.confocal.focus.serial;

import org.jspecify.annotations.NullMarked;
