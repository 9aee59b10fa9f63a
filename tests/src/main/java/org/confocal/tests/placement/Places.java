package org.confocal.tests.placement;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.confocal.tests.placement.Geography.Metro;

/**
 * Which metros a conference draws its people from (placement.md, section 5): of conferences of three and more, 50 % are of
 * one metro, 33 % of two, the others of three to six; of conferences of two, 60 % are of one metro. A further metro lies
 * within 2,500 km of the first one in 70 % of the cases. The first metro has 60 % of the people.
 */
final class Places {
    private static final double NEAR_KM = 2500;
    private static final double NEAR_SHARE = 0.7;
    private static final double MAJORITY_SHARE = 0.6;
    private static final int MOST_METROS = 6;

    private final double[] weights;
    /** By home metro: the weights of those near it, and of the others. */
    private final double[][] near;

    private final double[][] far;

    Places(List<Metro> metros) {
        int count = metros.size();
        weights = metros.stream().mapToDouble(Metro::weight).toArray();
        near = new double[count][count];
        far = new double[count][count];
        for (int home = 0; home < count; home++) {
            for (int other = 0; other < count; other++) {
                if (other != home) {
                    boolean close = metros.get(home)
                                    .place()
                                    .kilometresTo(metros.get(other).place())
                            <= NEAR_KM;
                    (close ? near : far)[home][other] = weights[other];
                }
            }
        }
    }

    int home(SplittableRandom random) {
        return drawn(weights, random);
    }

    /** The metros of a conference, its home first; not more than people. */
    List<Integer> metros(int home, int people, SplittableRandom random) {
        int wanted = Math.min(people, count(people, random));
        return spread(home, wanted, random);
    }

    /** So many different metros, the home first. */
    List<Integer> spread(int home, int wanted, SplittableRandom random) {
        List<Integer> metros = new ArrayList<>(List.of(home));
        int attempts = 0;
        while (metros.size() < wanted && attempts++ < 100) {
            double[] among = random.nextDouble() < NEAR_SHARE ? near[home] : far[home];
            int other = drawn(among, random);
            if (other >= 0 && !metros.contains(other)) {
                metros.add(other);
            }
        }
        return metros;
    }

    private static int count(int people, SplittableRandom random) {
        double u = random.nextDouble();
        if (people <= 2) {
            return u < 0.6 ? 1 : 2;
        }
        if (u < 0.5) {
            return 1;
        }
        if (u < 0.83) {
            return 2;
        }
        int count = 3;
        while (count < MOST_METROS && random.nextDouble() < 0.35) {
            count++;
        }
        return count;
    }

    /** The metro of one of the people. */
    static int someone(List<Integer> metros, SplittableRandom random) {
        return metros.size() == 1 || random.nextDouble() < MAJORITY_SHARE
                ? metros.getFirst()
                : metros.get(1 + random.nextInt(metros.size() - 1));
    }

    /** An index by weight; -1 where there is no weight at all. */
    private static int drawn(double[] weights, SplittableRandom random) {
        double total = 0;
        for (double weight : weights) {
            total += weight;
        }
        double left = random.nextDouble() * total;
        for (int i = 0; i < weights.length; i++) {
            left -= weights[i];
            if (left < 0) {
                return i;
            }
        }
        return -1;
    }
}
