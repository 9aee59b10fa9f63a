package org.confocal.strategy.network;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.confocal.strategy.Region;

/** Regions of public clouds, by the names that their providers give them. Coordinates are those of the metropolis named. */
public record KnownRegions(Map<Region, Place> places) {
    /** Where a region is. */
    public record Place(Continent continent, Coordinates coordinates) {}

    public KnownRegions {
        places = Collections.unmodifiableMap(new LinkedHashMap<>(places));
    }

    /** The regions of AWS, Azure, Google Cloud, Oracle Cloud and Hetzner that this module knows. */
    public static KnownRegions shipped() {
        Map<Region, Place> places = new LinkedHashMap<>();
        for (List<String> row : Table.read("regions.csv").body()) {
            Coordinates coordinates = new Coordinates(Double.parseDouble(row.get(2)), Double.parseDouble(row.get(3)));
            places.put(new Region(row.get(0)), new Place(Continent.of(row.get(1)), coordinates));
        }
        return new KnownRegions(places);
    }

    public Optional<Coordinates> coordinates(Region region) {
        return Optional.ofNullable(places.get(region)).map(Place::coordinates);
    }

    public Optional<Continent> continent(Region region) {
        return Optional.ofNullable(places.get(region)).map(Place::continent);
    }
}
