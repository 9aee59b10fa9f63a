package org.confocal.strategy.choice;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.confocal.strategy.Audience;
import org.confocal.strategy.BridgeKind;
import org.confocal.strategy.BridgeSelectionStrategy;
import org.confocal.strategy.BridgeSnapshot;
import org.confocal.strategy.FleetView;
import org.confocal.strategy.Selection;
import org.confocal.strategy.Selection.Candidate;
import org.confocal.strategy.Selection.Explanation;
import org.confocal.strategy.Selection.Refusal;
import org.confocal.strategy.Selection.Score;
import org.confocal.strategy.SelectionRequest;
import org.confocal.strategy.choice.ConferenceMap.Stop;
import org.confocal.strategy.network.Distances;
import org.confocal.strategy.network.Distances.Place;

/**
 * The bridge that costs least: egress to the participant and between bridges, round trips, and stress (docs/placement.md).
 *
 * <p>Weighed are the conference's own bridges that take more of it, and, of every kind of bridge nearby, the least stressed
 * other one (of two that are drawn, where bridges are shared). Those at the threshold are left out; where all are, they are weighed nevertheless. What is slower than the
 * {@linkplain EgressAwareConfig.LatencyRule latency rule} allows has its price, as has stress; the cheapest is taken.
 */
public final class EgressAwareBridgeSelectionStrategy implements BridgeSelectionStrategy {
    /** So many bridges that are not in the conference are weighed at most, of the kinds with the shortest round trips. */
    private static final int MAX_FURTHER = 8;

    /** Four of five people come within five minutes (placement.md, section 5), most of them early. */
    private static final double YOUNG_SECONDS = 150;

    /** Where there is a choice, bridges are filled to this part of the threshold: conferences on them will grow. */
    private static final double COMFORT = 0.93;

    private final EgressAwareConfig config;
    private final Distances distances;

    /** With the defaults: AWS prices, and a price for being slower than with Jitsi's region groups. */
    public EgressAwareBridgeSelectionStrategy() {
        this(EgressAwareConfig.defaults());
    }

    public EgressAwareBridgeSelectionStrategy(EgressAwareConfig config) {
        this.config = config;
        this.distances = new Distances(config.network().roundTrips(), config.accessStretch());
    }

    @Override
    public String name() {
        return "EgressAwareBridgeSelectionStrategy";
    }

    /**
     * A bridge that could be taken.
     *
     * @param pairSum the sum of the round trips of all pairs, with the newcomer there, in milliseconds
     */
    private record Alternative(
            BridgeSnapshot bridge, BridgeKind kind, Place place, boolean isNew, double stress, double pairSum) {}

    private record Priced(Alternative alternative, Score score) {}

    @Override
    public Selection select(SelectionRequest request, FleetView fleet) {
        ConferenceMap conference = new ConferenceMap(request.conference(), fleet, distances);
        Place home = distances.place(request.region());
        String circumstance = "";
        List<Alternative> all = alternatives(request, fleet, conference, home, fleet.stressThreshold());
        if (all.isEmpty()) {
            all = alternatives(request, fleet, conference, home, Double.POSITIVE_INFINITY);
            circumstance = "every bridge is at the threshold: ";
        }
        if (all.isEmpty()) {
            return new Selection.None(
                    Refusal.STRATEGY_REFUSED,
                    new Explanation(name(), "no bridge to choose from", List.of(), List.of()));
        }
        List<Priced> byCost = priced(all, request, conference, home, fleet);
        byCost.sort(Comparator.comparingDouble(priced -> priced.score.total()));
        return chosen(byCost, circumstance + "least egress, round trips and stress");
    }

    private List<Alternative> alternatives(
            SelectionRequest request, FleetView fleet, ConferenceMap conference, Place home, double limit) {
        double newcomers = newcomers(request);
        ConferenceCap cap = new ConferenceCap(request, fleet, config.maxBridgeParticipants());
        List<Alternative> found = new ArrayList<>();
        for (Stop stop : conference.stops()) {
            double stress = fleet.stress(stop.bridge(), request.at());
            if (limit == Double.POSITIVE_INFINITY
                    || (stress < COMFORT * limit && stop.people() < cap.of(fleet.maxPacketRate(stop.bridge())))) {
                double pairSum = conference.pairSumWith(home, stop.place(), newcomers);
                found.add(new Alternative(stop.bridge(), stop.kind(), stop.place(), false, stress, pairSum));
            }
        }
        FurtherBridges bridges = new FurtherBridges(request, fleet, conference, config.sharing());
        int further = 0;
        for (NearKind near : kinds(fleet, conference, home, newcomers)) {
            Optional<BridgeSnapshot> bridge = bridges.of(near.kind, limit);
            if (bridge.isPresent()) {
                double stress = fleet.stress(bridge.get(), request.at());
                found.add(new Alternative(bridge.get(), near.kind, near.place, true, stress, near.pairSum));
                further++;
            }
            if (further == MAX_FURTHER) {
                break;
            }
        }
        return found;
    }

