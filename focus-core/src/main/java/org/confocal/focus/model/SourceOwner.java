package org.confocal.focus.model;

import org.confocal.strategy.EndpointId;

/** Whose source it is: an endpoint's, or the bridge's own feedback source, written {@code jvb} on the wire. */
public sealed interface SourceOwner {
    /** The bridge. */
    record Bridge() implements SourceOwner {}

    /** A participant. */
    record Endpoint(EndpointId id) implements SourceOwner {}
}
