package org.confocal.health;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.confocal.focus.view.Durations;
import org.confocal.focus.view.FocusMeasures;
import org.confocal.focus.view.Timing;
import org.confocal.strategy.choice.EgressEstimate.Usd;

/** Histograms, refusals by reason, and what traffic costs, read from the focus at each scrape. Any thread. */
final class MeasureCollector implements MultiCollector {
    /** What traffic costs; labels {@code region}, and {@code to}: participants or bridges. */
    static final String EGRESS = Meters.OWN + "egress_usd_per_hour";

    private static final int MAX_REGIONS = 500;

    private final Supplier<FocusMeasures> source;
    private final Supplier<SortedMap<String, Usd>> egress;

    /** @param egress by region */
    MeasureCollector(Supplier<FocusMeasures> source, Supplier<SortedMap<String, Usd>> egress) {
        this.source = source;
        this.egress = egress;
    }

    /** What a histogram of this is called on {@code /metrics}. */
    static String name(Timing timing) {
        return Meters.OWN + timing.name().toLowerCase(Locale.ROOT) + "_seconds";
    }

    /** What refusals are called on {@code /metrics}; the label {@code reason} says why. */
    static final String REFUSALS = Meters.OWN + "selections_refused";

    /** What refused conference requests are called; the label {@code reason} is what the client was told. */
    static final String REFUSED_REQUESTS = Meters.OWN + "conference_requests_refused";

    @Override
    public MetricSnapshots collect() {
        FocusMeasures measures = source.get();
        MetricSnapshots.Builder snapshots = MetricSnapshots.builder();
        measures.durations().forEach((timing, durations) -> snapshots.metricSnapshot(histogram(timing, durations)));
        return snapshots
                .metricSnapshot(egress(egress.get()))
                .metricSnapshot(byReason(REFUSALS, "Selections that found no bridge, by reason", measures.refusals()))
                .metricSnapshot(byReason(
                        REFUSED_REQUESTS,
                        "Conference requests of people who had to authenticate, by what they were told",
                        measures.refusedRequests()))
                .build();
    }

    private static GaugeSnapshot egress(SortedMap<String, Usd> byRegion) {
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder()
                .name(EGRESS)
                .help("What traffic of the conferences that run costs, an estimate");
        byRegion.entrySet().stream().limit(MAX_REGIONS).forEach(entry -> {
            String region = entry.getKey();
            gauge.dataPoint(usd(region, "participants", entry.getValue().toParticipants()));
            gauge.dataPoint(usd(region, "bridges", entry.getValue().toBridges()));
        });
        return gauge.build();
    }

    private static GaugeSnapshot.GaugeDataPointSnapshot usd(String region, String to, double value) {
        return GaugeSnapshot.GaugeDataPointSnapshot.builder()
                .labels(Labels.of("region", region, "to", to))
                .value(value)
                .build();
    }

    private static HistogramSnapshot histogram(Timing timing, Durations durations) {
        List<Double> bounds = new ArrayList<>(Durations.BOUNDS);
        bounds.add(Double.POSITIVE_INFINITY);
        return HistogramSnapshot.builder()
                .name(name(timing))
                .help(help(timing))
                .dataPoint(HistogramSnapshot.HistogramDataPointSnapshot.builder()
                        .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, durations.counts()))
                        .sum(durations.sumSeconds())
                        .build())
                .build();
    }

    private static String help(Timing timing) {
        return switch (timing) {
            case CONFERENCE_REQUEST -> "From a conference request to its answer";
            case JOIN_TO_OFFER -> "From being in a room with others to the offer of a session";
            case BRIDGE_RESPONSE -> "From a request to a bridge to its answer";
        };
    }

    private static CounterSnapshot byReason(String name, String help, Map<? extends Enum<?>, Long> counts) {
        CounterSnapshot.Builder counter = CounterSnapshot.builder().name(name).help(help);
        counts.forEach((reason, count) -> counter.dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                .labels(Labels.of("reason", reason.name().toLowerCase(Locale.ROOT)))
                .value(count)
                .build()));
        return counter.build();
    }
}
