package org.confocal.tests.placement;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.confocal.strategy.BridgeKind;
import org.confocal.strategy.network.EgressPrices;
import org.confocal.tests.placement.Workload.Arrival;

/**
 * How well conferences could have been placed, without limits of capacity, one site for each kind of bridge, meshes or stars.
 * The latency rule of all three: a conference's mean round trip is no longer than with the strong baseline's rule (nearest
 * region, or one of its group that the conference has), whatever the load.
 *
 * <ul>
 *   <li>Myopic: everybody who joins goes to the site that makes the conference cheapest at that moment within the rule; nobody
 *       moves.
 *   <li>Frozen: the same for five minutes; then everybody moves to the best placement of those who are there; who comes later
 *       is placed as before.
 *   <li>Clairvoyant: the best placement of everybody over the conference's life, known from the start; people of one metro
 *       stay together.
 * </ul>
 *
 * They are worked out for a random sample of the conferences, one in {@value #ONE_OF}; town halls of more than six metros are
 * left out.
 */
final class References {
    static final int ONE_OF = 10;
    /** The rule is one of means: half a millisecond of rounding is not a breach. */
    static final double TOLERANCE_MS = 0.5;

    private final World sites;
    private final Workload workload;

    /** @param myopic and the others: by the meeting's number */
    record Results(
            Map<Integer, CallResult> rule,
            Map<Integer, CallResult> myopic,
            Map<Integer, CallResult> frozen,
            Map<Integer, CallResult> clairvoyant) {}

    References(World world, EgressPrices prices, Workload workload) {
        this.sites = sites(world, prices);
        this.workload = workload;
    }

    /** One unlimited machine for each kind, and the cheapest of mesh and stars. */
    static World sites(World world, EgressPrices prices) {
        Map<BridgeKind, Machine> kinds = new LinkedHashMap<>();
        for (Machine machine : world.machines()) {
            int number = kinds.size();
            kinds.computeIfAbsent(
                    machine.kind(),
                    kind -> new Machine(number, machine.id(), machine.region(), kind, machine.capacity()));
        }
        List<Machine> machines = List.copyOf(kinds.values());
        return new World(
                world.geography(),
                machines,
                new Tariffs(machines, prices),
                (present, used, members) -> meshAndStars(world, used));
    }

    private static List<Wiring> meshAndStars(World world, List<Machine> used) {
        List<Wiring> wirings = new ArrayList<>();
        wirings.add(Wiring.mesh(used, world.geography()));
        if (used.size() > 2) {
            IntStream.range(0, used.size()).forEach(hub -> wirings.add(Wiring.star(used, hub, world.geography())));
        }
        return wirings;
    }

    Results run(long seed) {
        Results results =
                new Results(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
        SplittableRandom random = new SplittableRandom(seed);
        for (Meeting meeting : workload.meetings()) {
            long metros =
                    meeting.people().stream().mapToInt(Person::metro).distinct().count();
            if (random.nextInt(ONE_OF) == 0 && metros <= Demand.MOST_METROS) {
                place(meeting, results);
            }
        }
        return results;
    }

    private void place(Meeting meeting, Results results) {
        CallResult rule = played(meeting, false, true);
        results.rule.put(meeting.number(), rule);
        results.myopic.put(meeting.number(), played(meeting, false, false));
        results.frozen.put(meeting.number(), played(meeting, true, false));
        Demand demand = Demand.of(meeting, workload.lengthMs());
        BestPlacement.Found best = BestPlacement.of(sites, demand, rule.meanMs() + TOLERANCE_MS);
        results.clairvoyant.put(
                meeting.number(),
                CallResult.ofPairs(
                        best.usd() - best.relayUsd(),
                        best.relayUsd(),
                        best.meanMs() * demand.allPairs(),
                        demand.allPairs()));
    }

    private CallResult played(Meeting meeting, boolean freezes, boolean byRule) {
        Loads loads = new Loads(sites.machines());
        Call rule = new Call(meeting, sites.with(World.meshes(sites.geography())), loads, new Tally(), 0);
        Call call = new Call(meeting, sites, new Loads(sites.machines()), new Tally(), 0);
        int freezeMs =
                freezes ? meeting.people().getFirst().joinMs() + (int) Replanner.AFTER.toMillis() : Integer.MAX_VALUE;
        int nowMs = 0;
        for (long arrival : Demand.arrivals(meeting)) {
            if (Arrival.atMs(arrival) >= workload.lengthMs()) {
                break;
            }
            nowMs = Arrival.atMs(arrival);
            if (nowMs > freezeMs) {
                freeze(call, rule, meeting, freezeMs);
                freezeMs = Integer.MAX_VALUE;
            }
            int person = Arrival.person(arrival);
            if (Arrival.joins(arrival)) {
                rule.enter(person, ruled(sites, rule, meeting.people().get(person)), nowMs);
                if (!byRule) {
                    call.enter(person, cheapest(call, rule, person, nowMs), nowMs);
                }
            } else {
                rule.leave(person, nowMs);
                call.leave(person, nowMs);
            }
        }
        rule.settle(workload.lengthMs());
        call.settle(workload.lengthMs());
        return byRule ? rule.result() : call.result();
    }

    /** Where the baseline's rule puts somebody. */
    static Machine ruled(World sites, Call call, Person person) {
        int nearest = sites.geography().nearestRegion(person.metro());
        int region = FleetPlan.regionByGroups(sites.geography(), nearest, call);
        return sites.machines().stream()
                .filter(machine -> machine.region() == region)
                .findFirst()
                .orElseThrow();
    }

    private Machine cheapest(Call call, Call rule, int person, int nowMs) {
        double boundMs = rule.meanMsNow() + TOLERANCE_MS;
        Machine best = sites.machines().getFirst();
        Offer bestOffer = Offer.NONE;
        int metro = call.meeting().people().get(person).metro();
        double aloneMs = 2 * sites.geography().accessMs(metro, sites.geography().nearestRegion(metro));
        for (Machine site : sites.machines()) {
            call.enter(person, site, nowMs);
            // Alone, somebody is as far from whoever comes as from the bridge.
            double ms = call.people() > 1
                    ? call.meanMsNow()
                    : 2 * sites.geography().accessMs(metro, site.region()) - aloneMs;
            Offer offer = new Offer(call.usdPerMs(), ms);
            call.leave(person, nowMs);
            if (offer.beats(bestOffer, boundMs)) {
                best = site;
                bestOffer = offer;
            }
        }
        return best;
    }

    private void freeze(Call call, Call rule, Meeting meeting, int nowMs) {
        if (call.people() < 2) {
            // There is nothing to optimise yet, and the bound would not hold anybody near.
            return;
        }
        Demand demand = Demand.at(meeting, nowMs);
        BestPlacement.Found best = BestPlacement.of(sites, demand, rule.meanMsNow() + TOLERANCE_MS);
        for (int person = 0; person < meeting.people().size(); person++) {
            int metro = demand.metros().indexOf(meeting.people().get(person).metro());
            Machine to = sites.machines().get(best.sites().get(metro));
            if (call.seat(person).isPresent()) {
                call.leave(person, nowMs);
                call.enter(person, to, nowMs);
            }
        }
    }
}
