package org.confocal.focus.conference.state;

import java.util.Optional;
import org.confocal.focus.model.BridgeSessionId;
import org.confocal.focus.model.EndpointSources;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.Region;

/**
 * The conference on one bridge. It exists from the first endpoint's create to the last endpoint's expire.
 *
 * @param relayId what the bridge can be linked to others by
 * @param sight whether the bridge is known to be there
 * @param feedback the bridge's own sources; empty until its first answer, fixed from then on (spec/03, section 2.5)
 */
public record BridgeSession(
        BridgeId bridge,
        BridgeSessionId id,
        Optional<Region> region,
        Optional<String> relayId,
        Sight sight,
        Optional<EndpointSources> feedback) {

    /** Whether the focus can see the bridge. */
    public enum Sight {
        SEEN,
        /** It left the brewery while the focus had no stream: that may have been the focus leaving. */
        MISSING
    }

    public BridgeSession with(Sight next) {
        return new BridgeSession(bridge, id, region, relayId, next, feedback);
    }

    public BridgeSession withFeedback(EndpointSources first) {
        return new BridgeSession(bridge, id, region, relayId, sight, Optional.of(first));
    }
}
