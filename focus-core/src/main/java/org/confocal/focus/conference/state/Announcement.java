package org.confocal.focus.conference.state;

import org.confocal.focus.model.EndpointSources;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.EndpointId;

/**
 * What bridges were told of an endpoint on another bridge. All of them were told the same, each over the one relay over
 * which it hears the endpoint's bridge.
 *
 * @param home the endpoint's own bridge
 */
public record Announcement(EndpointId id, BridgeId home, EndpointSources sources) {}
