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
    BREAKERS_CLOSED,
    /** Selections that passed a bridge over because too many of the conference came to it lately. */
    SELECTIONS_RATE_LIMITED,
    /** Bridges that clients could not reach, as their restarts tell. */
    ICE_FAILURES,
    /** Turns of people without media that had to wait, because too many lost their session at once. */
    URGENT_MOVES_POSTPONED,
    /** People moved though their media flowed. */
    CONVENIENT_MOVES,
    /** Those of them who were moved because their bridge carried too much. */
    REDISTRIBUTED,
    /** Times that people were taken from a hot bridge to bridges chosen for them. */
    BRIDGES_RELIEVED,
    /** Conferences that were looked at again after they had settled. */
    SECOND_LOOKS,
    /** People who were moved because of such a look. */
    MOVED_BY_SECOND_LOOK,
    /** Moved people whose planned bridge could not be taken any more. */
    MOVES_DIVERTED,
    /** Drains that operators began. */
    DRAINS_BEGUN,
    /** People who were told to move because of them. */
    DRAINED
}
