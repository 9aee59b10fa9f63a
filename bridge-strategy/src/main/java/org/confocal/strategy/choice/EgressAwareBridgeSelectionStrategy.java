package org.confocal.strategy.choice;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.confocal.strategy.Audience;
import org.confocal.strategy.BridgeKind;
import org.confocal.strategy.BridgeSelectionStrategy;
import org.confocal.strategy.BridgeSnapshot;
import org.confocal.strategy.ConferenceShape;
import org.confocal.strategy.Crowd;
import org.confocal.strategy.FleetView;
import org.confocal.strategy.GrowthForecast;
import org.confocal.strategy.LoadModel;
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
 * <p>Weighed are the conference's own bridges and, of every kind of bridge, the least stressed other one. Those at the
 * threshold are left out, then those that would make the conference slower than the {@linkplain
 * EgressAwareConfig.LatencyRule latency rule} allows; of what is left the cheapest is taken. Where the rule leaves none, the
 * one with the shortest round trips; where all are at the threshold, they are weighed nevertheless.
 */
public final class EgressAwareBridgeSelectionStrategy implements BridgeSelectionStrategy {
    /** Prices are looked up for so many new bridges at most, those of the shortest round trips. */
    private static final int MAX_PRICED = 12;

    /** Four of five people come within five minutes (placement.md, section 5), most of them early. */
    private static final double YOUNG_SECONDS = 150;

    /** A conference is taken to become so many times as large, as long as nothing is known about it. */
    private static final double GROWTH = 12;

    /** The part of a bridge that one conference may fill. */
    private static final double CONFERENCE_SHARE = 0.3;

    /** Where there is a choice, bridges are filled to this part of the threshold: conferences on them will grow. */
    private static final double COMFORT = 0.8;

    /** So many people of a conference may be on a bridge, whatever they are expected to cost. */
    private static final double FEWEST = 8;

    private final EgressAwareConfig config;
    private final Distances distances;

    /** With the defaults: AWS prices, and no slower than Jitsi's region groups. */
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
        List<Alternative> found = new ArrayList<>();
        for (Stop stop : conference.stops()) {
            double stress = fleet.stress(stop.bridge(), request.at());
            if (limit == Double.POSITIVE_INFINITY
                    || (stress < COMFORT * limit && stop.people() < cap(request, fleet, stop.bridge()))) {
                double pairSum = conference.pairSumWith(home, stop.place(), newcomers(request));
                found.add(new Alternative(stop.bridge(), stop.kind(), stop.place(), false, stress, pairSum));
            }
        }
        for (BridgeKind kind : fleet.kinds()) {
            Iterator<BridgeSnapshot> byStress = fleet.byStress(kind, request.at());
            while (byStress.hasNext()) {
                BridgeSnapshot bridge = byStress.next();
                if (conference.isOn(bridge.id())) {
                    continue;
                }
                double stress = fleet.stress(bridge, request.at());
                if (stress < limit) {
                    Place place = distances.place(kind.region());
                    found.add(new Alternative(
                            bridge,
                            kind,
                            place,
                            true,
                            stress,
                            conference.pairSumWith(home, place, newcomers(request))));
                }
                break;
            }
        }
        return found;
    }

    /**
     * How many people of this conference a bridge takes. Conferences grow, and with them the cost of everybody who is there
     * already, until last-n is full; so a bridge gets only as many as it can carry once the conference has grown, beside
     * other conferences.
     */
    private double cap(SelectionRequest request, FleetView fleet, BridgeSnapshot bridge) {
        ConferenceShape shape = request.conference();
        double budget = fleet.stressThreshold() * fleet.maxPacketRate(bridge);
        GrowthForecast forecast = GrowthForecast.of(shape, request.at(), fleet.loadModel(), budget);
        double grown = Math.max(forecast.crowd().size(), GROWTH * shape.size());
        Crowd crowd = fleet.loadModel().crowd(shape, grown);
        double byLoad = CONFERENCE_SHARE
                * fleet.maxPacketRate(bridge)
                / fleet.loadModel().perParticipant(1, crowd, 1);
        double cap = Math.max(FEWEST, forecast.bridges() > 1 ? Math.min(byLoad, forecast.perBridge()) : byLoad);
        return config.maxBridgeParticipants() < 0 ? cap : Math.min(cap, config.maxBridgeParticipants());
    }

    private List<Priced> priced(
            List<Alternative> alternatives,
            SelectionRequest request,
            ConferenceMap conference,
            Place home,
            FleetView fleet) {
        List<Alternative> some = alternatives;
        if (alternatives.size() > MAX_PRICED) {
            some = new ArrayList<>(alternatives);
            some.sort(Comparator.comparingDouble(Alternative::pairSum));
            some = some.subList(0, MAX_PRICED);
        }
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
        List<Priced> priced = new ArrayList<>(some.size());
        for (Alternative alternative : some) {
            double meanMs = ConferenceMap.mean(alternative.pairSum, people);
            double own = reference
                    .map(placement -> placement.variance(home, newcomers, alternative.place, people))
                    .orElse(0.0);
            double penalty = bound.usd(meanMs, variance + own, people)
                    + (alternative.isNew && conference.people() > 0 ? config.furtherBridgeUsd() : 0)
                    + config.stressUsd()
                            * Math.pow(expectedStress(alternative, request, fleet) / fleet.stressThreshold(), 8);
            double egress = bill.withOneMoreOn(alternative.kind);
            priced.add(new Priced(alternative, new Score(egress, meanMs, penalty)));
        }
        return priced;
    }

    /** A further bridge of a conference gets what everybody elsewhere sends, which weighs more on a small one. */
    private static double expectedStress(Alternative alternative, SelectionRequest request, FleetView fleet) {
        int bridges = request.conference().bridges().size();
        if (!alternative.isNew || bridges == 0) {
            return alternative.stress;
        }
        LoadModel model = fleet.loadModel();
        Crowd crowd =
                model.crowd(request.conference(), 2.0 * request.conference().size());
        return alternative.stress + model.relays(1, crowd, bridges + 1) / fleet.maxPacketRate(alternative.bridge);
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
