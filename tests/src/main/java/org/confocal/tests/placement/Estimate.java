package org.confocal.tests.placement;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A mean over the seeds with its 95 % interval by Student's t. With one seed the interval is as wide as nothing is known: the
 * half width is 0 and {@code seeds} tells.
 *
 * @param half the interval reaches this far to either side
 */
record Estimate(double mean, double half, int seeds) {
    /** The quantile of 97.5 % for 1 to 30 degrees of freedom; beyond, that of the normal distribution is near enough. */
    private static final double[] STUDENT = {
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
        2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042
    };

    static Estimate of(List<Double> values) {
        int count = values.size();
        double mean = values.stream().mapToDouble(value -> value).average().orElse(0);
        if (count < 2) {
            return new Estimate(mean, 0, count);
        }
        double squares = values.stream()
                .mapToDouble(value -> (value - mean) * (value - mean))
                .sum();
        double error = Math.sqrt(squares / (count - 1) / count);
        double quantile = count - 2 < STUDENT.length ? STUDENT[count - 2] : 1.96;
        return new Estimate(mean, quantile * error, count);
    }

    double low() {
        return mean - half;
    }

    double high() {
        return mean + half;
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("mean", rounded(mean));
        fields.put("low", rounded(low()));
        fields.put("high", rounded(high()));
        return fields;
    }

    private static double rounded(double value) {
        return Math.round(value * 1e6) / 1e6;
    }
}
