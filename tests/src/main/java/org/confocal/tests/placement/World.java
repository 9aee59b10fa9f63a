package org.confocal.tests.placement;

import java.util.List;
import org.confocal.strategy.cascade.CascadeMember;
import org.confocal.strategy.cascade.CascadePlanner;
import org.confocal.strategy.network.EgressPrices;

/** Where a run takes place: geography, bridges, prices, and how bridges of a conference are linked. Immutable. */
record World(Geography geography, List<Machine> machines, Tariffs tariffs, Topology topology) {
    /** How the bridges of a conference may be linked. */
    interface Topology {
        /**
         * Of these the one is taken whose relays cost least now; the first of equals.
         *
         * @param present how they were linked until now, or some of them
         * @param members what each of the machines carries
         */
        List<Wiring> wirings(Wiring present, List<Machine> used, List<CascadeMember> members);
    }

    /** Full meshes, as Jicofo makes them. */
    static Topology meshes(Geography geography) {
        return (present, used, members) -> List.of(Wiring.mesh(used, geography));
    }

    /** As a planner links them, with no link changed that may stay. */
    static Topology planned(CascadePlanner planner, Geography geography) {
        return (present, used, members) ->
                List.of(Wiring.of(planner.adapt(present.cascade(), members), used, geography));
    }

    World {
        machines = List.copyOf(machines);
    }

    /** With full meshes. */
    static World of(Geography geography, List<Machine> machines, EgressPrices prices) {
        return new World(geography, machines, new Tariffs(machines, prices), meshes(geography));
    }

    World with(Topology other) {
        return new World(geography, machines, tariffs, other);
    }
}
