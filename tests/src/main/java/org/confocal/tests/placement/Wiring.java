package org.confocal.tests.placement;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.cascade.Cascade;

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

    private final Cascade cascade;
    private final double[][] pathMs;
    private final List<Flow> flows;

    private Wiring(Cascade cascade, double[][] pathMs, List<Flow> flows) {
        this.cascade = cascade;
        this.pathMs = pathMs;
        this.flows = flows;
    }

    /** As a cascade has it; its bridges are those of the machines. */
    static Wiring of(Cascade cascade, List<Machine> machines, Geography geography) {
        int count = machines.size();
        List<BridgeId> ids = machines.stream().map(Machine::id).toList();
        double[][] pathMs = new double[count][count];
        List<Flow> flows = new ArrayList<>();
        for (int from = 0; from < count; from++) {
            for (Cascade.Relay relay : cascade.relaysOf(ids.get(from))) {
                // What the peer hears over its relay to this bridge comes from these.
                int[] origins = cascade.heardOver(relay.peer(), ids.get(from)).stream()
                        .mapToInt(ids::indexOf)
                        .toArray();
                flows.add(new Flow(from, ids.indexOf(relay.peer()), origins));
            }
            for (int to = 0; to < count; to++) {
                List<BridgeId> path = cascade.path(ids.get(from), ids.get(to));
                for (int step = 1; step < path.size(); step++) {
                    int a = ids.indexOf(path.get(step - 1));
                    pathMs[from][to] += legMs(machines, a, ids.indexOf(path.get(step)), geography);
                }
            }
        }
        return new Wiring(cascade, pathMs, List.copyOf(flows));
    }

    /** What a planner made it of; empty where none did. */
    Cascade cascade() {
        return cascade;
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
        return new Wiring(Cascade.empty(), pathMs, List.copyOf(flows));
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
        return new Wiring(Cascade.empty(), pathMs, List.copyOf(flows));
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
