package org.confocal.strategy.network;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.confocal.strategy.Region;

/**
 * Round trips between regions, in milliseconds. Looked up in this order: what the site measured, the shipped tables, the
 * great circle between the coordinates of both, and where a region is not known at all, {@link #UNKNOWN_MS}. Immutable.
 */
public final class RoundTrips {
    /** Between machines of one region (placement.md, section 1). */
    public static final double SAME_REGION_MS = 0.5;

    /** Of a pair of which nothing is known: about the median of the shipped tables. */
    public static final double UNKNOWN_MS = 140;

    /** The median of the shipped tables over the great circle (placement.md, section 5). */
    public static final double MS_PER_KILOMETRE = 0.017;

    private final Map<Region, Map<Region, Double>> measured;
    private final Map<Region, Coordinates> coordinates;

    private RoundTrips(Map<Region, Map<Region, Double>> measured, Map<Region, Coordinates> coordinates) {
        this.measured = measured;
        this.coordinates = coordinates;
    }

    /** Measured tables of AWS (2022) and Azure (2023), and the coordinates of the shipped regions. */
    public static RoundTrips shipped() {
        Map<Region, Map<Region, Double>> measured = new HashMap<>();
        read("rtt_aws_ms.csv", measured);
        read("rtt_azure_ms.csv", measured);
        Map<Region, Coordinates> coordinates = new HashMap<>();
        KnownRegions.shipped().places().forEach((region, place) -> coordinates.put(region, place.coordinates()));
        return new RoundTrips(measured, coordinates);
    }

    private static void read(String name, Map<Region, Map<Region, Double>> measured) {
        Table table = Table.read(name);
        for (List<String> row : table.body()) {
            Map<Region, Double> to = new HashMap<>();
            for (int i = 1; i < row.size(); i++) {
                to.put(new Region(table.heading().get(i)), Double.parseDouble(row.get(i)));
            }
            measured.put(new Region(row.getFirst()), to);
        }
    }

    /** The same with a measured pair, in both directions. */
    public RoundTrips with(Region a, Region b, double millis) {
        if (!(millis >= 0 && millis <= 10_000)) {
            throw new IllegalArgumentException("round trip " + a + " - " + b + " must be 0 to 10000 ms, not " + millis);
        }
        Map<Region, Map<Region, Double>> next = new HashMap<>(measured);
        put(next, a, b, millis);
        put(next, b, a, millis);
        return new RoundTrips(next, coordinates);
    }

    private static void put(Map<Region, Map<Region, Double>> measured, Region from, Region to, double millis) {
        Map<Region, Double> row = new HashMap<>(measured.getOrDefault(from, Map.of()));
        row.put(to, millis);
        measured.put(from, row);
    }

    /** The same with the place of a region, for the pairs that nobody measured. */
    public RoundTrips with(Region region, Coordinates place) {
        Map<Region, Coordinates> next = new HashMap<>(coordinates);
        next.put(region, place);
        return new RoundTrips(measured, next);
    }

    /** Milliseconds from one region to the other and back; above 0. */
    public double millis(Region a, Region b) {
        Map<Region, Double> row = measured.get(a);
        Double known = row == null ? null : row.get(b);
        if (known != null) {
            return known;
        }
        if (a.equals(b)) {
            return SAME_REGION_MS;
        }
        Coordinates from = coordinates.get(a);
        Coordinates to = coordinates.get(b);
        return from == null || to == null
                ? UNKNOWN_MS
                : Math.max(SAME_REGION_MS, from.kilometresTo(to) * MS_PER_KILOMETRE);
    }

    /**
     * Milliseconds from a participant who lives where one region is to a bridge in another, over the internet.
     *
     * @param stretch how much longer than the great circle the way is, at least 1
     */
    public double accessMillis(Region participant, Region bridge, double stretch) {
        if (participant.equals(bridge)) {
            return SAME_REGION_MS;
        }
        Coordinates from = coordinates.get(participant);
        Coordinates to = coordinates.get(bridge);
        return from == null || to == null
                ? millis(participant, bridge) * stretch
                : Math.max(SAME_REGION_MS, from.kilometresTo(to) * MS_PER_KILOMETRE * stretch);
    }

    /** The regions of which anything is known. */
    public Set<Region> regions() {
        Set<Region> regions = new LinkedHashSet<>(measured.keySet());
        regions.addAll(coordinates.keySet());
        return regions;
    }

    /** The same where a region may not be known. */
    public double millis(Optional<Region> a, Optional<Region> b) {
        return a.isPresent() && b.isPresent() ? millis(a.get(), b.get()) : UNKNOWN_MS;
    }
}
