package org.confocal.strategy.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.confocal.strategy.Region;
import org.jspecify.annotations.Nullable;

/**
 * {@link RoundTrips} laid out for many questions in a row: a region is looked up once, then a pair costs an array access.
 * Immutable.
 *
 * <p>Two kinds of legs: a hop, from bridge to bridge over the provider's backbone; and the access of a participant, who
 * is taken to live where his region is. Access goes over the public internet, which takes detours: the great circle times
 * {@code stretch} (placement.md, section 5: 1.0 to 1.3).
 */
public final class Distances {
    private final Map<Region, Place> places;
    private final double[][] hops;
    private final double[][] accesses;
    private final RoundTrips roundTrips;
    private final double stretch;

    /** A region with its place in the tables; outside of them where {@code index} is negative. */
    public record Place(Optional<Region> region, int index) {
        /** Of places of the same distances; asked too often to compare names where numbers do. */
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Place that && index == that.index && (index >= 0 || region.equals(that.region));
        }

        @Override
        public int hashCode() {
            return index >= 0 ? index : region.hashCode();
        }
    }

    public Distances(RoundTrips roundTrips, double stretch) {
        if (!(stretch >= 1 && stretch <= 10)) {
            throw new IllegalArgumentException("the stretch of the internet must be 1 to 10, not " + stretch);
        }
        this.roundTrips = roundTrips;
        this.stretch = stretch;
        this.places = new HashMap<>();
        List<Region> regions = new ArrayList<>(roundTrips.regions());
        this.hops = new double[regions.size()][regions.size()];
        this.accesses = new double[regions.size()][regions.size()];
        for (int i = 0; i < regions.size(); i++) {
            places.put(regions.get(i), new Place(Optional.of(regions.get(i)), i));
            for (int j = 0; j < regions.size(); j++) {
                hops[i][j] = roundTrips.millis(regions.get(i), regions.get(j));
                accesses[i][j] = roundTrips.accessMillis(regions.get(i), regions.get(j), stretch);
            }
        }
    }

    public Place place(Optional<Region> region) {
        Place known = region.isEmpty() ? null : places.get(region.get());
        return known == null ? new Place(region, -1) : known;
    }

    /** Milliseconds from one bridge to another and back. */
    public double hop(Place a, Place b) {
        if (a.index >= 0 && b.index >= 0) {
            return hops[a.index][b.index];
        }
        return roundTrips.millis(a.region, b.region);
    }

    /** Milliseconds from a participant to a bridge and back; 0 where the participant's region is not known. */
    public double access(Place participant, Place bridge) {
        if (participant.index >= 0 && bridge.index >= 0) {
            return accesses[participant.index][bridge.index];
        }
        if (participant.region.isEmpty()) {
            return 0;
        }
        return bridge.region.isEmpty()
                ? RoundTrips.UNKNOWN_MS
                : roundTrips.accessMillis(participant.region.get(), bridge.region.get(), stretch);
    }
}
