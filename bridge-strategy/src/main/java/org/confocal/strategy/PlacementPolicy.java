package org.confocal.strategy;

/**
 * A site's own rules for where a conference may be, from outside: a customer's pool, a country's law, a room's size. Asked
 * once for each selection, before the strategy, which then sees only what is allowed. Called from any thread, at any rate;
 * it must not wait, and answers at once from what it knows.
 */
@FunctionalInterface
public interface PlacementPolicy {
    /** Everybody may be anywhere. */
    PlacementPolicy ALLOW_ALL = request -> PlacementRules.NONE;

    /** What holds for this request. */
    PlacementRules rules(SelectionRequest request);
}
