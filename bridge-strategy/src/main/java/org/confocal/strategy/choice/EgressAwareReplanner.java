package org.confocal.strategy.choice;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.confocal.strategy.BridgeKind;
import org.confocal.strategy.BridgeSnapshot;
import org.confocal.strategy.ConferenceShape;
import org.confocal.strategy.Crowd;
import org.confocal.strategy.FleetView;
import org.confocal.strategy.choice.ConferenceMap.Block;
import org.confocal.strategy.choice.ConferenceMap.Stop;
import org.confocal.strategy.network.Distances;
import org.confocal.strategy.network.Distances.Place;
import org.confocal.strategy.network.EgressPrices;
import org.confocal.strategy.network.EgressPrices.Sender;

/**
 * A second look at a conference that has settled: moves a few people where that saves more than it disturbs.
 *
 * <p>Joins are placed one by one, without knowing who comes next. After some minutes most have come, and a placement may turn
 * out dear: a bridge that was brought in for one person, or a distant person without one whose neighbours came later. The
 * search is greedy: of all ways to send everybody of one region from one bridge to another one (of the conference, or the least
 * stressed of its kind), and to empty one bridge into another, the best is taken, up to {@value #MAX_STEPS} times. It is meant
 * to be asked once in the life of a conference, so that nobody is moved to and fro.
 */
public final class EgressAwareReplanner {
    private static final int MAX_STEPS = 3;
    private static final int MAX_NEW_BRIDGES = 8;

    /** Moved people fill a bridge to this part of its threshold at most: they are no reason to move others. */
    private static final double ROOM = 0.8;

    private final EgressAwareConfig config;
    private final Terms terms;
    private final Distances distances;

    /**
     * When a move is worth it.
     *
     * @param usdPerMove what moving one person must save, in $
     * @param remainingHours how long the conference is expected to go on
     * @param maxMoves how many people may be moved at most
     */
    public record Terms(double usdPerMove, double remainingHours, int maxMoves) {
        public static final Terms DEFAULTS = new Terms(0.002, 0.5, 6);
    }

    public EgressAwareReplanner(EgressAwareConfig config, Terms terms) {
        this.config = config;
        this.terms = terms;
        this.distances = new Distances(config.network().roundTrips(), config.accessStretch());
    }

    /** @return what to move; empty where the placement is good enough */
    public List<Move> replan(ConferenceShape shape, FleetView fleet, Instant at) {
        ConferenceMap conference = new ConferenceMap(shape, fleet, distances);
        if (conference.people() < 2) {
            return List.of();
        }
        Search search = new Search(conference, targets(conference, shape, fleet, at), fleet);
        search.improve();
        return search.moves();
    }

    private List<Target> targets(ConferenceMap conference, ConferenceShape shape, FleetView fleet, Instant at) {
        Crowd crowd = fleet.loadModel().crowd(shape, conference.people());
        List<Target> targets = new ArrayList<>();
        for (Stop stop : conference.stops()) {
            int room = room(stop.bridge(), stop.people(), crowd, fleet, at);
            targets.add(new Target(stop.bridge(), stop.kind(), stop.place(), room));
        }
        List<Target> others = new ArrayList<>();
        for (BridgeKind kind : fleet.kinds()) {
            Iterator<BridgeSnapshot> byStress = fleet.byStress(kind, at);
            if (byStress.hasNext()) {
                BridgeSnapshot bridge = byStress.next();
                if (!conference.isOn(bridge.id())) {
                    int room = room(bridge, 0, crowd, fleet, at);
                    others.add(new Target(bridge, kind, distances.place(kind.region()), room));
                }
            }
        }
        others.sort(Comparator.comparingDouble(target -> reach(conference, target)));
        targets.addAll(others.subList(0, Math.min(MAX_NEW_BRIDGES, others.size())));
        return targets;
    }

    /** How many more of this conference a bridge takes. */
    private int room(BridgeSnapshot bridge, int people, Crowd crowd, FleetView fleet, Instant at) {
        double free = ROOM * fleet.stressThreshold() - fleet.stress(bridge, at);
        double load = fleet.loadModel().perParticipant(Math.max(1, people), crowd, 2) / fleet.maxPacketRate(bridge);
        int byLoad = (int) Math.max(0, Math.min(terms.maxMoves, free / load));
        return config.maxBridgeParticipants() < 0
                ? byLoad
                : Math.max(0, Math.min(byLoad, config.maxBridgeParticipants() - people));
    }

    private double reach(ConferenceMap conference, Target target) {
        double nearest = Double.POSITIVE_INFINITY;
        for (Block block : conference.blocks()) {
            nearest = Math.min(nearest, distances.access(block.home(), target.place));
        }
        return nearest;
    }

    /**
     * A bridge that people may be on.
     *
     * @param room how many more it takes
     */
    private record Target(BridgeSnapshot bridge, BridgeKind kind, Place place, int room) {}

    /** One assignment of blocks to targets after the other. Confined to one call. */
    private final class Search {
        private final ConferenceMap conference;
        private final List<Block> blocks;
        private final List<Target> targets;
        /** The kinds of {@link #targets}. */
        private final List<Sender> senders;

        private final EgressPrices prices;
        private final int[] start;
        private final int[] now;
        private final Optional<ReferencePlacement> reference;
        private final LatencyBound bound;
        private final double video;
        private final double audio;

