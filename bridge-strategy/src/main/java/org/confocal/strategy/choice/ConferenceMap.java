package org.confocal.strategy.choice;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.BridgeKind;
import org.confocal.strategy.BridgeSnapshot;
import org.confocal.strategy.ConferenceShape;
import org.confocal.strategy.ConferenceShape.BridgeUse;
import org.confocal.strategy.ConferenceShape.RegionCount;
import org.confocal.strategy.FleetView;
import org.confocal.strategy.network.Distances;
import org.confocal.strategy.network.Distances.Place;

/**
 * A conference as the sums need it: its bridges with their places, and its people by bridge and region. Confined to the
 * selection that made it.
 *
 * <p>With X_i people on bridge i, the round trips of all pairs add up to
 * {@code (n - 1) * sum of everybody's access + sum over bridges i < j of X_i * X_j * hop(i, j)}.
 */
final class ConferenceMap {
    /** One of the conference's bridges that may be looked at. */
    record Stop(BridgeSnapshot bridge, BridgeKind kind, Place place, BridgeUse use, int people) {}

    /** People of one region on one bridge; {@code stop} counts {@link #stops}. */
    record Block(Place home, int stop, int people) {}

    private final Distances distances;
    private final List<Stop> stops = new ArrayList<>();
    private final List<Block> blocks = new ArrayList<>();
    private final double accessSum;
    private final double pairSum;
    private final int people;
    private final double audioSenders;
    private final double videoSenders;

    /** @param fleet bridges that are not in it are left out, and those on them */
    ConferenceMap(ConferenceShape shape, FleetView fleet, Distances distances) {
        this.distances = distances;
        int audio = 0;
        int video = 0;
        int all = 0;
        double access = 0;
        for (BridgeUse use : shape.bridges()) {
            Optional<BridgeSnapshot> bridge = fleet.bridge(use.bridge());
            if (bridge.isEmpty()) {
                continue;
            }
            BridgeKind kind = fleet.kind(bridge.get());
            Place place = distances.place(kind.region());
            int here = 0;
            for (RegionCount count : use.people()) {
                Place home = distances.place(count.region());
                blocks.add(new Block(home, stops.size(), count.count()));
                access += count.count() * distances.access(home, place);
                here += count.count();
            }
            stops.add(new Stop(bridge.get(), kind, place, use, here));
            audio += use.audioSenders();
            video += use.videoSenders();
            all += here;
        }
        people = all;
        audioSenders = audio;
        videoSenders = video;
        double sum = Math.max(0, people - 1) * access;
        for (int i = 0; i < stops.size(); i++) {
            for (int j = 0; j < i; j++) {
                sum += (double) stops.get(i).people
                        * stops.get(j).people
                        * distances.hop(stops.get(i).place, stops.get(j).place);
            }
        }
        pairSum = sum;
        accessSum = access;
    }

    List<Stop> stops() {
        return stops;
    }

    List<Block> blocks() {
        return blocks;
    }

    boolean isOn(BridgeId bridge) {
        for (Stop stop : stops) {
            if (stop.bridge.id().equals(bridge)) {
                return true;
            }
        }
        return false;
    }

    int people() {
        return people;
    }

    double audioSenders() {
        return audioSenders;
    }

    double videoSenders() {
        return videoSenders;
    }

    /** The sum of the round trips of all pairs, in milliseconds. */
    double pairSum() {
        return pairSum;
    }

    /**
     * The same with more people of {@code home} on a bridge at {@code place}.
     *
     * @param more above 0; need not be whole, because it may be an expectation
     */
    double pairSumWith(Place home, Place place, double more) {
        double access = distances.access(home, place);
        double hops = 0;
        for (Stop stop : stops) {
            hops += stop.place.equals(place) ? 0 : stop.people * distances.hop(stop.place, place);
        }
        return pairSum + more * (accessSum + people * access + hops) + Math.max(0, more - 1) * more * access;
    }

    /** The mean round trip of two people of so many, given the sum of all pairs. */
    static double mean(double pairSum, double people) {
        return people <= 1 ? 0 : pairSum / (people * (people - 1) / 2);
    }
}
