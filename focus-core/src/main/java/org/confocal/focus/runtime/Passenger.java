package org.confocal.focus.runtime;

import org.confocal.strategy.Audience;
import org.confocal.strategy.EndpointId;

/** Somebody on a bridge who can be moved. */
public record Passenger(EndpointId id, Audience audience) {}
