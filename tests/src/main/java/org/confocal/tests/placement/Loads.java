package org.confocal.tests.placement;

import java.util.List;

/** The true load of every bridge, and what there is to say about it over time. Mutable. */
final class Loads {
    /** From this stress on a bridge is hot (placement.md, section 5). */
    static final double HOT = 0.8;

    private final List<Machine> machines;
    private final double[] packets;
    private final int[] people;
    private final int[] sinceMs;
    private final Histogram stress = new Histogram(0.005, 1000);
    private double highest;
    private double hotPersonMs;
    private double hotMs;
    private double fullMs;

    Loads(List<Machine> machines) {
        this.machines = machines;
        packets = new double[machines.size()];
        people = new int[machines.size()];
        sinceMs = new int[machines.size()];
    }

    /** So many packets per second and people more (or, negative, fewer) from now on. */
    void change(Machine machine, double morePackets, int morePeople, int nowMs) {
        settle(machine, nowMs);
        packets[machine.number()] += morePackets;
        people[machine.number()] += morePeople;
    }

    private void settle(Machine machine, int nowMs) {
        int number = machine.number();
        int elapsed = nowMs - sinceMs[number];
        // What has not lasted for a millisecond is not a load: one event may change a bridge in several steps.
        if (elapsed > 0) {
            double now = stress(machine);
            stress.add(now, elapsed);
            highest = Math.max(highest, now);
            if (now > HOT) {
                hotPersonMs += (double) people[number] * elapsed;
                hotMs += elapsed;
                fullMs += now > 1 ? elapsed : 0;
            }
            sinceMs[number] = nowMs;
        }
    }

    /** Takes account of all bridges up to now. */
    void settle(int nowMs) {
        machines.forEach(machine -> settle(machine, nowMs));
    }

    /** Never below 0, whatever is left of many additions and subtractions. */
    double stress(Machine machine) {
        return Math.max(0, packets[machine.number()]) / machine.capacity();
    }

    double packets(Machine machine) {
        return Math.max(0, packets[machine.number()]);
    }

    int bridges() {
        return machines.size();
    }

    int people(Machine machine) {
        return people[machine.number()];
    }

    /** Of the load over time and bridges. */
    Histogram stress() {
        return stress;
    }

    double highest() {
        return highest;
    }

    /** Minutes that people spent on bridges above {@value #HOT}. */
    double hotPersonMinutes() {
        return hotPersonMs / 60_000;
    }

    /** The share of all bridge time spent above {@value #HOT}. */
    double hotShare() {
        return stress.total() > 0 ? hotMs / stress.total() : 0;
    }

    /** The share of all bridge time spent above 1. */
    double fullShare() {
        return stress.total() > 0 ? fullMs / stress.total() : 0;
    }
}
