package org.confocal.focus.model;

import java.util.Optional;

/**
 * One media source as signalled (spec/03, section 3).
 *
 * @param name the source name, as in {@code 71f4c820-v0}
 * @param msid WebRTC's stream and track id, separated by a space
 */
public record Source(Ssrc ssrc, MediaType media, Optional<String> name, Optional<String> msid, VideoType videoType) {}