        Search(ConferenceMap conference, List<Target> targets, FleetView fleet) {
            this.conference = conference;
            this.blocks = conference.blocks();
            this.targets = targets;
            prices = config.network().prices();
            senders = targets.stream().map(target -> prices.sender(target.kind)).toList();
            start = blocks.stream().mapToInt(Block::stop).toArray();
            now = start.clone();
            double people = conference.people();
            video = conference.videoSenders() / people;
            audio = conference.audioSenders() / people;
            reference = config.latencyRule()
                    .reference()
                    .map(groups -> ReferencePlacement.of(conference, distances, groups, fleet));
            bound = new LatencyBound(
                    config,
                    reference
                            .map(placement -> ConferenceMap.mean(placement.pairSum(), people))
                            .orElse(Double.POSITIVE_INFINITY));
        }

        void improve() {
            double initial = cost(start);
            double best = initial;
            for (int step = 0; step < MAX_STEPS; step++) {
                int[] better = null;
                for (int[] neighbour : neighbours()) {
                    int moved = moved(neighbour);
                    if (moved > terms.maxMoves || !hasRoom(neighbour)) {
                        continue;
                    }
                    double cost = cost(neighbour) + moved * terms.usdPerMove / terms.remainingHours;
                    if (cost < best - 1e-9) {
                        best = cost;
                        better = neighbour;
                    }
                }
                if (better == null) {
                    return;
                }
                System.arraycopy(better, 0, now, 0, now.length);
            }
        }

        private List<int[]> neighbours() {
            List<int[]> neighbours = new ArrayList<>();
            for (int block = 0; block < now.length; block++) {
                for (int target = 0; target < targets.size(); target++) {
                    if (target != now[block]) {
                        int[] next = now.clone();
                        next[block] = target;
                        neighbours.add(next);
                    }
                }
            }
            for (int from = 0; from < targets.size(); from++) {
                for (int to = 0; to < targets.size(); to++) {
                    if (from != to && uses(from) > 1) {
                        int[] next = now.clone();
                        for (int block = 0; block < next.length; block++) {
                            next[block] = next[block] == from ? to : next[block];
                        }
                        neighbours.add(next);
                    }
                }
            }
            return neighbours;
        }

        private int uses(int target) {
            return (int) Arrays.stream(now).filter(used -> used == target).count();
        }

        private int moved(int[] assignment) {
            int moved = 0;
            for (int block = 0; block < assignment.length; block++) {
                moved += assignment[block] == start[block]
                        ? 0
                        : blocks.get(block).people();
            }
            return moved;
        }

        private boolean hasRoom(int[] assignment) {
            int[] more = new int[targets.size()];
            for (int block = 0; block < assignment.length; block++) {
                if (assignment[block] != start[block]) {
                    more[assignment[block]] += blocks.get(block).people();
                }
            }
            for (int target = 0; target < more.length; target++) {
                if (more[target] > targets.get(target).room) {
                    return false;
                }
            }
            return true;
        }

        /** $ per hour. */
        private double cost(int[] assignment) {
            double[] people = new double[targets.size()];
            double access = 0;
            for (int block = 0; block < assignment.length; block++) {
                Block here = blocks.get(block);
                people[assignment[block]] += here.people();
                access += here.people() * distances.access(here.home(), targets.get(assignment[block]).place);
            }
            double all = conference.people();
            double pairSum = (all - 1) * access;
            double usdPerMbps = 0;
            double down = config.media().down(conference.audioSenders(), conference.videoSenders());
            int used = 0;
            for (int i = 0; i < people.length; i++) {
                if (people[i] == 0) {
                    continue;
                }
                used++;
                Target from = targets.get(i);
                usdPerMbps += people[i] * down * senders.get(i).internet();
                double up = config.media().up(people[i] * audio, people[i] * video, conference.videoSenders());
                for (int j = 0; j < people.length; j++) {
                    if (j != i && people[j] > 0) {
                        Target to = targets.get(j);
                        usdPerMbps +=
                                isFirstOfItsPlace(j, people) ? up * prices.between(senders.get(i), senders.get(j)) : 0;
                        pairSum += j < i ? people[i] * people[j] * distances.hop(from.place, to.place) : 0;
                    }
                }
            }
            double meanMs = ConferenceMap.mean(pairSum, all);
            return usdPerMbps * MediaRates.GB_PER_HOUR
                    + bound.usd(meanMs, variance(assignment), all)
                    + used * config.furtherBridgeUsd();
        }

        private boolean isFirstOfItsPlace(int index, double[] people) {
            for (int i = 0; i < index; i++) {
                if (people[i] > 0 && prices.together(senders.get(i), senders.get(index))) {
                    return false;
                }
            }
            return true;
        }

        private double variance(int[] assignment) {
            double variance = 0;
            if (reference.isPresent()) {
                for (int block = 0; block < assignment.length; block++) {
                    Block here = blocks.get(block);
                    Place place = targets.get(assignment[block]).place;
                    variance += reference.get().variance(here.home(), here.people(), place, conference.people());
                }
            }
            return variance;
        }

        List<Move> moves() {
            List<Move> moves = new ArrayList<>();
            for (int block = 0; block < now.length; block++) {
                if (now[block] != start[block]) {
                    moves.add(new Move(
                            targets.get(start[block]).bridge.id(),
                            targets.get(now[block]).bridge.id(),
                            blocks.get(block).home().region(),
                            blocks.get(block).people()));
                }
            }
            return moves;
        }
    }
}
