package org.confocal.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.BridgeReport;
import org.confocal.strategy.ConferenceShape.BridgeUse;
import org.confocal.strategy.Region;
import org.confocal.strategy.SelectionRequest;

/**
 * What Confocal's selection is measured against: the way that comes to mind first. Mutable bridges behind one lock; for each
 * request the stress of every bridge is corrected, those that may be taken are sorted by it, and the sorted list is
 * filtered by the rules of spec/05, section 9 (region based), until one yields a bridge. It explains nothing.
 */
final class Textbook {
    private static final Duration RAMPUP = Duration.ofSeconds(20);
    private static final Duration FAILURE_RESET = Duration.ofMinutes(1);
    private static final double THRESHOLD = 0.8;
    private static final double PERSON = 0.01;
    private static final int MAX_PEOPLE = 80;

    private final List<Bridge> bridges = new ArrayList<>();

    private static final class Bridge {
        final BridgeId id;
        final BridgeReport report;
        final Optional<Instant> failedAt;
        final Deque<Instant> arrivals = new ArrayDeque<>();

        Bridge(BridgeId id, BridgeReport report, Optional<Instant> failedAt) {
            this.id = id;
            this.report = report;
            this.failedAt = failedAt;
        }

        double stress(Instant at) {
            Instant oldest = at.minus(RAMPUP);
            while (!arrivals.isEmpty() && arrivals.getFirst().isBefore(oldest)) {
                arrivals.removeFirst();
            }
            return report.stressLevel().orElse(0) + PERSON * arrivals.size();
        }

        boolean usable(Instant at) {
            return report.healthy().orElse(true)
                    && !report.shuttingDown().orElse(false)
                    && failedAt.map(failure -> Duration.between(failure, at).compareTo(FAILURE_RESET) >= 0)
                            .orElse(true);
        }
    }

    private record Weighed(Bridge bridge, double stress, int people) {
        boolean loaded() {
            return stress >= THRESHOLD || people >= MAX_PEOPLE;
        }

        boolean used() {
            return people > 0;
        }

        boolean in(Optional<Region> region) {
            return bridge.report.region().equals(region);
        }
    }

    Textbook(Site site) {
        List<BridgeReport> reports = site.reports();
        for (int i = 0; i < reports.size(); i++) {
            Optional<Instant> failedAt = Site.failedLately(i) ? Optional.of(Site.failedAt()) : Optional.empty();
            bridges.add(new Bridge(site.id(i), reports.get(i), failedAt));
        }
    }

    /** Forgets who arrived. */
    synchronized void reset() {
        bridges.forEach(bridge -> bridge.arrivals.clear());
    }

    /** Chooses and reserves. */
    synchronized Optional<BridgeId> select(SelectionRequest request) {
        List<Weighed> sorted = new ArrayList<>();
        for (Bridge bridge : bridges) {
            if (bridge.usable(request.at()) && !bridge.report.drain().orElse(true)) {
                sorted.add(new Weighed(bridge, bridge.stress(request.at()), people(request, bridge)));
            }
        }
        sorted.sort(Comparator.comparingDouble(Weighed::stress));
        Optional<Region> region = request.region();
        Optional<Weighed> best = first(sorted, weighed -> weighed.used() && weighed.in(region) && !weighed.loaded())
                .or(() -> first(sorted, weighed -> weighed.in(region) && !weighed.loaded()))
                .or(() -> first(sorted, weighed -> weighed.used() && !weighed.loaded()))
                .or(() -> first(sorted, weighed -> !weighed.loaded()))
                .or(() -> first(sorted, weighed -> true));
        best.ifPresent(weighed -> weighed.bridge.arrivals.add(request.at()));
        return best.map(weighed -> weighed.bridge.id);
    }

    private static int people(SelectionRequest request, Bridge bridge) {
        int people = 0;
        for (BridgeUse use : request.conference().bridges()) {
            people += use.bridge().equals(bridge.id) ? use.size() : 0;
        }
        return people;
    }

    private static Optional<Weighed> first(List<Weighed> sorted, Predicate<Weighed> wanted) {
        return sorted.stream().filter(wanted).findFirst();
    }
}
