package org.confocal.focus.model;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.confocal.strategy.RoomId;

/**
 * The answer to a {@link ConferenceRequest}. The focus JID is added by the adapter, which knows it.
 *
 * @param ready whether the focus is in the room; if not, the client asks again with back-off
 * @param login of the one who asked, where it has authenticated
 * @param properties as in {@code authentication=false}
 */
public record ConferenceAnswer(RoomId room, boolean ready, Optional<Login> login, Map<String, String> properties)
        implements ConferenceReply {
    public ConferenceAnswer {
        properties = java.util.Collections.unmodifiableMap(new TreeMap<>(properties));
    }

    /** To somebody without a session. */
    public ConferenceAnswer(RoomId room, boolean ready, Map<String, String> properties) {
        this(room, ready, Optional.empty(), properties);
    }

    /** The same with these properties as well; its own win. */
    public ConferenceAnswer with(Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(more);
        all.putAll(properties);
        return new ConferenceAnswer(room, ready, login, all);
    }
}