    /** A kind of bridges, with the sum of all round trips if the newcomer were there. */
    private record NearKind(BridgeKind kind, Place place, double pairSum) {}

    /** Those of the shortest round trips first. */
    private List<NearKind> kinds(FleetView fleet, ConferenceMap conference, Place home, double newcomers) {
        List<NearKind> kinds = new ArrayList<>();
        for (BridgeKind kind : fleet.kinds()) {
            Place place = distances.place(kind.region());
            kinds.add(new NearKind(kind, place, conference.pairSumWith(home, place, newcomers)));
        }
        kinds.sort(Comparator.comparingDouble(NearKind::pairSum));
        return kinds;
    }

    private List<Priced> priced(
            List<Alternative> alternatives,
            SelectionRequest request,
            ConferenceMap conference,
            Place home,
            FleetView fleet) {
        EgressBill bill = new EgressBill(config, conference, request.audience() == Audience.PARTICIPANT);
        Optional<ReferencePlacement> reference = config.latencyRule()
                .reference()
                .map(groups -> ReferencePlacement.of(conference, distances, groups, fleet));
        double newcomers = newcomers(request);
        double people = conference.people() + newcomers;
        reference.ifPresent(placement -> placement.add(home, newcomers));
        LatencyBound bound = new LatencyBound(
                config,
                reference
                        .map(placement -> ConferenceMap.mean(placement.pairSum(), people))
                        .orElse(Double.POSITIVE_INFINITY));
        double variance = reference
                .map(placement -> placement.variance(conference, people))
                .orElse(0.0);
        LoadPrice load = new LoadPrice(config.stressUsd(), request, fleet, conference);
        List<Priced> priced = new ArrayList<>(alternatives.size());
        for (Alternative alternative : alternatives) {
            double meanMs = ConferenceMap.mean(alternative.pairSum, people);
            double own = reference
                    .map(placement -> placement.variance(home, newcomers, alternative.place, people))
                    .orElse(0.0);
            double penalty = bound.usd(meanMs, variance + own, people)
                    + (alternative.isNew && conference.people() > 0 ? config.furtherBridgeUsd() : 0)
                    + (alternative.isNew
                            ? load.onAnother(alternative.bridge, alternative.stress)
                            : load.onTheSame(alternative.stress));
            double egress = bill.withOneMoreOn(alternative.kind);
            priced.add(new Priced(alternative, new Score(egress, meanMs, penalty)));
        }
        return priced;
    }

    /**
     * The newcomer, and those of his region that may follow him: many while the conference is young. Whoever is alone will
     * not stay alone.
     */
    private double newcomers(SelectionRequest request) {
        double age =
                Duration.between(request.conference().startedAt(), request.at()).toMillis() / 1000.0;
        double newcomers = 1 + config.followers() * Math.exp(-Math.max(0, age) / YOUNG_SECONDS);
        return request.conference().bridges().isEmpty() ? Math.max(2, newcomers) : newcomers;
    }

    private Selection chosen(List<Priced> bestFirst, String rule) {
        BridgeSnapshot bridge = bestFirst.getFirst().alternative.bridge;
        List<Candidate> candidates = new ArrayList<>(Math.min(bestFirst.size(), Explanation.MAX_LISTED));
        for (Priced priced : bestFirst.subList(0, Math.min(bestFirst.size(), Explanation.MAX_LISTED))) {
            Alternative alternative = priced.alternative;
            candidates.add(new Candidate(alternative.bridge.id(), alternative.stress, Optional.of(priced.score)));
        }
        return new Selection.Chosen(
                bridge.id(), bridge.region(), bridge.relayId(), new Explanation(name(), rule, candidates, List.of()));
    }
}
