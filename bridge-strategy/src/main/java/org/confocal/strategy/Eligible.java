package org.confocal.strategy;

import java.time.Duration;
import java.time.Instant;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.confocal.strategy.BridgeCondition.Standing;
import org.confocal.strategy.Selection.Explanation;
import org.confocal.strategy.Selection.Refusal;
import org.confocal.strategy.Selection.Rejected;
import org.confocal.strategy.Selection.Rejection;

/**
 * The bridges that a strategy may choose from: those of the fleet that pass every step of spec/05, section 8. Found by one
 * scan, and shown as a view: nothing is copied or sorted. Immutable.
 */
final class Eligible implements FleetView {
    private final FleetSnapshot fleet;
    private final Criteria criteria;
    private final int size;
    /** The best rank that any bridge reached: those of it are eligible. */
    private final Rank best;

    private final Optional<Rejection> furthest;

    /**
     * What a bridge must be.
     *
     * @param version exactly this one, where there is one
     */
    record Criteria(Instant at, Optional<String> version, Trust trust) {}

    /** How much a bridge must be trusted. */
    enum Trust {
        TRUSTED_ONLY,
        /** Last resort: those that failed lately, too; of them the one whose failure is the longest ago. */
        SUSPECTED_TOO
    }

    /** Bridges that pass, in groups; a lower one is preferred as a whole. */
    private record Rank(int emptying, Instant failedAt) {
        static final Rank WORST = new Rank(Integer.MAX_VALUE, Instant.MAX);

        boolean beats(Rank other) {
            return emptying < other.emptying || (emptying == other.emptying && failedAt.isBefore(other.failedAt));
        }
    }

    private Eligible(FleetSnapshot fleet, Criteria criteria, int size, Rank best, Optional<Rejection> furthest) {
        this.fleet = fleet;
        this.criteria = criteria;
        this.size = size;
        this.best = best;
        this.furthest = furthest;
    }

    static Eligible of(FleetSnapshot fleet, Criteria criteria) {
        int size = 0;
        Rank best = Rank.WORST;
        Optional<Rejection> furthest = Optional.empty();
        for (BridgeSnapshot bridge : fleet.bridges()) {
            Optional<Rejection> rejection = rejection(fleet, criteria, bridge);
            if (rejection.isPresent()) {
                boolean further = furthest.isEmpty() || step(rejection.get()) > step(furthest.get());
                furthest = further ? rejection : furthest;
                continue;
            }
            Rank rank = rank(criteria, bridge);
            if (rank.beats(best)) {
                best = rank;
                size = 0;
            }
            size += rank.equals(best) ? 1 : 0;
        }
        return new Eligible(fleet, criteria, size, best, furthest);
    }

    private static Optional<Rejection> rejection(FleetSnapshot fleet, Criteria criteria, BridgeSnapshot bridge) {
        if (!bridge.healthy()) {
            return Optional.of(Rejection.UNHEALTHY);
        }
        Standing standing =
                bridge.condition().standing(criteria.at, fleet.config().failureReset());
        boolean trusted = switch (criteria.trust) {
            case TRUSTED_ONLY -> standing == Standing.TRUSTED;
            case SUSPECTED_TOO -> standing != Standing.SUSPENDED;
        };
        if (!trusted) {
            return Optional.of(Rejection.NOT_OPERATIONAL);
        }
        if (bridge.shuttingDown()) {
            return Optional.of(Rejection.SHUTTING_DOWN);
        }
        boolean versionFits = criteria.version.isEmpty() || bridge.fullVersion().equals(criteria.version);
        return versionFits ? Optional.empty() : Optional.of(Rejection.OTHER_VERSION);
    }

    /** If any is not draining, only those; of what is left, if any is not in graceful shutdown, only those. */
    private static Rank rank(Criteria criteria, BridgeSnapshot bridge) {
        int emptying = (bridge.draining() ? 2 : 0) + (bridge.inGracefulShutdown() ? 1 : 0);
        Instant failedAt = switch (criteria.trust) {
            case TRUSTED_ONLY -> Instant.MIN;
            case SUSPECTED_TOO -> bridge.condition().failedAt().orElse(Instant.MIN);
        };
        return new Rank(emptying, failedAt);
    }

