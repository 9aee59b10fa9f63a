package org.confocal.tests.placement;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.confocal.strategy.BridgeId;

/** Jicofo's load redistribution, carried out. */
final class Redistributor implements Runnable {
    private final Day day;
    private final Redistribution rule;
    private final Map<BridgeId, Integer> untouchedUntilMs = new HashMap<>();

    Redistributor(Day day, Redistribution rule) {
        this.day = day;
        this.rule = rule;
    }

    @Override
    public void run() {
        List<Machine> machines = day.running();
        double threshold = day.fleet().stressThreshold();
        if (machines.stream().allMatch(machine -> stress(machine) >= threshold)) {
            return;
        }
        for (Machine machine : machines) {
            if (stress(machine) >= rule.threshold() && untouchedUntilMs.getOrDefault(machine.id(), 0) <= day.nowMs()) {
                untouchedUntilMs.put(
                        machine.id(), day.nowMs() + (int) rule.timeout().toMillis());
                relieve(machine);
            }
        }
    }

    private double stress(Machine machine) {
        return day.fleet()
                .bridge(machine.id())
                .map(bridge -> day.fleet().stress(bridge, day.now()))
                .orElse(Double.POSITIVE_INFINITY);
    }

    private void relieve(Machine machine) {
        int left = rule.endpoints();
        List<Call> largestFirst = day.callsOn(machine).stream()
                .sorted(Comparator.comparingInt((Call call) -> call.peopleOn(machine))
                        .reversed())
                .toList();
        for (Call call : largestFirst) {
            for (int person : call.whoIsOn(machine)) {
                if (left-- <= 0) {
                    return;
                }
                day.placeAgain(call, person, machine);
            }
        }
    }
}
