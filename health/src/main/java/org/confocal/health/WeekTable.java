package org.confocal.health;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How many people there are at each hour of the week (UTC), learnt by region: each hour's mean, half of it this week's and half
 * of what was known before. In memory: it knows nothing before the second week. At most {@value #MOST_REGIONS} regions. Not for
 * several threads.
 */
final class WeekTable {
    static final int MOST_REGIONS = 64;
    private static final int HOURS = 7 * 24;
    private static final double NEWEST = 0.5;

    private final Map<String, Region> regions = new HashMap<>();

    private static final class Region {
        private final double[] means = new double[HOURS];
        private int hour = -1;
        private double sum;
        private int samples;

        Region() {
            Arrays.fill(means, Double.NaN);
        }

        void add(int now, int people) {
            if (now != hour) {
                close();
                hour = now;
            }
            sum += people;
            samples++;
        }

        private void close() {
            if (samples > 0) {
                double mean = sum / samples;
                means[hour] = Double.isNaN(means[hour]) ? mean : NEWEST * mean + (1 - NEWEST) * means[hour];
            }
            sum = 0;
            samples = 0;
        }
    }

    void add(String region, Instant at, int people) {
        Region known = regions.get(region);
        if (known == null && regions.size() < MOST_REGIONS) {
            known = new Region();
            regions.put(region, known);
        }
        if (known != null) {
            known.add(hour(at), people);
        }
    }

    /** How many people there usually are, between the middles of hours in a straight line; empty where that is not known. */
    OptionalDouble usual(String region, Instant at) {
        Region known = regions.get(region);
        if (known == null) {
            return OptionalDouble.empty();
        }
        Instant half = at.minusSeconds(1_800);
        double part = Math.floorMod(half.getEpochSecond(), 3_600) / 3_600.0;
        double before = known.means[hour(half)];
        double after = known.means[hour(half.plusSeconds(3_600))];
        double between = (1 - part) * before + part * after;
        return Double.isNaN(between) ? OptionalDouble.empty() : OptionalDouble.of(between);
    }

    private static int hour(Instant at) {
        ZonedDateTime utc = at.atZone(ZoneOffset.UTC);
        return (utc.getDayOfWeek().getValue() - 1) * 24 + utc.getHour();
    }
}
