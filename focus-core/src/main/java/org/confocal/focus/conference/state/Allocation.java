package org.confocal.focus.conference.state;

import org.confocal.focus.model.BridgeSessionId;
import org.confocal.strategy.BridgeId;

/** Where an endpoint is: on this bridge, in this session with it. */
public record Allocation(BridgeId bridge, BridgeSessionId session) {}
