/**
 * What operators read over HTTP: health, version, statistics, metrics and debug state, and the HTTP form of a conference
 * request. Pages are pure functions of a {@code FocusSnapshot}; {@code HealthServer} and {@code Router} are the only
 * classes that know Jetty, {@code FocusMeters} the only one that knows Micrometer. Nothing here changes a conference.
 */
@NullMarked
package org.confocal.health;

import org.jspecify.annotations.NullMarked;
