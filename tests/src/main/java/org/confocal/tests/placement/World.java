package org.confocal.tests.placement;

import java.util.List;
import org.confocal.strategy.network.EgressPrices;

/** Where a run takes place: geography, bridges, prices, and how bridges of a conference are linked. Immutable. */
record World(Geography geography, List<Machine> machines, Tariffs tariffs, Topology topology) {
    /** How the bridges of a conference may be linked. */
    interface Topology {
        /** Of these the one is taken whose relays cost least now; the first of equals. */
        List<Wiring> wirings(List<Machine> used);
    }

    World {
        machines = List.copyOf(machines);
    }

    /** With full meshes, as Jicofo makes them. */
    static World of(Geography geography, List<Machine> machines, EgressPrices prices) {
        return new World(
                geography, machines, new Tariffs(machines, prices), used -> List.of(Wiring.mesh(used, geography)));
    }

    World with(Topology other) {
        return new World(geography, machines, tariffs, other);
    }
}
