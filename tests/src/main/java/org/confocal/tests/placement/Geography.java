package org.confocal.tests.placement;

import java.util.List;
import java.util.SplittableRandom;
import org.confocal.strategy.Region;
import org.confocal.strategy.network.Coordinates;
import org.confocal.strategy.network.KnownRegions;
import org.confocal.strategy.network.RoundTrips;

/**
 * Where people live, where bridges stand, and the round trips between them. Immutable; metros and regions are numbered.
 *
 * <p>The way from a person to a region is the great circle at 0.017 ms/km times a stretch of 1.0 to 1.3 that belongs to
 * that pair of places (placement.md, section 5), without the person's last mile: that one is {@link LastMile}.
 */
final class Geography {
    /** A city and those who live around it. The weights are shares of all conferences, and need not add up to anything. */
    record Metro(String name, Coordinates place, double utcOffsetHours, double weight) {}

    /** The regions of the AWS tables, in their order. */
    static final List<String> AWS_REGIONS = List.of(
            "us-east-1",
            "us-west-2",
            "ca-central-1",
            "sa-east-1",
            "eu-west-1",
            "eu-west-2",
            "eu-central-1",
            "eu-north-1",
            "me-south-1",
            "af-south-1",
            "ap-south-1",
            "ap-southeast-1",
            "ap-southeast-2",
            "ap-northeast-1",
            "ap-northeast-2");

    private static final double MAX_STRETCH = 0.3;

    private final List<Metro> metros;
    private final List<Region> regions;
    private final double[][] accessMs;
    private final double[][] betweenMs;
    private final int[] nearest;

    Geography(List<Metro> metros, List<Region> regions, KnownRegions places, RoundTrips roundTrips) {
        this.metros = List.copyOf(metros);
        this.regions = List.copyOf(regions);
        accessMs = new double[metros.size()][regions.size()];
        nearest = new int[metros.size()];
        for (int metro = 0; metro < metros.size(); metro++) {
            for (int region = 0; region < regions.size(); region++) {
                accessMs[metro][region] = access(metros.get(metro), regions.get(region), places);
                if (accessMs[metro][region] < accessMs[metro][nearest[metro]]) {
                    nearest[metro] = region;
                }
            }
        }
        betweenMs = new double[regions.size()][regions.size()];
        for (int a = 0; a < regions.size(); a++) {
            for (int b = 0; b < regions.size(); b++) {
                betweenMs[a][b] = roundTrips.millis(regions.get(a), regions.get(b));
            }
        }
    }

    /** 42 metros and 15 AWS regions. */
    static Geography world() {
        return new Geography(
                METROS, AWS_REGIONS.stream().map(Region::new).toList(), KnownRegions.shipped(), RoundTrips.shipped());
    }

    private static double access(Metro metro, Region region, KnownRegions places) {
        Coordinates place = places.coordinates(region)
                .orElseThrow(() -> new IllegalArgumentException("nobody knows where " + region + " is"));
        long pair = 31L * metro.name().hashCode() + region.name().hashCode();
        double stretch = 1 + MAX_STRETCH * new SplittableRandom(pair).nextDouble();
        return metro.place().kilometresTo(place) * RoundTrips.MS_PER_KILOMETRE * stretch;
    }

    List<Metro> metros() {
        return metros;
    }

    List<Region> regions() {
        return regions;
    }

    /** Round trip from a metro's backbone to a region, in milliseconds. */
    double accessMs(int metro, int region) {
        return accessMs[metro][region];
    }

    /** Round trip between bridges of two regions; of one region, between two different bridges. */
    double betweenMs(int a, int b) {
        return betweenMs[a][b];
    }

    /** The region that a client of this metro says it is in: the one of the shortest round trip. */
    int nearestRegion(int metro) {
        return nearest[metro];
    }

    int regionCalled(String name) {
        int region = regions.indexOf(new Region(name));
        if (region < 0) {
            throw new IllegalArgumentException("no region " + name);
        }
        return region;
    }

    int metroCalled(String name) {
        for (int i = 0; i < metros.size(); i++) {
            if (metros.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no metro " + name);
    }

    private static Metro metro(String name, double latitude, double longitude, double utcOffsetHours, double weight) {
        return new Metro(name, new Coordinates(latitude, longitude), utcOffsetHours, weight);
    }

    private static final List<Metro> METROS = List.of(
            metro("New York", 40.7, -74.0, -5, 5.5),
            metro("Washington", 38.9, -77.0, -5, 2.5),
            metro("Atlanta", 33.7, -84.4, -5, 2.0),
            metro("Miami", 25.8, -80.2, -5, 1.5),
            metro("Chicago", 41.9, -87.6, -6, 3.0),
            metro("Dallas", 32.8, -96.8, -6, 2.5),
            metro("Denver", 39.7, -105.0, -7, 1.2),
            metro("Los Angeles", 34.1, -118.2, -8, 3.5),
            metro("San Francisco", 37.8, -122.4, -8, 3.5),
            metro("Seattle", 47.6, -122.3, -8, 1.8),
            metro("Toronto", 43.7, -79.4, -5, 2.0),
            metro("Montreal", 45.5, -73.6, -5, 1.2),
            metro("Mexico City", 19.4, -99.1, -6, 1.8),
            metro("Sao Paulo", -23.5, -46.6, -3, 3.0),
            metro("Rio de Janeiro", -22.9, -43.2, -3, 1.0),
            metro("Bogota", 4.7, -74.1, -5, 1.0),
            metro("Buenos Aires", -34.6, -58.4, -3, 1.2),
            metro("Santiago", -33.4, -70.7, -4, 0.8),
            metro("London", 51.5, -0.1, 0, 4.5),
            metro("Dublin", 53.3, -6.3, 0, 0.8),
            metro("Paris", 48.9, 2.4, 1, 3.5),
            metro("Madrid", 40.4, -3.7, 1, 2.0),
            metro("Frankfurt", 50.1, 8.7, 1, 3.0),
            metro("Berlin", 52.5, 13.4, 1, 2.5),
            metro("Amsterdam", 52.4, 4.9, 1, 1.8),
            metro("Milan", 45.5, 9.2, 1, 2.0),
            metro("Zurich", 47.4, 8.5, 1, 1.0),
            metro("Warsaw", 52.2, 21.0, 1, 1.8),
            metro("Stockholm", 59.3, 18.1, 1, 1.2),
            metro("Istanbul", 41.0, 29.0, 3, 1.5),
            metro("Dubai", 25.2, 55.3, 4, 1.2),
            metro("Tel Aviv", 32.1, 34.8, 2, 1.0),
            metro("Johannesburg", -26.2, 28.0, 2, 1.0),
            metro("Lagos", 6.5, 3.4, 1, 0.9),
            metro("Mumbai", 19.1, 72.9, 5.5, 3.0),
            metro("Bangalore", 13.0, 77.6, 5.5, 2.5),
            metro("Delhi", 28.6, 77.2, 5.5, 2.5),
            metro("Singapore", 1.3, 103.8, 8, 2.0),
            metro("Jakarta", -6.2, 106.8, 7, 1.5),
            metro("Sydney", -33.9, 151.2, 10, 2.0),
            metro("Tokyo", 35.7, 139.7, 9, 3.0),
            metro("Seoul", 37.6, 127.0, 9, 1.8));
}
