/**
 * Configuration: an existing {@code jicofo.conf}, Confocal's own keys beside it, and what is wrong with either, in words.
 * Values leave this package checked; nothing else reads HOCON.
 */
@NullMarked
package org.confocal.config;

import org.jspecify.annotations.NullMarked;
