package org.confocal.tests.placement;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

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
                    pathMs[from][to] = legMs(machines, from, to, geography);
                    flows.add(new Flow(from, to, from));
                }
            }
        }
        return new Wiring(pathMs, List.copyOf(flows));
    }

    /** Everybody with one of them. */
    static Wiring star(List<Machine> machines, int hub, Geography geography) {
        int count = machines.size();
        double[][] pathMs = new double[count][count];
        List<Flow> flows = new ArrayList<>(2 * count);
        for (int from = 0; from < count; from++) {
            int leaf = from;
            double legMs = legMs(machines, leaf, hub, geography);
            for (int to = 0; to < count; to++) {
                pathMs[from][to] = from == to ? 0 : legMs + legMs(machines, hub, to, geography);
            }
            if (leaf != hub) {
                flows.add(new Flow(leaf, hub, leaf));
                int[] others = IntStream.range(0, count).filter(i -> i != leaf).toArray();
                flows.add(new Flow(hub, leaf, others));
            }
        }
        return new Wiring(pathMs, List.copyOf(flows));
    }

    private static double legMs(List<Machine> machines, int a, int b, Geography geography) {
        return a == b
                ? 0
                : geography.betweenMs(machines.get(a).region(), machines.get(b).region());
    }

    /** What the relays cost by the millisecond, for what every bridge's people send. */
    double usdPerMs(List<Machine> machines, double[] upKbps, Tariffs tariffs) {
        double usd = 0;
        for (Flow flow : flows) {
            usd += flow.carried(upKbps) * tariffs.between(machines.get(flow.from), machines.get(flow.to));
        }
        return usd;
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
