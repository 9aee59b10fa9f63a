package org.confocal.health;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusNamingConvention;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.confocal.focus.view.FocusSnapshot;
import org.confocal.focus.view.FocusView;
import org.jspecify.annotations.Nullable;

/**
 * Micrometer's meters over the focus. All of one scrape is read from one snapshot, taken at that scrape. Bridges' meters
 * come and go with the bridges, at most {@value #MAX_BRIDGES} of them; Jingle counters appear on first use, at most
 * {@value #MAX_ACTIONS} each way. Called from any thread; scrapes wait for each other.
 */
final class FocusMeters {
    static final int MAX_BRIDGES = 5_000;
    static final int MAX_ACTIONS = 64;

    private static final Pattern ACTION = Pattern.compile("[A-Z][A-Z_]{0,40}");

    private final FocusView view;
    private final String version;
    private final PrometheusMeterRegistry registry;
    /** Written under the lock; the meters read it while the scrape that wrote it runs. */
    private volatile Sight sight;

    /** Guards which meters are registered, and that a scrape sees one snapshot; nothing under it waits for I/O. */
    private final ReentrantLock scraping = new ReentrantLock();

    /** Micrometer only remembers weakly what it counts. */
    private final List<Figure> shown = new CopyOnWriteArrayList<>();

    private final Map<String, List<Meter>> bridgeMeters = new HashMap<>();
    private final Set<String> jingleMeters = new HashSet<>();

    FocusMeters(FocusView view, String version, SiteFacts site) {
        this.view = view;
        this.version = version;
        this.registry = registry();
        this.sight = Sight.of(view.snapshot());
        Meters.FOCUS.forEach(this::register);
        Meters.OTHER_SERVICES.forEach(this::register);
        registry.getPrometheusRegistry()
                .register(new MeasureCollector(view::measures, () -> EgressByRegion.of(view, sight.focus(), site)));
        // Micrometer makes an info metric of a gauge whose name ends like this.
        Gauge.builder(Meters.JICOFO + "version.info", () -> 1)
                .description("The version of the focus")
                .tag("version", version)
                .register(registry);
    }

    /** For what other parts measure. */
    MeterRegistry registryForOthers() {
        return registry;
    }

    void show(List<Figure> figures) {
        shown.addAll(figures);
        for (Figure figure : figures) {
            switch (figure.kind()) {
                case COUNTER ->
                    FunctionCounter.builder(
                                    figure.name(), figure, each -> each.value().getAsDouble())
                            .description(figure.help())
                            .register(registry);
                case GAUGE ->
                    Gauge.builder(figure.name(), figure, each -> each.value().getAsDouble())
                            .description(figure.help())
                            .strongReference(true)
                            .register(registry);
            }
        }
    }

    /** Everything, in the format of this content type: Prometheus' text format, or OpenMetrics'. */
    String scrape(String contentType) {
        scraping.lock();
        try {
            look();
            return registry.scrape(contentType);
        } finally {
            scraping.unlock();
        }
    }

    /** Jicofo's flat form: its metrics without prefix and without those that carry a label. */
    Map<String, Object> flat() {
        FocusSnapshot focus = view.snapshot();
        Map<String, Object> flat = new LinkedHashMap<>();
        for (Meters.FocusMeter meter : Stream.concat(Meters.FOCUS.stream(), Meters.OTHER_SERVICES.stream())
                .toList()) {
            double value = meter.value().applyAsDouble(focus);
            String name = meter.name().startsWith(Meters.JICOFO)
                    ? meter.name().substring(Meters.JICOFO.length())
                    : meter.name();
            switch (meter.kind()) {
                case COUNTER -> flat.put(name + "_total", (long) value);
                case GAUGE -> flat.put(name, (long) value);
                case SECONDS -> flat.put(name, value);
                case FLAG -> flat.put(name, value != 0);
            }
        }
        usable(focus.jingleSent()).forEach((action, count) -> flat.put(jingle(action, "sent") + "_total", count));
        usable(focus.jingleReceived())
                .forEach((action, count) -> flat.put(jingle(action, "received") + "_total", count));
        flat.put("version", version);
        return flat;
    }

