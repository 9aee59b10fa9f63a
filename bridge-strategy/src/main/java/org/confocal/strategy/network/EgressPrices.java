package org.confocal.strategy.network;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.confocal.strategy.BridgeKind;
import org.confocal.strategy.Region;

/**
 * What a gigabyte (10^9 bytes) that leaves a bridge costs, in US dollars: to a participant over the internet, or to another
 * bridge. What arrives is free. Immutable.
 *
 * <p>A price list by region is the rule. A class of bridges (another provider, or a pool with a flat rate) may have a
 * {@link Tariff} of its own instead. From one provider to another, traffic crosses the internet and costs what the sender
 * pays for that.
 */
public final class EgressPrices {
    private final Map<Region, Double> internet;
    private final Map<Region, Map<Region, Double>> between;
    private final Map<String, Tariff> tariffs;
    private final double otherInternet;
    private final double otherBetween;
    /** Where a region is in {@link #table}. */
    private final Map<Region, Integer> indexes;
    /** {@link #between} laid out for many questions in a row. */
    private final double[][] table;

    /**
     * The prices of one class of bridges, the same in every region.
     *
     * @param internet $ per GB to participants, and to bridges of other providers; 0 for a flat rate
     * @param between $ per GB to bridges of this class in other regions
     */
    public record Tariff(double internet, double between) {
        public Tariff {
            requirePrice(internet);
            requirePrice(between);
        }
    }

    private EgressPrices(
            Map<Region, Double> internet,
            Map<Region, Map<Region, Double>> between,
            Map<String, Tariff> tariffs,
            double otherInternet,
            double otherBetween) {
        this.internet = internet;
        this.between = between;
        this.tariffs = tariffs;
        this.otherInternet = otherInternet;
        this.otherBetween = otherBetween;
        this.indexes = new HashMap<>();
        between.forEach((from, row) -> {
            indexes.putIfAbsent(from, indexes.size());
            row.keySet().forEach(to -> indexes.putIfAbsent(to, indexes.size()));
        });
        this.table = new double[indexes.size()][indexes.size()];
        indexes.forEach((from, i) -> {
            Map<Region, Double> row = between.getOrDefault(from, Map.of());
            indexes.forEach((to, j) -> table[i][j] = row.getOrDefault(to, otherBetween));
        });
    }

    /** The same everywhere. */
    public static EgressPrices flat(double internet, double between) {
        requirePrice(internet);
        requirePrice(between);
        return new EgressPrices(Map.of(), Map.of(), Map.of(), internet, between);
    }

    /** AWS, first tier, 15 regions as of 2023-04 (placement.md, section 2.1); elsewhere 0.09 and 0.02. */
    public static EgressPrices aws() {
        Map<Region, Double> internet = new HashMap<>();
        Map<Region, Map<Region, Double>> between = new HashMap<>();
        Table table = Table.read("egress_aws_usd_per_gb.csv");
        for (List<String> row : table.body()) {
            Region from = new Region(row.getFirst());
            internet.put(from, Double.parseDouble(row.get(1)));
            Map<Region, Double> to = new HashMap<>();
            for (int i = 2; i < row.size(); i++) {
                to.put(new Region(table.heading().get(i)), Double.parseDouble(row.get(i)));
            }
            between.put(from, to);
        }
        return new EgressPrices(internet, between, Map.of(), 0.09, 0.02);
    }

    /** Google Cloud since 2024-02, premium tier (placement.md, section 2.2); Middle East and Africa are an estimate. */
    public static EgressPrices gcp() {
        return byContinent(
                from -> from == Continent.OCEANIA ? 0.19 : 0.12,
                (from, to) -> Math.max(gcpReach(from, to), gcpReach(to, from)),
                0.12,
                0.05);
    }

    private static double gcpReach(Continent from, Continent to) {
        return switch (from) {
            case SOUTH_AMERICA -> 0.14;
            case MIDDLE_EAST, AFRICA -> 0.11;
            case OCEANIA -> 0.10;
            case ASIA -> 0.08;
            case NORTH_AMERICA, EUROPE -> from == to ? 0.02 : 0.05;
        };
    }

    /** Oracle Cloud beyond the free 10 TB a month; between regions the same (placement.md, section 2.2). */
    public static EgressPrices oci() {
        return byContinent(EgressPrices::ociOutbound, (from, to) -> ociOutbound(from), 0.0085, 0.0085);
    }

