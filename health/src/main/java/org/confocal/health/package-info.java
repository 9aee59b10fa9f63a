/**
 * What operators read over HTTP: health, version, statistics, metrics and debug state, and the HTTP form of a conference
 * request. Pages are pure functions of a {@code FocusSnapshot}; only {@code HealthServer}, {@code Router}, {@code
 * Reply}, {@code BodyReader} and {@code HeaderWatch} know Jetty, only {@code FocusMeters} and {@code HealthServer} Micrometer. Nothing here changes
 * a conference.
 */
@NullMarked
package org.confocal.health;

import org.jspecify.annotations.NullMarked;
