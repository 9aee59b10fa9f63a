package org.confocal.tests.placement;

import java.util.ArrayList;
import java.util.List;

/**
 * How the bridges of one conference are linked, by their position in it: how long media travel between any two of them, and
 * whose media every link carries. Immutable.
 */
final class Wiring {
    /** One direction of a link, and the bridges whose people's media it carries. */
    static final class Flow {
        final int from;
        final int to;
        private final int[] origins;

        private Flow(int from, int to, int... origins) {
            this.from = from;
            this.to = to;
            this.origins = origins;
        }

        /** What this link carries, of what every bridge's people send. */
        double carried(double[] sentFrom) {
            double sum = 0;
            for (int origin : origins) {
                sum += sentFrom[origin];
            }
            return sum;
        }
    }

    private final double[][] pathMs;
    private final List<Flow> flows;

    private Wiring(double[][] pathMs, List<Flow> flows) {
        this.pathMs = pathMs;
        this.flows = flows;
    }

    /** Everybody with everybody. */
    static Wiring mesh(List<Machine> machines, Geography geography) {
        int count = machines.size();
        double[][] pathMs = new double[count][count];
        List<Flow> flows = new ArrayList<>(count * (count - 1));
        for (int from = 0; from < count; from++) {
            for (int to = 0; to < count; to++) {
                if (from != to) {
                    pathMs[from][to] = geography.betweenMs(
                            machines.get(from).region(), machines.get(to).region());
                    flows.add(new Flow(from, to, from));
                }
            }
        }
        return new Wiring(pathMs, List.copyOf(flows));
    }

    /** Round trip from one bridge to the other over the cascade; 0 to itself. */
    double pathMs(int from, int to) {
        return pathMs[from][to];
    }

    /** Every link, once for each direction. */
    List<Flow> flows() {
        return flows;
    }
}
