package org.confocal.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValue;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.confocal.focus.config.BridgeCareConfig;
import org.confocal.focus.config.ConferenceConfig.Octo;
import org.confocal.focus.config.HealthCheckConfig;
import org.confocal.focus.config.IceFailureConfig;
import org.confocal.focus.config.MoveConfig;
import org.confocal.focus.config.RedistributionConfig;
import org.confocal.strategy.BreakerConfig;
import org.confocal.strategy.FleetConfig;
import org.confocal.strategy.FleetConfig.BridgeClass;
import org.confocal.strategy.FleetConfig.StressSource;
import org.confocal.strategy.LoadConfig;
import org.confocal.strategy.LoadConfig.Learn;
import org.confocal.strategy.LoadConfig.Reserve;
import org.confocal.strategy.LoadModel;
import org.confocal.strategy.Region;
import org.confocal.strategy.choice.BridgeStrategies;
import org.confocal.strategy.choice.RegionGroups;
import org.confocal.strategy.choice.StrategyConfig;
import org.confocal.strategy.choice.StrategyConfig.ParticipantLimits;

/** Reads what concerns bridges: {@code jicofo.bridge}. */
final class BridgeSettings {
    private static final String BRIDGE = "jicofo.bridge.";
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final double MANY_PACKETS = 1e9;
    private static final double MANY_OF_ONE = 1e6;
    private static final String BY_COST = "EgressAwareBridgeSelectionStrategy";

    private final SettingsReader reader;

    BridgeSettings(SettingsReader reader) {
        this.reader = reader;
    }

    FleetConfig fleet() {
        return new FleetConfig(
                reader.choice(
                        BRIDGE + "stress.source",
                        Map.of(
                                "packet-rate", StressSource.PACKET_RATE,
                                "reported", StressSource.REPORTED,
                                "max", StressSource.MAX)),
                reader.positive(BRIDGE + "stress.max-packet-rate", MANY_PACKETS),
                classes(BRIDGE + "stress.classes"),
                reader.positive(BRIDGE + "average-participant-stress", 1),
                reader.duration(BRIDGE + "participant-rampup-interval", SECOND),
                reader.positive(BRIDGE + "stress-threshold", 100),
                reader.duration(BRIDGE + "failure-reset-threshold", Duration.ZERO),
                load(),
                breaker());
    }

    private BreakerConfig breaker() {
        String breaker = BRIDGE + "circuit-breaker.";
        Duration least = Duration.ofMillis(1);
        return new BreakerConfig(
                reader.integer(breaker + "failures", 1, BreakerConfig.MAX_FAILURES),
                reader.duration(breaker + "window", least),
                reader.duration(breaker + "first-pause", least),
                reader.duration(breaker + "probe", least));
    }

    private LoadConfig load() {
        Optional<Reserve> chosen = reader.choice(
                BRIDGE + "load-model",
                Map.of(
                        "auto", Optional.empty(),
                        "expected", Optional.of(Reserve.EXPECTED),
                        "constant", Optional.of(Reserve.CONSTANT)));
        boolean byCost = reader.text(BRIDGE + "selection-strategy")
                .flatMap(BridgeStrategies::fullName)
                .filter(BY_COST::equals)
                .isPresent();
        String load = BRIDGE + "load.";
        LoadModel model = new LoadModel(
                reader.notNegative(load + "stage-packet-rate", MANY_OF_ONE),
                reader.notNegative(load + "thumbnail-packet-rate", MANY_OF_ONE),
                reader.notNegative(load + "video-packet-rate", MANY_OF_ONE),
                reader.notNegative(load + "audio-packet-rate", MANY_OF_ONE),
                reader.notNegative(load + "speakers", 100),
                reader.integer(load + "last-n", 1, 10_000),
                reader.notNegative(load + "relayed-share", 100),
                reader.notNegative(load + "video-share", 1),
                reader.notNegative(load + "audio-share", 1));
        return new LoadConfig(
                chosen.orElse(byCost ? Reserve.EXPECTED : Reserve.CONSTANT),
                model,
                reader.flag(load + "learn") && !reader.flag("jicofo.bridge.shared") ? Learn.ON : Learn.OFF);
    }

    private List<BridgeClass> classes(String key) {
        String valid = "a list of { name, region, pattern, max-packet-rate }, the pattern a regular expression";
        return reader.read(
                key,
                valid,
                from -> from.getConfigList(key).stream()
                        .map(BridgeSettings::bridgeClass)
                        .toList());
    }

    private static BridgeClass bridgeClass(Config entry) {
        double rate = entry.hasPath("max-packet-rate") ? entry.getDouble("max-packet-rate") : -1;
        if (entry.hasPath("max-packet-rate") && !(rate > 0 && rate <= MANY_PACKETS)) {
            throw new IllegalArgumentException("max-packet-rate");
        }
        return new BridgeClass(
                entry.getString("name"),
                optional(entry, "region").map(Region::new),
                optional(entry, "pattern").map(Pattern::compile),
                rate > 0 ? OptionalDouble.of(rate) : OptionalDouble.empty());
    }

    private static Optional<String> optional(Config entry, String key) {
        return entry.hasPath(key) ? Optional.of(entry.getString(key)) : Optional.empty();
    }

