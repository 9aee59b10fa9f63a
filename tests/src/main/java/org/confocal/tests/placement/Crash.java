package org.confocal.tests.placement;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A bridge dies, and is back, empty, as a new one. Milliseconds since the run began. */
record Crash(int machine, int atMs, int backMs) {
    private static final double DAYS_BETWEEN = 30;
    private static final int SHORTEST_BOOT_MS = 180_000;
    private static final int LONGEST_BOOT_MS = 480_000;

    /** Of every bridge once in 30 days on average; it takes 180 to 480 s to boot (placement.md, section 5). */
    static List<Crash> ofDay(List<Machine> machines, Scenario scenario, long seed) {
        SplittableRandom random = new SplittableRandom(seed).split();
        List<Crash> crashes = new ArrayList<>();
        for (Machine machine : machines) {
            boolean dies = random.nextDouble() < scenario.hours() / 24 / DAYS_BETWEEN;
            int at = random.nextInt(scenario.lengthMs());
            int back = at + random.nextInt(SHORTEST_BOOT_MS, LONGEST_BOOT_MS);
            if (dies) {
                crashes.add(new Crash(machine.number(), at, back));
            }
        }
        return crashes;
    }
}
