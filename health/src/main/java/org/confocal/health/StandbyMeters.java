package org.confocal.health;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a process measures that has no focus yet. Any thread. */
final class StandbyMeters {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    /** Micrometer only remembers weakly what it counts. */
    private final List<Figure> figures;

    StandbyMeters(List<Figure> figures) {
        this.figures = List.copyOf(figures);
        this.figures.forEach(this::register);
    }

    private void register(Figure figure) {
        switch (figure.kind()) {
            case COUNTER ->
                FunctionCounter.builder(
                                figure.name(), figure, each -> each.value().getAsDouble())
                        .description(figure.help())
                        .register(registry);
            case GAUGE ->
                Gauge.builder(figure.name(), figure, each -> each.value().getAsDouble())
                        .description(figure.help())
                        .register(registry);
        }
    }

    String scrape(String contentType) {
        return registry.scrape(contentType);
    }

    /** The values by name. */
    Map<String, Object> flat() {
        Map<String, Object> flat = new LinkedHashMap<>();
        figures.forEach(figure ->
                flat.put(figure.name().replace('.', '_'), figure.value().getAsDouble()));
        return flat;
    }
}