    BridgeCareConfig care(FocusSettings.Selection selection, Octo octo) {
        String moves = BRIDGE + "moves.";
        RedistributionConfig redistribution = redistribution();
        return new BridgeCareConfig(
                checks(),
                new MoveConfig(
                        reader.positive(moves + "urgent-per-second", MoveConfig.MAX_RATE),
                        reader.positive(moves + "urgent-per-bridge-per-second", MoveConfig.MAX_RATE),
                        reader.positive(moves + "convenient-per-second", MoveConfig.MAX_RATE),
                        reader.positive(moves + "convenient-per-bridge-per-second", MoveConfig.MAX_RATE)),
                redistribution,
                iceFailures(),
                new PlannedMoveKeys(reader).read(selection, octo, redistribution),
                limit(BRIDGE + "max-bridge-participants-per-interval").isPresent());
    }

    private IceFailureConfig iceFailures() {
        String detection = BRIDGE + "ice-failure-detection.";
        return new IceFailureConfig(
                reader.flag(detection + "enabled"),
                reader.read(detection + "interval", "a duration from 1 second to 1 hour", from -> {
                    Duration value = from.getDuration(detection + "interval");
                    if (value.compareTo(SECOND) < 0 || value.compareTo(IceFailureConfig.MAX_INTERVAL) > 0) {
                        throw new IllegalArgumentException(detection);
                    }
                    return value;
                }),
                reader.integer(detection + "min-endpoints", 1, 1_000_000),
                reader.positive(detection + "threshold", 1_000),
                reader.duration(detection + "timeout", Duration.ZERO));
    }

    private RedistributionConfig redistribution() {
        String redistribution = BRIDGE + "load-redistribution.";
        return new RedistributionConfig(
                reader.flag(redistribution + "enabled"),
                reader.duration(redistribution + "interval", SECOND),
                reader.positive(redistribution + "stress-threshold", 100),
                reader.duration(redistribution + "timeout", Duration.ZERO),
                reader.integer(redistribution + "endpoints", 1, 100_000));
    }

    private HealthCheckConfig checks() {
        String checks = BRIDGE + "health-checks.";
        Duration interval = reader.duration(checks + "interval", SECOND);
        return new HealthCheckConfig(
                reader.flag(checks + "enabled"),
                interval,
                reader.optionalDuration(checks + "retry-delay", Duration.ZERO).orElse(interval.dividedBy(2)),
                reader.flag(checks + "use-presence"),
                reader.duration(checks + "presence-timeout", SECOND));
    }

    /** @param fleet whose classes may have prices of their own */
    FocusSettings.Selection selection(FleetConfig fleet) {
        return new FocusSettings.Selection(
                reader.text(BRIDGE + "selection-strategy").orElse("SingleBridgeSelectionStrategy"),
                new StrategyConfig(
                        regionGroups(),
                        reader.parsed("jicofo.local-region", "a region", Region::new),
                        new ParticipantLimits(
                                limit(BRIDGE + "max-bridge-participants"),
                                limit(BRIDGE + "max-bridge-participants-per-interval"),
                                interval(BRIDGE + "max-bridge-participants-interval")),
                        reader.text(BRIDGE + "participant-selection-strategy"),
                        reader.text(BRIDGE + "visitor-selection-strategy"),
                        StrategyConfig.DEFAULTS.egress()),
                new EgressKeys(reader).read(fleet.classes()),
                topology(),
                reader.text(BRIDGE + "placement-policy"),
                reader.flag("jicofo.octo.allow-mixed-versions")
                        ? FocusSettings.MixedVersions.ALLOWED
                        : FocusSettings.MixedVersions.FORBIDDEN);
    }

    /** Jicofo's names, simple or fully qualified, and Confocal's own. */
    private FocusSettings.Topology topology() {
        Map<String, FocusSettings.Topology> names = Map.of(
                "auto", FocusSettings.Topology.BY_STRATEGY,
                "SingleMeshTopologyStrategy", FocusSettings.Topology.MESH,
                "VisitorTopologyStrategy", FocusSettings.Topology.VISITORS,
                "EgressAwareTopologyStrategy", FocusSettings.Topology.BY_COST);
        Map<String, FocusSettings.Topology> all = new HashMap<>(names);
        names.forEach((name, topology) -> all.put("org.jitsi.jicofo.bridge." + name, topology));
        return reader.read(
                BRIDGE + "topology-strategy",
                "one of " + String.join(", ", new TreeSet<>(names.keySet())),
                from -> Optional.ofNullable(all.get(from.getString(BRIDGE + "topology-strategy")))
                        .orElseThrow(() -> new IllegalArgumentException("not one of them")));
    }

    private RegionGroups regionGroups() {
        String key = BRIDGE + "region-groups";
        return reader.read(
                key,
                "a list of lists of regions, each region in one of them, as in [[eu-west, eu-north], [us-east]]",
                from -> RegionGroups.of(
                        from.getList(key).stream().map(BridgeSettings::regions).toList()));
    }

    private static List<Region> regions(ConfigValue group) {
        if (group.unwrapped() instanceof List<?> names) {
            return names.stream().map(name -> new Region(String.valueOf(name))).toList();
        }
        throw new IllegalArgumentException("not a list");
    }

    /** Empty for any number. */
    private OptionalInt limit(String key) {
        return reader.read(key, "a whole number above 0, or -1 for any number", from -> {
            int value = from.getInt(key);
            if (value == 0 || value < -1) {
                throw new IllegalArgumentException(key);
            }
            return value == -1 ? OptionalInt.empty() : OptionalInt.of(value);
        });
    }

    private Duration interval(String key) {
        return reader.read(key, "a duration from 1 second to 10 minutes", from -> {
            Duration value = from.getDuration(key);
            if (value.compareTo(ParticipantLimits.MIN_INTERVAL) < 0
                    || value.compareTo(ParticipantLimits.MAX_INTERVAL) > 0) {
                throw new IllegalArgumentException(key);
            }
            return value;
        });
    }
}
