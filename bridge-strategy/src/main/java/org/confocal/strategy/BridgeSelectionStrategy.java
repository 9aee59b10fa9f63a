package org.confocal.strategy;

/** Chooses among bridges. Stateless, pure, and called from any thread. */
public interface BridgeSelectionStrategy {

    /** The name that configuration and explanations use. */
    String name();

    /**
     * Chooses a bridge. The fleet is already narrowed down to the bridges that may be taken at all.
     *
     * @return a bridge of {@code fleet}, or why none of them
     */
    Selection select(SelectionRequest request, FleetView fleet);

    /** Whether this strategy ever spreads a conference over several bridges, given that they can relay. */
    default Reach reach() {
        return Reach.MANY_BRIDGES;
    }

    /** How many bridges a strategy uses for one conference. */
    enum Reach {
        ONE_BRIDGE,
        MANY_BRIDGES
    }
}
