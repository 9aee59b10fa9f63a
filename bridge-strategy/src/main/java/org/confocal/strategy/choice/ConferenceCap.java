package org.confocal.strategy.choice;

import java.util.HashMap;
import java.util.Map;
import org.confocal.strategy.ConferenceShape;
import org.confocal.strategy.Crowd;
import org.confocal.strategy.FleetView;
import org.confocal.strategy.GrowthForecast;
import org.confocal.strategy.SelectionRequest;

/**
 * How many people of a conference a bridge takes. Conferences grow, and with them the cost of everybody who is there
 * already, until last-n is full; so a bridge gets only as many as it can carry once the conference has grown, beside other
 * conferences. Confined to the selection that made it.
 */
final class ConferenceCap {
    /** A conference is taken to gain so many times its people, but no more than so many. */
    private static final double GROWTH = 11;

    private static final double MOST_GROWTH = 200;

    /** The part of a bridge that one conference may fill. */
    private static final double CONFERENCE_SHARE = 0.5;

    /** So many people of a conference may be on a bridge, whatever they are expected to cost. */
    private static final double FEWEST = 6;

    private final SelectionRequest request;
    private final FleetView fleet;
    private final int limit;
    private final Map<Double, Double> caps = new HashMap<>();

    /** @param limit that the operator set; negative for none */
    ConferenceCap(SelectionRequest request, FleetView fleet, int limit) {
        this.request = request;
        this.fleet = fleet;
        this.limit = limit;
    }

    /** @param maxPacketRate at which the bridge is full */
    double of(double maxPacketRate) {
        return caps.computeIfAbsent(maxPacketRate, this::compute);
    }

    private double compute(double maxPacketRate) {
        ConferenceShape shape = request.conference();
        double budget = fleet.stressThreshold() * maxPacketRate;
        GrowthForecast forecast = GrowthForecast.of(shape, request.at(), fleet.loadModel(), budget);
        double grown = Math.max(forecast.crowd().size(), shape.size() + Math.min(GROWTH * shape.size(), MOST_GROWTH));
        Crowd crowd = fleet.loadModel().crowd(shape, grown);
        double byLoad = CONFERENCE_SHARE * maxPacketRate / fleet.loadModel().perParticipant(1, crowd, 1);
        double cap = Math.max(FEWEST, forecast.bridges() > 1 ? Math.min(byLoad, forecast.perBridge()) : byLoad);
        return limit < 0 ? cap : Math.min(cap, limit);
    }
}
