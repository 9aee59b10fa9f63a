package org.confocal.strategy.choice;

import org.confocal.strategy.BridgeSnapshot;
import org.confocal.strategy.ConferenceShape;
import org.confocal.strategy.Crowd;
import org.confocal.strategy.FleetView;
import org.confocal.strategy.LoadModel;
import org.confocal.strategy.SelectionRequest;
import org.confocal.strategy.choice.ConferenceMap.Stop;

/**
 * What stress costs, in $ per hour: next to nothing on a cool bridge, as much as anything else at the threshold. Confined to
 * the selection that made it.
 */
final class LoadPrice {
    /** So many people of a conference are expected to be on its bridge before long. */
    private static final double SOON = 4;

    private static final int STEEPNESS = 10;

    private final double usdAtThreshold;
    private final FleetView fleet;
    /** What a further bridge gets before long. */
    private final double packetsSoon;
    /** What it costs the conference's bridges that they relay to it, each. */
    private final double relays;

    /** @param usdAtThreshold the price of a bridge at the threshold */
    LoadPrice(double usdAtThreshold, SelectionRequest request, FleetView fleet, ConferenceMap conference) {
        this.usdAtThreshold = usdAtThreshold;
        this.fleet = fleet;
        ConferenceShape shape = request.conference();
        LoadModel model = fleet.loadModel();
        Crowd crowd = model.crowd(shape, 2.0 * shape.size() + SOON);
        packetsSoon = model.packetRate(SOON, crowd, shape.bridges().size() + 1);
        relays = relays(request, conference, model.relays(crowd.size(), crowd, 2) / crowd.size());
    }

    /** Of one more person on a bridge that carries the conference. */
    double onTheSame(double stress) {
        return price(stress);
    }

    /** Of relaying to a further bridge, wherever it is: the conference's bridges have one more to relay to. */
    double ofRelays() {
        return relays;
    }

    /**
     * Of a bridge that is new to the conference, but for {@link #ofRelays}: it gets a few people of it soon, and what everybody
     * elsewhere sends, which weighs more on a small one.
     */
    double onAnother(BridgeSnapshot bridge, double stress) {
        return price(stress + packetsSoon / fleet.maxPacketRate(bridge));
    }

    private double relays(SelectionRequest request, ConferenceMap conference, double sentByOne) {
        double usd = 0;
        for (Stop stop : conference.stops()) {
            double now = fleet.stress(stop.bridge(), request.at());
            double more = sentByOne * stop.people() / fleet.maxPacketRate(stop.bridge());
            usd += price(now + more) - price(now);
        }
        return usd;
    }

    private double price(double stress) {
        return usdAtThreshold * Math.pow(stress / fleet.stressThreshold(), STEEPNESS);
    }
}
