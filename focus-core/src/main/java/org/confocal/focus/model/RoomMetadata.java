package org.confocal.focus.model;

import java.util.Optional;

/** The fields of a room metadata message that matter on one bridge (spec/02, section 11); empty where absent. */
public record RoomMetadata(Optional<Boolean> startAudioMuted, Optional<Boolean> startVideoMuted) {}
