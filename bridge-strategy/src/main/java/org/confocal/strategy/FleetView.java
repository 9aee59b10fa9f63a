package org.confocal.strategy;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/** The bridges that a strategy may look at: immutable while it looks. */
public interface FleetView {

    /** All bridges of this view, in the order in which they joined the brewery. */
    Collection<BridgeSnapshot> bridges();

    /** One of them. */
    Optional<BridgeSnapshot> bridge(BridgeId id);

    /**
     * The load of a bridge: what it reported, plus what has been promised to it since and is not in the report yet.
     *
     * @return stress without a unit: 0 idle, 1 full, above 1 overloaded
     */
    double stress(BridgeSnapshot bridge, Instant at);

    /** How many endpoints of this focus are on a bridge now; 0 for one that is not here. */
    int endpoints(BridgeId id);
}