    private static double ociOutbound(Continent from) {
        return switch (from) {
            case NORTH_AMERICA, EUROPE -> 0.0085;
            case ASIA, OCEANIA, SOUTH_AMERICA -> 0.025;
            case MIDDLE_EAST, AFRICA -> 0.05;
        };
    }

    private static EgressPrices byContinent(
            Function<Continent, Double> toInternet,
            BiFunction<Continent, Continent, Double> toContinent,
            double otherInternet,
            double otherBetween) {
        Map<Region, Double> internet = new HashMap<>();
        Map<Region, Map<Region, Double>> between = new HashMap<>();
        Map<Region, KnownRegions.Place> places = KnownRegions.shipped().places();
        places.forEach((from, place) -> {
            internet.put(from, toInternet.apply(place.continent()));
            Map<Region, Double> row = new HashMap<>();
            places.forEach((to, other) ->
                    row.put(to, from.equals(to) ? 0 : toContinent.apply(place.continent(), other.continent())));
            between.put(from, row);
        });
        return new EgressPrices(internet, between, Map.of(), otherInternet, otherBetween);
    }

    /** The same with a class of bridges that has prices of its own. */
    public EgressPrices with(String bridgeClass, Tariff tariff) {
        Map<String, Tariff> next = new HashMap<>(tariffs);
        next.put(bridgeClass, tariff);
        return new EgressPrices(internet, between, next, otherInternet, otherBetween);
    }

    /** The same with another price from a region to the internet. */
    public EgressPrices withInternet(Region from, double usdPerGb) {
        requirePrice(usdPerGb);
        Map<Region, Double> next = new HashMap<>(internet);
        next.put(from, usdPerGb);
        return new EgressPrices(next, between, tariffs, otherInternet, otherBetween);
    }

    /** The same with another price from one region to another; only in this direction. */
    public EgressPrices withBetween(Region from, Region to, double usdPerGb) {
        requirePrice(usdPerGb);
        Map<Region, Map<Region, Double>> next = new HashMap<>(between);
        Map<Region, Double> row = new HashMap<>(between.getOrDefault(from, Map.of()));
        row.put(to, usdPerGb);
        next.put(from, row);
        return new EgressPrices(internet, next, tariffs, otherInternet, otherBetween);
    }

    /**
     * A kind of bridges, looked up once for many questions.
     *
     * @param index of its region in the table of prices; negative where that has no such region
     * @param own the prices of its class, where that has some
     * @param internet $ per GB to its participants
     */
    public record Sender(BridgeKind kind, int index, Optional<Tariff> own, double internet) {}

    public Sender sender(BridgeKind kind) {
        Integer index =
                kind.region().isEmpty() ? null : indexes.get(kind.region().get());
        Optional<Tariff> own = kind.bridgeClass().map(tariffs::get);
        double usdPerGb = own.isPresent()
                ? own.get().internet()
                : kind.region().map(internet::get).orElse(otherInternet);
        return new Sender(kind, index == null ? -1 : index, own, usdPerGb);
    }

    /** $ per GB from a bridge of this kind to its participants. */
    public double internet(BridgeKind from) {
        return sender(from).internet;
    }

    /** $ per GB from a bridge of one kind to a bridge of another kind, or to another bridge of the same kind. */
    public double between(BridgeKind from, BridgeKind to) {
        return between(sender(from), sender(to));
    }

    /** The same of kinds that were looked up here. */
    public double between(Sender from, Sender to) {
        boolean sameProvider = from.own.isEmpty()
                ? to.own.isEmpty()
                : to.own.isPresent() && from.kind.bridgeClass().equals(to.kind.bridgeClass());
        if (!sameProvider) {
            return from.internet;
        }
        boolean known = from.index >= 0 && to.index >= 0;
        if (known ? from.index == to.index : from.kind.region().equals(to.kind.region())) {
            return 0; // private addresses of one zone, which bridges advertise
        }
        if (from.own.isPresent()) {
            return from.own.get().between();
        }
        return known ? table[from.index][to.index] : otherBetween;
    }

    /** Whether traffic between bridges of these kinds is free in both directions. */
    public boolean together(Sender a, Sender b) {
        return between(a, b) == 0 && between(b, a) == 0;
    }

    private static void requirePrice(double usdPerGb) {
        if (!(usdPerGb >= 0 && usdPerGb <= 100)) {
            throw new IllegalArgumentException("a price must be 0 to 100 $ per GB, not " + usdPerGb);
        }
    }
}
