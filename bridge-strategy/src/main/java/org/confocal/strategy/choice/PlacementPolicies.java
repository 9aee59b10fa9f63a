package org.confocal.strategy.choice;

import org.confocal.strategy.PlacementPolicy;

/** Placement policies by the names of their classes. Stateless. */
public final class PlacementPolicies {
    private PlacementPolicies() {}

    /** As {@link #named(String, ClassLoader)}, with plug-ins beside Confocal's own classes. */
    public static PlacementPolicy named(String name) {
        return named(name, PlugIns.besideOurs());
    }

    /**
     * A new policy.
     *
     * @param name of any public class that implements {@link PlacementPolicy} and has a public constructor without arguments
     * @throws IllegalArgumentException if there is none of that name, with the reason
     */
    public static PlacementPolicy named(String name, ClassLoader plugins) {
        try {
            return PlugIns.create(PlacementPolicy.class, name, plugins);
        } catch (PlugIns.Refused refused) {
            throw new IllegalArgumentException(
                    "unknown placement policy '" + name + "': " + refused.getMessage() + ".", refused);
        }
    }
}
