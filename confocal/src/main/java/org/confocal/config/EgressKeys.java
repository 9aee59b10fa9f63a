package org.confocal.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigUtil;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.confocal.config.EgressSettings.Latency;
import org.confocal.config.EgressSettings.Preset;
import org.confocal.config.EgressSettings.Reference;
import org.confocal.config.EgressSettings.RegionPair;
import org.confocal.strategy.FleetConfig.BridgeClass;
import org.confocal.strategy.Region;
import org.confocal.strategy.choice.EgressAwareConfig.Sharing;
import org.confocal.strategy.choice.MediaRates;
import org.confocal.strategy.network.Coordinates;
import org.confocal.strategy.network.EgressPrices.Tariff;

/** Reads {@code jicofo.bridge.egress}. */
final class EgressKeys {
    private static final String EGRESS = "jicofo.bridge.egress.";
    private static final double MAX_PRICE = 100;
    private static final double MAX_MILLIS = 10_000;
    private static final double MAX_USD = 1000;
    private static final double MAX_MBPS = 1000;
    private static final double MAX_FOLLOWERS = 1000;
    private static final double MAX_STRETCH = 10;

    private final SettingsReader reader;

    EgressKeys(SettingsReader reader) {
        this.reader = reader;
    }

    /** @param classes those that a provider may be */
    EgressSettings read(List<BridgeClass> classes) {
        return new EgressSettings(
                reader.choice(
                        EGRESS + "prices",
                        Map.of("aws", Preset.AWS, "gcp", Preset.GCP, "oci", Preset.OCI, "none", Preset.NONE)),
                internet(),
                entries(
                        "between",
                        "a list of { from, to, usd-per-gb }, each pair once, prices from 0 to 100 $ per GB",
                        (entry, into) -> put(
                                into,
                                new RegionPair(region(entry, "from"), region(entry, "to")),
                                price(entry, "usd-per-gb"))),
                providers(classes),
                entries(
                        "round-trips",
                        "a list of { a, b, ms }, each pair once, 0 to 10000 ms",
                        (entry, into) -> put(into, unordered(entry), number(entry, "ms", MAX_MILLIS))),
                entries(
                        "regions",
                        "a list of { name, latitude, longitude }, each name once, degrees north and east",
                        (entry, into) -> put(
                                into,
                                region(entry, "name"),
                                new Coordinates(entry.getDouble("latitude"), entry.getDouble("longitude")))),
                latency(),
                reader.notNegative(EGRESS + "further-bridge-usd", MAX_USD),
                reader.notNegative(EGRESS + "stress-usd", MAX_USD),
                reader.notNegative(EGRESS + "followers", MAX_FOLLOWERS),
                reader.number(EGRESS + "access-stretch", 1, MAX_STRETCH),
                reader.flag("jicofo.bridge.shared") ? Sharing.SHARED : Sharing.ALONE,
                media());
    }

    private Map<Region, Double> internet() {
        String key = EGRESS + "internet";
        return reader.read(key, "prices by region from 0 to 100 $ per GB, as in { eu-west-1 = 0.05 }", from -> {
            Config prices = from.getConfig(key);
            Map<Region, Double> read = new HashMap<>();
            for (String name : prices.root().keySet()) {
                put(read, new Region(name), price(prices, ConfigUtil.quoteString(name)));
            }
            return read;
        });
    }

    private Map<String, Tariff> providers(List<BridgeClass> classes) {
        List<String> names = classes.stream().map(BridgeClass::name).toList();
        String one = names.isEmpty() ? "but there is none" : String.join(", ", names);
        return entries(
                "providers",
                "a list of { class, internet, between } or { class, tiers = [{ up-to-tb, usd-per-gb }],"
                        + " expected-tb-per-month, between }; each class once, one of jicofo.bridge.stress.classes ("
                        + one + "), prices from 0 to 100 $ per GB, tiers in ascending order, the expected volume within"
                        + " them; the last one needs no up-to-tb",
                (entry, into) -> {
                    String name = entry.getString("class");
                    require(names.contains(name));
                    put(into, name, tariff(entry));
                });
    }

    private static Tariff tariff(Config entry) {
        boolean tiered = entry.hasPath("tiers");
        requireKeys(
                entry,
                tiered
                        ? Set.of("class", "tiers", "expected-tb-per-month", "between")
                        : Set.of("class", "internet", "between"));
        double internet = tiered ? marginal(entry) : price(entry, "internet");
        return new Tariff(internet, entry.hasPath("between") ? price(entry, "between") : internet);
    }

    /** The price of the next gigabyte after the expected volume of a month. */
    private static double marginal(Config provider) {
        double expected = number(provider, "expected-tb-per-month", Double.MAX_VALUE);
        double last = 0;
        double marginal = -1;
        for (Config tier : provider.getConfigList("tiers")) {
            requireKeys(tier, Set.of("up-to-tb", "usd-per-gb"));
            double upTo = tier.hasPath("up-to-tb") ? tier.getDouble("up-to-tb") : Double.POSITIVE_INFINITY;
            require(upTo > last);
            double price = price(tier, "usd-per-gb");
            if (marginal < 0 && expected < upTo) {
                marginal = price;
            }
            last = upTo;
        }
        require(marginal >= 0);
        return marginal;
    }

    private Latency latency() {
        String latency = EGRESS + "latency.";
        return new Latency(
                reader.choice(
                        latency + "reference",
                        Map.of(
                                "jitsi", Reference.JITSI,
                                "configured", Reference.CONFIGURED,
                                "none", Reference.NONE)),
                reader.notNegative(latency + "usd-per-ms", MAX_USD),
                reader.notNegative(latency + "slowness-usd-per-ms", MAX_USD),
                reader.notNegative(latency + "breach-usd", MAX_USD));
    }

    private MediaRates media() {
        String media = EGRESS + "media.";
        return new MediaRates(
                reader.notNegative(media + "audio-mbps", MAX_MBPS),
                reader.notNegative(media + "stage-mbps", MAX_MBPS),
                reader.notNegative(media + "thumbnail-mbps", MAX_MBPS),
                reader.integer(media + "last-n", 0, 10_000));
    }

    private <K, V> Map<K, V> entries(String name, String valid, BiConsumer<Config, Map<K, V>> add) {
        String key = EGRESS + name;
        return reader.read(key, valid, from -> {
            Map<K, V> read = new HashMap<>();
            from.getConfigList(key).forEach(entry -> add.accept(entry, read));
            return read;
        });
    }

    private static <K, V> void put(Map<K, V> into, K key, V value) {
        require(into.put(key, value) == null);
    }

    /** Round trips are the same in both directions: a pair that is given twice must be noticed. */
    private static RegionPair unordered(Config entry) {
        Region a = region(entry, "a");
        Region b = region(entry, "b");
        return a.name().compareTo(b.name()) <= 0 ? new RegionPair(a, b) : new RegionPair(b, a);
    }

    private static Region region(Config entry, String key) {
        return new Region(entry.getString(key));
    }

    private static double price(Config entry, String key) {
        return number(entry, key, MAX_PRICE);
    }

    private static double number(Config entry, String key, double most) {
        double value = entry.getDouble(key);
        require(value >= 0 && value <= most);
        return value;
    }

    private static void requireKeys(Config entry, Set<String> known) {
        require(known.containsAll(entry.root().keySet()));
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException("not valid");
        }
    }
}