    /** The step of the selection that a rejection belongs to. */
    private static int step(Rejection rejection) {
        return switch (rejection) {
            case NOT_OPERATIONAL, UNHEALTHY -> 1;
            case SHUTTING_DOWN -> 2;
            case OTHER_VERSION -> 3;
            case DRAINING,
                    IN_GRACEFUL_SHUTDOWN,
                    OTHER_REGION,
                    OVERLOADED,
                    CONFERENCE_FULL,
                    RATE_LIMITED,
                    OTHER_AUDIENCE -> 4;
        };
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** At which step the last bridge dropped out, given that none is eligible. */
    Refusal refusal() {
        return furthest.map(rejection -> switch (rejection) {
                    case NOT_OPERATIONAL, UNHEALTHY -> Refusal.NONE_OPERATIONAL;
                    case SHUTTING_DOWN -> Refusal.ALL_SHUTTING_DOWN;
                    case OTHER_VERSION -> Refusal.NO_MATCHING_VERSION;
                    case DRAINING,
                            IN_GRACEFUL_SHUTDOWN,
                            OTHER_REGION,
                            OVERLOADED,
                            CONFERENCE_FULL,
                            RATE_LIMITED,
                            OTHER_AUDIENCE -> Refusal.STRATEGY_REFUSED;
                })
                .orElse(Refusal.NO_BRIDGES);
    }

    /** Who was left out and why, in the order of the fleet, as many as an explanation lists. */
    List<Rejected> rejected() {
        List<Rejected> rejected = new ArrayList<>();
        for (BridgeSnapshot bridge : fleet.bridges()) {
            if (rejected.size() == Explanation.MAX_LISTED) {
                break;
            }
            rejection(fleet, criteria, bridge)
                    .or(() -> outranked(bridge))
                    .ifPresent(reason -> rejected.add(new Rejected(bridge.id(), reason)));
        }
        return rejected;
    }

    private Optional<Rejection> outranked(BridgeSnapshot bridge) {
        Rank rank = rank(criteria, bridge);
        if (rank.equals(best)) {
            return Optional.empty();
        }
        if (rank.emptying == best.emptying) {
            return Optional.of(Rejection.NOT_OPERATIONAL);
        }
        return Optional.of(
                bridge.draining() && best.emptying < 2 ? Rejection.DRAINING : Rejection.IN_GRACEFUL_SHUTDOWN);
    }

    private boolean contains(BridgeSnapshot bridge) {
        return rejection(fleet, criteria, bridge).isEmpty()
                && rank(criteria, bridge).equals(best);
    }

    @Override
    public Collection<BridgeSnapshot> bridges() {
        return new AbstractCollection<>() {
            @Override
            public Iterator<BridgeSnapshot> iterator() {
                return fleet.bridges().stream().filter(Eligible.this::contains).iterator();
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    @Override
    public Optional<BridgeSnapshot> bridge(BridgeId id) {
        return fleet.bridge(id).filter(this::contains);
    }

    @Override
    public Optional<BridgeSnapshot> known(BridgeId id) {
        return fleet.known(id);
    }

    @Override
    public Collection<BridgeKind> kinds() {
        Set<BridgeKind> kinds = new LinkedHashSet<>();
        bridges().forEach(bridge -> kinds.add(kind(bridge)));
        return kinds;
    }

    @Override
    public BridgeKind kind(BridgeSnapshot bridge) {
        return fleet.kind(bridge);
    }

    @Override
    public Iterator<BridgeSnapshot> byStress(Instant at) {
        return eligible(fleet.byStress(at));
    }

    @Override
    public Iterator<BridgeSnapshot> byStress(BridgeKind kind, Instant at) {
        return eligible(fleet.byStress(kind, at));
    }

    private Iterator<BridgeSnapshot> eligible(Iterator<BridgeSnapshot> all) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(all, Spliterator.ORDERED), false)
                .filter(this::contains)
                .iterator();
    }

    @Override
    public double maxPacketRate(BridgeSnapshot bridge) {
        return fleet.maxPacketRate(bridge);
    }

    @Override
    public double stressThreshold() {
        return fleet.stressThreshold();
    }

    @Override
    public double stress(BridgeSnapshot bridge, Instant at) {
        return fleet.stress(bridge, at);
    }

    @Override
    public int endpoints(BridgeId id) {
        return fleet.endpoints(id);
    }

    @Override
    public int conferences(BridgeId id) {
        return fleet.conferences(id);
    }

    @Override
    public long turn(BridgeId id) {
        return fleet.turn(id);
    }

    @Override
    public int recentlyAdded(BridgeId id, RoomId room, Duration within, Instant at) {
        return fleet.recentlyAdded(id, room, within, at);
    }
}
