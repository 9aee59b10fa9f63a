package org.confocal.strategy.choice;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.confocal.strategy.BridgeKind;
import org.confocal.strategy.FleetView;
import org.confocal.strategy.Region;
import org.confocal.strategy.choice.ConferenceMap.Block;
import org.confocal.strategy.network.Distances;
import org.confocal.strategy.network.Distances.Place;

/**
 * Where region groups would have put the people of a conference, and how far from each other: the first of a group brings in
 * his own region, everybody of that group follows (spec/05, section 9, rules 1 to 4). Who came first is not known for sure
 * any more; the order of bridges and people in the conference's shape stands for it. Load is left out of account.
 */
final class ReferencePlacement {
    /** How far off the length of a way over the internet is, as a share of it: its stretch is 1.0 to 1.3. */
    private static final double ACCESS_DEVIATION = 0.08;

    private final Distances distances;
    private final RegionGroups groups;
    private final Set<Region> regions;
    private final List<Seat> seats = new ArrayList<>();

    /** A bridge that region groups would have brought in: how many people it has, and the sum of their ways to it. */
    private record Seat(Place place, double people, double access) {}

    /** @param regions those that have bridges */
    ReferencePlacement(Distances distances, RegionGroups groups, Set<Region> regions) {
        this.distances = distances;
        this.groups = groups;
        this.regions = regions;
    }

    /** With everybody of the conference. */
    static ReferencePlacement of(ConferenceMap conference, Distances distances, RegionGroups groups, FleetView fleet) {
        Set<Region> regions = new HashSet<>();
        for (BridgeKind kind : fleet.kinds()) {
            kind.region().ifPresent(regions::add);
        }
        ReferencePlacement placement = new ReferencePlacement(distances, groups, regions);
        for (Block block : conference.blocks()) {
            // Where a group is at home on a bridge near it, the first one of it brought that bridge in.
            Place place = conference.stops().get(block.stop()).place();
            if (placement.near(place.region(), block.home().region())) {
                placement.seat(place);
            }
        }
        for (Block block : conference.blocks()) {
            placement.add(block.home(), block.people());
        }
        return placement;
    }

    /** Where people of a region would be, without them being added. */
    Place placeFor(Place home) {
        for (Seat seat : seats) {
            if (near(seat.place.region(), home.region())) {
                return seat.place;
            }
        }
        if (home.region().isPresent() && regions.contains(home.region().get())) {
            return home;
        }
        for (Region near : home.region().map(groups::of).orElse(Set.of())) {
            if (regions.contains(near)) {
                return distances.place(Optional.of(near));
            }
        }
        return seats.isEmpty() ? home : seats.getFirst().place;
    }

    void add(Place home, double people) {
        int index = seat(placeFor(home));
        Seat seat = seats.get(index);
        double access = people * distances.access(home, seat.place);
        seats.set(index, new Seat(seat.place, seat.people + people, seat.access + access));
    }

    /**
     * How wrong the difference between the conference's mean round trip and this one may be: people are known by region, and
     * the way of those who are on another bridge than here was estimated.
     *
     * @return the variance of the mean over all pairs, in square milliseconds
     */
    double variance(ConferenceMap conference, double people) {
        double variance = 0;
        for (Block block : conference.blocks()) {
            Place place = conference.stops().get(block.stop()).place();
            variance += variance(block.home(), block.people(), place, people);
        }
        return variance;
    }

    /** The part of so many of one region who are at {@code place}, in a conference of so many people. */
    double variance(Place home, double some, Place place, double people) {
        if (people <= 1 || place.equals(placeFor(home))) {
            return 0;
        }
        double deviation = ACCESS_DEVIATION * distances.access(home, place) * 2 * some / people;
        return deviation * deviation;
    }

    private int seat(Place place) {
        for (int i = 0; i < seats.size(); i++) {
            Place known = seats.get(i).place;
            if (near(known.region(), place.region()) || known.equals(place)) {
                return i;
            }
        }
        seats.add(new Seat(place, 0, 0));
        return seats.size() - 1;
    }

    private boolean near(Optional<Region> a, Optional<Region> b) {
        return a.isPresent() && b.isPresent() && groups.near(a.get(), b.get());
    }

    /** The sum of the round trips of all pairs, in milliseconds. */
    double pairSum() {
        double people = 0;
        double access = 0;
        double hops = 0;
        for (int i = 0; i < seats.size(); i++) {
            Seat seat = seats.get(i);
            people += seat.people;
            access += seat.access;
            for (int j = 0; j < i; j++) {
                hops += seat.people * seats.get(j).people * distances.hop(seat.place, seats.get(j).place);
            }
        }
        return Math.max(0, people - 1) * access + hops;
    }
}
