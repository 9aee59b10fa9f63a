package org.confocal.tests.sim;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Every random choice of a run, and the count of the faults that were injected. How much goes wrong is drawn once a seed,
 * so that some runs are calm and some are storms; {@link #calm} ends all faults.
 */
final class Chaos {
    private final SplittableRandom random;
    private final Map<Fault, Double> probability = new EnumMap<>(Fault.class);
    private final Map<Fault, Long> injected = new EnumMap<>(Fault.class);
    private boolean calm;

    Chaos(long seed) {
        random = new SplittableRandom(seed);
        double storm = Math.pow(random.nextDouble(), 2);
        for (Fault fault : Fault.values()) {
            // A third of the kinds is absent from each run: a fault that hides another one must sometimes be missing.
            boolean absent = random.nextInt(3) == 0;
            probability.put(fault, absent ? 0 : storm * random.nextDouble() * 0.3);
            injected.put(fault, 0L);
        }
    }

    /** Whether this goes wrong now; counted if so. */
    boolean strikes(Fault fault) {
        if (calm || random.nextDouble() >= probability.getOrDefault(fault, 0.0)) {
            return false;
        }
        injected.merge(fault, 1L, Long::sum);
        return true;
    }

    /** From now on nothing goes wrong. */
    void calm() {
        calm = true;
    }

    boolean isCalm() {
        return calm;
    }

    Map<Fault, Long> injected() {
        return injected;
    }

    boolean chance(double probabilityOfYes) {
        return random.nextDouble() < probabilityOfYes;
    }

    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    long number() {
        return random.nextLong();
    }

    Duration millis(int least, int most) {
        return Duration.ofMillis(between(least, most));
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
