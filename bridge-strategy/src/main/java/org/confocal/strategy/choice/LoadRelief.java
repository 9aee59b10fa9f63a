package org.confocal.strategy.choice;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.BridgeKind;
import org.confocal.strategy.BridgeSnapshot;
import org.confocal.strategy.ConferenceShape;
import org.confocal.strategy.ConferenceShape.BridgeUse;
import org.confocal.strategy.ConferenceShape.RegionCount;
import org.confocal.strategy.Crowd;
import org.confocal.strategy.FleetView;
import org.confocal.strategy.LoadModel;
import org.confocal.strategy.RoomId;

/**
 * Cools a bridge that has become hot because the conferences on it grew more than was expected: sends a few people to other
 * bridges of its region, where their round trips and prices stay what they are.
 *
 * <p>Jicofo takes people of the largest conference first, wherever the strategy then puts them (spec/05, section 10). Here
 * all conferences are compared by how many people have to be disturbed to free what is too much, and by what is relayed more
 * afterwards: a small conference that leaves as a whole brings no relay about, a large one sheds much with each person, but has one
 * more bridge to relay to where no other one of its bridges takes them. Pure and thread-safe.
 */
public final class LoadRelief {
    /** A new bridge's relays must not eat more of what is freed. */
    private static final double MAX_RELAYED = 0.5;

    private final Terms terms;
    private final int maxBridgeParticipants;

    /**
     * When a bridge is relieved, and how far. The first three are parts of the stress threshold, above 0.
     *
     * @param from from here on a bridge is relieved
     * @param to so far it is brought down; at most {@code from}
     * @param room so far a bridge is filled that takes people in
     * @param maxMoves how many people leave a bridge at a time; at least 1
     * @param packetsPerMove moving somebody counts as so many packets per second; above 0
     */
    public record Terms(double from, double to, double room, int maxMoves, double packetsPerMove) {
        public static final Terms DEFAULTS = new Terms(1, 0.95, 0.85, 10, 2000);

        public Terms {
            if (!(from > 0 && to > 0 && to <= from && room > 0 && packetsPerMove > 0) || maxMoves < 1) {
                throw new IllegalArgumentException("relief from %s to %s, room %s, %d moves, %s packets a move"
                        .formatted(from, to, room, maxMoves, packetsPerMove));
            }
        }
    }

    /** @param maxBridgeParticipants of one conference on one bridge; negative: no limit */
    public LoadRelief(Terms terms, int maxBridgeParticipants) {
        this.terms = terms;
        this.maxBridgeParticipants = maxBridgeParticipants;
    }

    /** A conference that has people on the bridge. */
    public record Share(RoomId room, ConferenceShape conference) {}

    /** Some people of a conference who are to go. */
    public record Departure(RoomId room, Move move) {}

    /** Whether there is a reason to relieve a bridge. */
    public boolean isHot(BridgeSnapshot bridge, FleetView fleet, Instant at) {
        return fleet.stress(bridge, at) >= terms.from * fleet.stressThreshold();
    }

    /**
     * Who is to leave a bridge; nobody where it is not hot, or where no other bridge of its region has room.
     *
     * @param fleet bridges that may take people
     * @param shares the conferences on the hot one
     */
    public List<Departure> relieve(BridgeSnapshot hot, Collection<Share> shares, FleetView fleet, Instant at) {
        return isHot(hot, fleet, at) ? new Relieving(hot, fleet, at).departures(shares) : List.of();
    }

    /**
     * One way of taking people off the bridge.
     *
     * @param freed packets per second that it no longer carries
     * @param added packets per second that the target carries instead
     * @param cost of the moves and of further relays, and what is not freed, in packets per second
     */
    private record Exodus(Share share, BridgeSnapshot target, int people, double freed, double added, double cost) {}

    /**
     * A conference that may give people.
     *
     * @param excess packets per second that are too many on the bridge
     * @param left how many people may still go
     */
    private record Split(Share share, Crowd crowd, double excess, int left) {}

    /** Confined to one call. */
    private final class Relieving {
        private final BridgeSnapshot hot;
        private final FleetView fleet;
        private final Instant at;
        private final LoadModel model;
        private final List<BridgeKind> kinds;
        private final Map<BridgeId, Double> promised = new HashMap<>();

        Relieving(BridgeSnapshot hot, FleetView fleet, Instant at) {
            this.hot = hot;
            this.fleet = fleet;
            this.at = at;
            model = fleet.loadModel();
            kinds = fleet.kinds().stream()
                    .filter(kind -> kind.region().equals(hot.region()))
                    .toList();
        }

