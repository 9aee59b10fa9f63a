package org.confocal.tests.placement;

import java.util.Arrays;

/** Weights by value, in bins of equal width from 0; what is beyond the last bin counts in it. Mutable. */
final class Histogram {
    private final double width;
    private final double[] weights;
    private double total;

    Histogram(double width, int bins) {
        this.width = width;
        weights = new double[bins];
    }

    void add(double value, double weight) {
        weights[Math.min(weights.length - 1, (int) (value / width))] += weight;
        total += weight;
    }

    void add(Histogram other) {
        for (int i = 0; i < weights.length; i++) {
            weights[i] += other.weights[i];
        }
        total += other.total;
    }

    double total() {
        return total;
    }

    /** The value that a share of all weight does not exceed: the upper edge of its bin; 0 where there is nothing. */
    double quantile(double share) {
        double seen = 0;
        for (int i = 0; i < weights.length; i++) {
            seen += weights[i];
            if (total > 0 && seen >= share * total) {
                return (i + 1) * width;
            }
        }
        return 0;
    }

    /** The share of the weight in bins from this value on. */
    double shareFrom(double value) {
        int first = Math.min(weights.length, (int) Math.round(value / width));
        double beyond = Arrays.stream(weights, first, weights.length).sum();
        return total > 0 ? beyond / total : 0;
    }

    /** The distribution of the sum of two independent values: one of this, one of {@code shares} with the same bins. */
    Histogram foldedWith(double[] shares) {
        Histogram sum = new Histogram(width, weights.length);
        for (int i = 0; i < weights.length; i++) {
            for (int j = 0; weights[i] > 0 && j < shares.length; j++) {
                if (shares[j] > 0) {
                    sum.add((i + j + 0.5) * width, weights[i] * shares[j]);
                }
            }
        }
        return sum;
    }
}
