package org.confocal.focus.conference.state;

import java.time.Instant;
import java.util.Optional;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.EndpointId;

/**
 * A bridge that is not to be taken while there is another one.
 *
 * @param who the one who is moved away from it; empty for everybody: an allocation of the conference failed there
 */
public record Avoidance(Optional<EndpointId> who, BridgeId bridge, Instant until) {}
