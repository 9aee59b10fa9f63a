package org.confocal.strategy;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Iterator;
import java.util.Optional;

/** The bridges that a strategy may look at: immutable while it looks. */
public interface FleetView {

    /** All bridges of this view, in the order in which they joined the brewery. */
    Collection<BridgeSnapshot> bridges();

    /** One of them. */
    Optional<BridgeSnapshot> bridge(BridgeId id);

    /**
     * A bridge of the whole fleet, whether it may be chosen or not: where a bridge is that carries the conference, and takes
     * nobody any more.
     */
    Optional<BridgeSnapshot> known(BridgeId id);

    /** The kinds of bridges in this view, in no particular order. */
    Collection<BridgeKind> kinds();

    /** The kind of a bridge. */
    BridgeKind kind(BridgeSnapshot bridge);

    /**
     * Bridges in ascending order of stress; of equally stressed ones those with fewest endpoints first, then those that
     * joined the brewery first. Lazy: whoever takes the first few pays for a few.
     */
    Iterator<BridgeSnapshot> byStress(Instant at);

    /** The same, of one kind only. */
    Iterator<BridgeSnapshot> byStress(BridgeKind kind, Instant at);

    /**
     * The load of a bridge: what it reported, plus what has been promised to it since and is not in the report yet.
     *
     * @return stress without a unit: 0 idle, 1 full, above 1 overloaded
     */
    double stress(BridgeSnapshot bridge, Instant at);

    /** Packets per second, in and out together, at which a bridge is full: its stress is 1. */
    double maxPacketRate(BridgeSnapshot bridge);

    /** What participants and relays cost, as far as is known by now: the figures of the configuration and what was learnt. */
    LoadModel loadModel();

    /** From this stress on a bridge is overloaded; above 0. */
    double stressThreshold();

    /** How many endpoints of this focus are on a bridge now; 0 for one that is not here. */
    int endpoints(BridgeId id);

    /** How many conferences of this focus have endpoints on a bridge now; 0 for one that is not here. */
    int conferences(BridgeId id);

    /**
     * When a conference last came to a bridge, as a number that grows with each conference that comes to any bridge; 0 where
     * none ever came, or the bridge is not here. For taking turns.
     */
    long turn(BridgeId id);

    /**
     * How many endpoints were placed on a bridge for a conference lately, whether or not they are still there. A conference
     * that has left the bridge meanwhile begins at 0.
     *
     * @param within a second to 10 minutes, counted in whole seconds
     */
    int recentlyAdded(BridgeId id, RoomId room, Duration within, Instant at);
}
