package org.confocal.focus.model;

import java.util.Optional;
import org.confocal.strategy.RoomId;

/**
 * What the room's configuration form said when the focus joined (spec/02, section 5.1).
 *
 * @param meetingId empty where Prosody's meeting id module is not loaded
 * @param mainRoom of a breakout room
 * @param presetsService whether a first room metadata message is to be waited for
 */
public record RoomForm(
        Optional<MeetingId> meetingId, boolean breakout, Optional<RoomId> mainRoom, boolean presetsService) {
    /** A plain MUC without Jitsi's modules. */
    public static final RoomForm PLAIN = new RoomForm(Optional.empty(), false, Optional.empty(), false);
}
