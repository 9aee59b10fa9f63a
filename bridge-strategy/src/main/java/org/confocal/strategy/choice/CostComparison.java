package org.confocal.strategy.choice;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.confocal.strategy.Audience;
import org.confocal.strategy.BridgeKind;
import org.confocal.strategy.BridgeSnapshot;
import org.confocal.strategy.FleetView;
import org.confocal.strategy.Selection.Candidate;
import org.confocal.strategy.Selection.Score;
import org.confocal.strategy.SelectionRequest;
import org.confocal.strategy.choice.ConferenceMap.Stop;
import org.confocal.strategy.network.Distances;
import org.confocal.strategy.network.Distances.Place;

/** What each bridge would cost that one newcomer could be put on. Confined to the selection that made it. */
final class CostComparison {
    /** Four of five people come within five minutes (placement.md, section 5), most of them early. */
    private static final double YOUNG_SECONDS = 150;

    /** Where there is a choice, bridges are filled to this part of the threshold: conferences on them will grow. */
    private static final double COMFORT = 0.93;

    private final EgressAwareConfig config;
    private final SelectionRequest request;
    private final FleetView fleet;
    private final ConferenceMap conference;
    private final Place home;
    private final double newcomers;
    private final double people;
    private final EgressBill bill;
    private final Optional<ReferencePlacement> reference;
    private final LatencyBound bound;
    private final double variance;
    private final LoadPrice load;
    private final List<BridgeKind> kinds;
    private final Score[] unloaded;

    /** A bridge that could be taken. */
    record Priced(BridgeSnapshot bridge, double stress, Score score) {}

    CostComparison(EgressAwareConfig config, Distances distances, SelectionRequest request, FleetView fleet) {
        this.config = config;
        this.request = request;
        this.fleet = fleet;
        conference = new ConferenceMap(request.conference(), fleet, distances);
        home = distances.place(request.region());
        newcomers = newcomers();
        people = conference.people() + newcomers;
        bill = new EgressBill(config, conference, request.audience() == Audience.PARTICIPANT);
        reference = config.latencyRule()
                .reference()
                .map(groups -> ReferencePlacement.of(conference, distances, groups, fleet));
        reference.ifPresent(placement -> placement.add(home, newcomers));
        bound = new LatencyBound(
                config,
                reference
                        .map(placement -> ConferenceMap.mean(placement.pairSum(), people))
                        .orElse(Double.POSITIVE_INFINITY));
        variance = reference
                .map(placement -> placement.variance(conference, people))
                .orElse(0.0);
        load = new LoadPrice(config.stressUsd(), request, fleet, conference);
        kinds = List.copyOf(fleet.kinds());
        unloaded = new Score[kinds.size()];
        double further = conference.people() > 0 ? config.furtherBridgeUsd() : 0;
        for (int i = 0; i < unloaded.length; i++) {
            Place place = distances.place(kinds.get(i).region());
            unloaded[i] = score(kinds.get(i), place, further + load.ofRelays());
        }
    }

    /**
     * The newcomer, and those of his region that may follow him: many while the conference is young. Whoever is alone will
     * not stay alone.
     */
    private double newcomers() {
        double age =
                Duration.between(request.conference().startedAt(), request.at()).toMillis() / 1000.0;
        double expected = 1 + config.followers() * Math.exp(-Math.max(0, age) / YOUNG_SECONDS);
        return request.conference().bridges().isEmpty() ? Math.max(2, expected) : expected;
    }

    /**
     * The cheapest bridge. A kind of bridges whose best one would be too dear even if it were idle is not searched.
     *
     * @param limit a further bridge's stress must be below; infinite where all bridges are at the threshold
     */
    Optional<Priced> cheapest(double limit) {
        Optional<Priced> best = Optional.empty();
        double least = Double.POSITIVE_INFINITY;
        for (Priced own : own(limit)) {
            if (best.isEmpty() || own.score.total() < least) {
                best = Optional.of(own);
                least = own.score.total();
            }
        }
        FurtherBridges further = new FurtherBridges(request, fleet, conference, config.sharing());
        boolean[] searched = new boolean[unloaded.length];
        for (int next = nearest(searched); next >= 0 && unloaded[next].total() < least; next = nearest(searched)) {
            searched[next] = true;
            Optional<Priced> other = loaded(next, further, limit);
            if (other.isPresent() && other.get().score.total() < least) {
                best = other;
                least = other.get().score.total();
            }
        }
        return best;
    }

    /** All that were weighed, or would have been, cheapest first. */
    List<Candidate> candidates(double limit) {
        List<Priced> all = own(limit);
        FurtherBridges further = new FurtherBridges(request, fleet, conference, config.sharing());
        boolean[] searched = new boolean[unloaded.length];
        for (int next = nearest(searched); next >= 0; next = nearest(searched)) {
            searched[next] = true;
            loaded(next, further, limit).ifPresent(all::add);
        }
        all.sort(Comparator.comparingDouble(priced -> priced.score.total()));
        return all.stream()
                .map(priced -> new Candidate(priced.bridge.id(), priced.stress, Optional.of(priced.score)))
                .toList();
    }

    /** The conference's own bridges that take more of it. */
    private List<Priced> own(double limit) {
        ConferenceCap cap = new ConferenceCap(request, fleet, config.maxBridgeParticipants());
        List<Priced> own = new ArrayList<>();
        for (Stop stop : conference.stops()) {
            double stress = fleet.stress(stop.bridge(), request.at());
            if (limit == Double.POSITIVE_INFINITY
                    || (stress < COMFORT * limit && stop.people() < cap.of(fleet.maxPacketRate(stop.bridge())))) {
                own.add(new Priced(stop.bridge(), stress, score(stop.kind(), stop.place(), load.onTheSame(stress))));
            }
        }
        return own;
    }

    /** The kind whose idle bridges would be the cheapest of those not searched yet; -1 where there is none. */
    private int nearest(boolean[] searched) {
        int nearest = -1;
        for (int i = 0; i < searched.length; i++) {
            if (!searched[i] && (nearest < 0 || unloaded[i].total() < unloaded[nearest].total())) {
                nearest = i;
            }
        }
        return nearest;
    }

    private Optional<Priced> loaded(int kind, FurtherBridges further, double limit) {
        return further.of(kinds.get(kind), limit).map(bridge -> {
            double stress = fleet.stress(bridge, request.at());
            Score idle = unloaded[kind];
            Score score = new Score(idle.egress(), idle.latency(), idle.penalty() + load.onAnother(bridge, stress));
            return new Priced(bridge, stress, score);
        });
    }

    private Score score(BridgeKind kind, Place place, double more) {
        double meanMs = ConferenceMap.mean(conference.pairSumWith(home, place, newcomers), people);
        double own = reference
                .map(placement -> placement.variance(home, newcomers, place, people))
                .orElse(0.0);
        return new Score(bill.withOneMoreOn(kind), meanMs, bound.usd(meanMs, variance + own, people) + more);
    }
}
