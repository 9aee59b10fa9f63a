package org.confocal.xmpp;

import java.util.Map;
import java.util.Optional;
import org.jxmpp.jid.DomainBareJid;

/**
 * What Prosody says it has beside the rooms (spec/01, section 4): the address of each Jitsi component by its type. Empty on
 * a plain Prosody; the features that need a component are then inactive.
 */
public record DiscoveredComponents(Map<String, DomainBareJid> byType) {

    /** At most this many are read from one answer. */
    public static final int MAX_COMPONENTS = 100;

    public static final DiscoveredComponents NONE = new DiscoveredComponents(Map.of());

    public DiscoveredComponents {
        byType = Map.copyOf(byType);
    }

    /** Its messages about who may speak are trusted. */
    public Optional<DomainBareJid> avModeration() {
        return Optional.ofNullable(byType.get("av_moderation"));
    }

    /** Rooms of this MUC service are breakout rooms. */
    public Optional<DomainBareJid> breakoutRooms() {
        return Optional.ofNullable(byType.get("breakout_rooms"));
    }

    /** Its messages about a room's metadata are trusted. */
    public Optional<DomainBareJid> roomMetadata() {
        return Optional.ofNullable(byType.get("room_metadata"));
    }

    /** Where visitor IQs go. */
    public Optional<DomainBareJid> visitors() {
        return Optional.ofNullable(byType.get("visitors"));
    }
}
