package org.confocal.tests.placement;

/**
 * How much happens.
 *
 * @param concurrent conferences at the peak of a whole day
 * @param startHour UTC, when the run begins, with no conference yet
 * @param hours how long it lasts
 */
record Scenario(int concurrent, double startHour, double hours) {
    Scenario {
        if (concurrent < 1 || concurrent > 100_000) {
            throw new IllegalArgumentException("1 to 100000 concurrent conferences, not " + concurrent);
        }
        if (!(startHour >= 0 && startHour < 24 && hours > 0 && hours <= 24)) {
            throw new IllegalArgumentException("a run starts at 0 to 24 h and lasts up to 24 h");
        }
    }

    static Scenario day(int concurrent) {
        return new Scenario(concurrent, 0, 24);
    }

    int lengthMs() {
        return (int) (hours * 3_600_000);
    }
}
