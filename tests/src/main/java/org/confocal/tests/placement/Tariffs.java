package org.confocal.tests.placement;

import java.util.List;
import org.confocal.strategy.network.EgressPrices;

/** What traffic of the simulated fleet costs, looked up by number: $ for one kbit/s during one millisecond. Immutable. */
final class Tariffs {
    /** $ per GB for 1 kbit/s during 1 ms. */
    private static final double GIGABYTES = 1000.0 / 8 / 1000 / 1e9;

    private final double[] internet;
    private final double[][] between;

    Tariffs(List<Machine> machines, EgressPrices prices) {
        internet = new double[machines.size()];
        between = new double[machines.size()][machines.size()];
        for (Machine from : machines) {
            internet[from.number()] = GIGABYTES * prices.internet(from.kind());
            for (Machine to : machines) {
                between[from.number()][to.number()] = GIGABYTES * prices.between(from.kind(), to.kind());
            }
        }
    }

    double internet(Machine from) {
        return internet[from.number()];
    }

    double between(Machine from, Machine to) {
        return between[from.number()][to.number()];
    }
}
