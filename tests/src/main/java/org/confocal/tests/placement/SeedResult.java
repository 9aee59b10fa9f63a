package org.confocal.tests.placement;

import java.util.List;

/** What all contenders made of one day. */
record SeedResult(long seed, Workload workload, List<DayResult> days) {
    DayResult day(String contender) {
        return days.stream()
                .filter(day -> day.contender().equals(contender))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("nobody is called " + contender));
    }
}