    private void look() {
        Sight seen = Sight.of(view.snapshot());
        sight = seen;
        bridgeMeters.entrySet().removeIf(entry -> {
            boolean gone = !seen.bridges().containsKey(entry.getKey());
            if (gone) {
                entry.getValue().forEach(registry::remove);
            }
            return gone;
        });
        seen.bridges().keySet().forEach(nick -> bridgeMeters.computeIfAbsent(nick, this::registerBridge));
        registerJingle(seen.focus().jingleSent(), "sent", FocusSnapshot::jingleSent);
        registerJingle(seen.focus().jingleReceived(), "received", FocusSnapshot::jingleReceived);
    }

    private void register(Meters.FocusMeter meter) {
        ToDoubleFunction<FocusMeters> value = meters -> meter.value().applyAsDouble(meters.sight.focus());
        register(meter.name(), meter.kind(), meter.help(), Tags.empty(), value);
    }

    private List<Meter> registerBridge(String nick) {
        List<Meter> meters = new ArrayList<>();
        for (Meters.BridgeMeter meter : Meters.BRIDGE) {
            ToDoubleFunction<FocusMeters> value = all -> {
                FocusSnapshot.@Nullable Bridge bridge = all.sight.bridges().get(nick);
                return bridge == null ? 0 : meter.value().applyAsDouble(bridge);
            };
            meters.add(register(meter.name(), meter.kind(), meter.help(), Tags.of("jvb", nick), value));
        }
        return meters;
    }

    private void registerJingle(
            SortedMap<String, Long> counts, String direction, Function<FocusSnapshot, SortedMap<String, Long>> of) {
        for (String action : usable(counts).keySet()) {
            String name = jingle(action, direction);
            if (jingleMeters.add(name)) {
                register(
                        Meters.JICOFO + name,
                        Meters.Kind.COUNTER,
                        "Jingle " + action.toLowerCase(Locale.ROOT) + " " + direction,
                        Tags.empty(),
                        meters -> of.apply(meters.sight.focus()).getOrDefault(action, 0L));
            }
        }
    }

    private Meter register(String name, Meters.Kind kind, String help, Tags tags, ToDoubleFunction<FocusMeters> value) {
        return switch (kind) {
            case COUNTER ->
                FunctionCounter.builder(name, this, value)
                        .description(help)
                        .tags(tags)
                        .register(registry);
            case GAUGE, SECONDS, FLAG ->
                Gauge.builder(name, this, value).description(help).tags(tags).register(registry);
        };
    }

    private static String jingle(String action, String direction) {
        return "jingle_" + action.toLowerCase(Locale.ROOT) + "_" + direction;
    }

    private static Map<String, Long> usable(SortedMap<String, Long> counts) {
        return counts.entrySet().stream()
                .filter(entry -> ACTION.matcher(entry.getKey()).matches())
                .limit(MAX_ACTIONS)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
    }

    private static PrometheusMeterRegistry registry() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(new PrometheusConfig() {
            @Override
            public @Nullable String get(String key) {
                return null;
            }

            @Override
            public Properties prometheusProperties() {
                Properties properties = new Properties();
                properties.put("io.prometheus.exporter.include_created_timestamps", "true");
                return properties;
            }
        });
        registry.config().namingConvention(new PrometheusNamingConvention() {
            @Override
            public String name(String name, Meter.Type type, @Nullable String baseUnit) {
                // Micrometer takes "_created" off a name, as a suffix that belongs to the format: it would make
                // conferences_created of ours the same as the gauge conferences.
                return name.startsWith(Meters.JICOFO) || name.startsWith(Meters.OWN)
                        ? name
                        : super.name(name, type, baseUnit);
            }
        });
        return registry;
    }

    /** One look at the focus. Bridges by nick; of two with one nick in two breweries, the first. */
    private record Sight(FocusSnapshot focus, Map<String, FocusSnapshot.Bridge> bridges) {
        static Sight of(FocusSnapshot focus) {
            Map<String, FocusSnapshot.Bridge> bridges = new LinkedHashMap<>();
            focus.bridges().stream()
                    .limit(MAX_BRIDGES)
                    .forEach(bridge -> bridges.putIfAbsent(bridge.bridge().id().nick(), bridge));
            return new Sight(focus, bridges);
        }
    }
}
