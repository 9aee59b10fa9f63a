package org.confocal.config;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.confocal.focus.config.HealthCheckConfig;
import org.confocal.strategy.FleetConfig;
import org.confocal.strategy.FleetConfig.BridgeClass;
import org.confocal.strategy.FleetConfig.StressSource;
import org.confocal.strategy.Region;

/** Reads what concerns bridges: {@code jicofo.bridge}. */
final class BridgeSettings {
    private static final String BRIDGE = "jicofo.bridge.";
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final double MANY_PACKETS = 1e9;

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
                reader.duration(BRIDGE + "failure-reset-threshold", Duration.ZERO));
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

    HealthCheckConfig checks() {
        String checks = BRIDGE + "health-checks.";
        Duration interval = reader.duration(checks + "interval", SECOND);
        return new HealthCheckConfig(
                reader.flag(checks + "enabled"),
                interval,
                reader.optionalDuration(checks + "retry-delay", Duration.ZERO).orElse(interval.dividedBy(2)),
                reader.flag(checks + "use-presence"),
                reader.duration(checks + "presence-timeout", SECOND));
    }

    FocusSettings.Selection selection() {
        return new FocusSettings.Selection(
                MissingFeatures.available(
                        reader.text(BRIDGE + "selection-strategy").orElse(MissingFeatures.SINGLE)),
                reader.parsed("jicofo.local-region", "a region", Region::new),
                reader.flag("jicofo.octo.allow-mixed-versions")
                        ? FocusSettings.MixedVersions.ALLOWED
                        : FocusSettings.MixedVersions.FORBIDDEN);
    }
}
