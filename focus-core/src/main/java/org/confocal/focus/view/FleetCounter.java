package org.confocal.focus.view;

/** What the fleet counts. The name on the wire is made of the constant's. */
public enum FleetCounter {
    /** Allocations that failed and count against their bridge. */
    ALLOCATIONS_FAILED,
    /** Bridges that went out of the choice because allocations failed. */
    BREAKERS_OPENED,
    /** Bridges that one conference tried after such a pause. */
    BREAKERS_PROBED,
    /** Bridges that came back because an allocation succeeded. */
    BREAKERS_CLOSED
}
