package org.confocal.tests.placement;

import java.util.List;
import org.confocal.strategy.network.EgressPrices;

/** Where a run takes place: geography, bridges and prices. Immutable but for the run that uses it. */
record World(Geography geography, List<Machine> machines, Tariffs tariffs) {
    World {
        machines = List.copyOf(machines);
    }

    static World of(Geography geography, List<Machine> machines, EgressPrices prices) {
        return new World(geography, machines, new Tariffs(machines, prices));
    }

    Wiring wiring(List<Machine> used) {
        return Wiring.mesh(used, geography);
    }
}
