package org.confocal.focus.model;

import java.util.Map;
import java.util.Optional;

/**
 * What the focus shows in the room (spec/02, section 6).
 *
 * @param etherpad the shared document's name
 * @param properties the conference properties, in a fixed order
 * @param bridgeNotAvailable whether the last selection failed
 */
public record FocusPresence(Optional<String> etherpad, Map<String, String> properties, boolean bridgeNotAvailable) {
    public FocusPresence {
        properties = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(properties));
    }
}
