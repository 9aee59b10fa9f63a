package org.confocal.focus.model;

import java.util.Map;
import org.confocal.strategy.RoomId;

/**
 * The answer to a {@link ConferenceRequest}. The focus JID is added by the adapter, which knows it.
 *
 * @param ready whether the focus is in the room; if not, the client asks again with back-off
 * @param properties as in {@code authentication=false}
 */
public record ConferenceAnswer(RoomId room, boolean ready, Map<String, String> properties) {
    public ConferenceAnswer {
        properties = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(properties));
    }
}