        List<Departure> departures(Collection<Share> shares) {
            double excess = (fleet.stress(hot, at) - terms.to * fleet.stressThreshold()) * fleet.maxPacketRate(hot);
            int left = terms.maxMoves;
            List<Share> waiting = new ArrayList<>(shares);
            List<Departure> departures = new ArrayList<>();
            while (excess > 0 && left > 0) {
                List<Exodus> ways = new ArrayList<>();
                for (Share share : waiting) {
                    addWays(share, excess, left, ways);
                }
                if (ways.isEmpty()) {
                    break;
                }
                Exodus best = ways.getFirst();
                for (Exodus way : ways) {
                    best = way.cost < best.cost ? way : best;
                }
                addDepartures(best, departures);
                promised.merge(best.target.id(), best.added, Double::sum);
                waiting.remove(best.share);
                excess -= best.freed;
                left -= best.people;
            }
            return departures;
        }

        private void addWays(Share share, double excess, int left, List<Exodus> ways) {
            ConferenceShape conference = share.conference();
            Split split = new Split(share, model.crowd(conference, conference.size()), excess, left);
            for (BridgeUse use : conference.bridges()) {
                fleet.bridge(use.bridge())
                        .filter(bridge -> !bridge.id().equals(hot.id()))
                        .filter(bridge -> bridge.region().equals(hot.region()))
                        .ifPresent(bridge -> addWays(split, bridge, ways));
            }
            for (BridgeKind kind : kinds) {
                leastStressed(kind, conference).ifPresent(bridge -> addWays(split, bridge, ways));
            }
        }

        /** Of those that are not in the conference. */
        private Optional<BridgeSnapshot> leastStressed(BridgeKind kind, ConferenceShape conference) {
            Iterator<BridgeSnapshot> byStress = fleet.byStress(kind, at);
            while (byStress.hasNext()) {
                BridgeSnapshot bridge = byStress.next();
                if (conference.bridges().stream().noneMatch(use -> use.bridge().equals(bridge.id()))) {
                    return Optional.of(bridge);
                }
            }
            return Optional.empty();
        }

        private void addWays(Split split, BridgeSnapshot target, List<Exodus> ways) {
            Crowd crowd = split.crowd;
            int here = on(split.share.conference(), hot.id());
            int there = on(split.share.conference(), target.id());
            int bridges = split.share.conference().bridges().size();
            double mesh = 2 * model.relays(crowd.size(), crowd, 2);
            double most = terms.room * fleet.stressThreshold() * fleet.maxPacketRate(target);
            double room = most
                    - fleet.stress(target, at) * fleet.maxPacketRate(target)
                    - Objects.requireNonNullElse(promised.get(target.id()), 0.0);
            boolean enough = false;
            for (int people = 1; people <= limit(split, here, there); people++) {
                int after = bridges + (there == 0 ? 1 : 0) - (people == here ? 1 : 0);
                double freed = model.packetRate(here, crowd, bridges) - model.packetRate(here - people, crowd, after);
                double then = model.packetRate(there + people, crowd, after);
                double added = then - model.packetRate(there, crowd, bridges);
                // What the conference costs there is known before it is reported.
                if (added > room || then > most) {
                    return;
                }
                double relayed = (after - bridges) * mesh;
                // Fewer than are needed are a way too: others go as well, or the rest next time.
                if (freed > 0 && relayed < MAX_RELAYED * freed && (!enough || people == here)) {
                    double cost = people * terms.packetsPerMove() + relayed + Math.max(0, split.excess - freed);
                    ways.add(new Exodus(split.share, target, people, freed, added, cost));
                }
                enough |= freed >= split.excess;
            }
        }

        private int limit(Split split, int here, int there) {
            int limit = Math.min(here, split.left);
            return maxBridgeParticipants < 0 ? limit : Math.min(limit, maxBridgeParticipants - there);
        }

        private void addDepartures(Exodus way, List<Departure> departures) {
            int left = way.people;
            for (BridgeUse use : way.share.conference().bridges()) {
                if (use.bridge().equals(hot.id())) {
                    for (RegionCount count : use.people()) {
                        int some = Math.min(left, count.count());
                        if (some > 0) {
                            Move move = new Move(hot.id(), way.target.id(), count.region(), some);
                            departures.add(new Departure(way.share.room(), move));
                            left -= some;
                        }
                    }
                }
            }
        }

        private static int on(ConferenceShape conference, BridgeId bridge) {
            for (BridgeUse use : conference.bridges()) {
                if (use.bridge().equals(bridge)) {
                    return use.size();
                }
            }
            return 0;
        }
    }
}
