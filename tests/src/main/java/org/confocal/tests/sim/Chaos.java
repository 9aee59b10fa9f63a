package org.confocal.tests.sim;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Every random choice of a run, and the count of the faults that were injected. How much goes wrong is drawn once a seed,
 * so that some runs are calm and some are storms; {@link #calm} ends all faults.
 */
final class Chaos {
    private final SplittableRandom random;
    private final Map<Fault, Double> probability = new EnumMap<>(Fault.class);
    private final Map<Fault, Long> injected = new EnumMap<>(Fault.class);
    /** In every so-manieth world processes of the focus end, and nothing else goes wrong: nobody may notice there. */
    private static final int NOTHING_ELSE = 16;

    private static final Set<Fault> UNNOTICED =
            Set.of(Fault.PROCESS_KILLED, Fault.PROCESS_KILLED_TAKING_UP, Fault.HANDED_OVER);

    private final boolean unnoticed;
    private boolean calm;

    Chaos(long seed) {
        random = new SplittableRandom(seed);
        unnoticed = isUnnoticed(seed);
        double storm = Math.pow(random.nextDouble(), 2);
        for (Fault fault : Fault.values()) {
            // A third of the kinds is absent from each run: a fault that hides another one must sometimes be missing.
            boolean absent = random.nextInt(3) == 0;
            probability.put(fault, absent ? 0 : storm * random.nextDouble() * 0.3);
            if (unnoticed) {
                probability.put(fault, UNNOTICED.contains(fault) ? 0.4 : 0);
            }
            injected.put(fault, 0L);
        }
    }

    /** Whether nothing goes wrong in the world of that seed but that processes of the focus end. */
    static boolean isUnnoticed(long seed) {
        return Math.floorMod(seed, NOTHING_ELSE) == NOTHING_ELSE - 3;
    }

    /** Whether nothing goes wrong but that processes of the focus end. */
    boolean isUnnoticed() {
        return unnoticed;
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
