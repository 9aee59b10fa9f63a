package org.confocal.strategy;

import java.time.Instant;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.confocal.strategy.BridgeCondition.Standing;
import org.confocal.strategy.FleetIndex.Section;
import org.confocal.strategy.Selection.Explanation;
import org.confocal.strategy.Selection.Refusal;
import org.confocal.strategy.Selection.Rejected;
import org.confocal.strategy.Selection.Rejection;

/**
 * The bridges that a strategy may choose from: those of the fleet that pass every step of spec/05, section 8. Found by one
 * look at each section of the fleet's index, and shown as a view: no bridge is looked at that nobody asks for. Immutable.
 */
final class Eligible implements PartialFleet {
    private final FleetSnapshot fleet;
    private final Criteria criteria;
    /** Which bridges of the eligible sections are eligible. */
    private final Sieve sieve;
    /** The best rank that any bridge reached: those of it are eligible. */
    private final Rank best;
    /** Those that hold eligible bridges; of one kind in a row. */
    private final List<Section> sections;

    /**
     * What a bridge must be.
     *
     * @param version exactly this one, where there is one
     * @param rules the site's
     * @param avoided none of these
     */
    record Criteria(Instant at, Optional<String> version, PlacementRules rules, Trust trust, Set<BridgeId> avoided) {
        /** Whether bridges of a section may be taken, as far as that does not depend on the time. */
        private boolean fits(BridgeKind kind, BridgeGroup group) {
            boolean trustworthy = switch (trust) {
                case TRUSTED_ONLY -> true;
                case FAILED_TOO -> !group.broken();
            };
            return trustworthy
                    && group.healthy()
                    && !group.shuttingDown()
                    && (version.isEmpty() || group.version().equals(version))
                    && rules.against(kind).isEmpty();
        }
    }

    /** How much a bridge must be trusted. */
    enum Trust {
        TRUSTED_ONLY,
        /** Last resort: those that failed lately, too; of them the one whose failure counts least long from now on. */
        FAILED_TOO
    }

    /** Bridges that pass, in groups; a lower one is preferred as a whole. */
    private record Rank(int emptying, Instant failedAt) {
        static final Rank WORST = new Rank(Integer.MAX_VALUE, Instant.MAX);

        boolean beats(Rank other) {
            return emptying < other.emptying || (emptying == other.emptying && failedAt.isBefore(other.failedAt));
        }
    }

    private Eligible(FleetSnapshot fleet, Criteria criteria, Sieve sieve, Rank best, List<Section> sections) {
        this.fleet = fleet;
        this.criteria = criteria;
        this.sieve = sieve;
        this.best = best;
        this.sections = sections;
    }

    /** The bridges that are trusted. */
    static Eligible of(FleetSnapshot fleet, Instant at, Optional<String> version, PlacementRules rules) {
        return of(
                fleet,
                new Criteria(at, version, rules, Trust.TRUSTED_ONLY, Set.of()),
                Sieve.Trusted.at(at, fleet.config().failureReset()));
    }

    /** The same without these bridges. */
    Eligible avoiding(Set<BridgeId> avoided) {
        return of(
                fleet,
                new Criteria(criteria.at, criteria.version, criteria.rules, criteria.trust, avoided),
                new Sieve.But(sieve, avoided));
    }

    private static Eligible of(FleetSnapshot fleet, Criteria criteria, Sieve trusted) {
        Rank best = Rank.WORST;
        List<Section> sections = new ArrayList<>();
        for (Section section : fleet.index().sections()) {
            int emptying = section.group().emptying();
            if (emptying <= best.emptying
                    && criteria.fits(section.kind(), section.group())
                    && trusted.any(section.tree())) {
                if (emptying < best.emptying) {
                    best = new Rank(emptying, Instant.MIN);
                    sections.clear();
                }
                sections.add(section);
            }
        }
        return new Eligible(fleet, criteria, trusted, best, sections);
    }

    /** Given that no bridge is trusted: those that failed, and do not say that they are broken. */
    Eligible lastResort() {
        Criteria wider = new Criteria(criteria.at, criteria.version, criteria.rules, Trust.FAILED_TOO, Set.of());
        Rank first = Rank.WORST;
        List<Section> found = new ArrayList<>();
        for (Section section : fleet.index().sections()) {
            // As none is trusted, each of them failed lately.
            Rank rank = new Rank(section.group().emptying(), section.tree().firstFailure());
            if (!first.beats(rank) && wider.fits(section.kind(), section.group())) {
                if (rank.beats(first)) {
                    first = rank;
                    found.clear();
                }
                found.add(section);
            }
        }
        return new Eligible(fleet, wider, new Sieve.FailedAt(first.failedAt), first, found);
    }

    private Optional<Rejection> rejection(BridgeCell cell) {
        if (!cell.group().healthy()) {
            return Optional.of(Rejection.UNHEALTHY);
        }
        Standing standing =
                cell.bridge().condition().standing(criteria.at, fleet.config().failureReset());
        boolean trusted = switch (criteria.trust) {
            case TRUSTED_ONLY -> standing == Standing.TRUSTED;
            case FAILED_TOO -> standing != Standing.BROKEN;
        };
        if (!trusted) {
            return Optional.of(
                    switch (standing) {
                        case TRUSTED, SUSPECTED -> Rejection.NOT_OPERATIONAL;
                        case SUSPENDED -> Rejection.SUSPENDED;
                        case BROKEN -> Rejection.UNHEALTHY;
                    });
        }
        if (cell.group().shuttingDown()) {
            return Optional.of(Rejection.SHUTTING_DOWN);
        }
        if (criteria.version.isPresent() && !cell.group().version().equals(criteria.version)) {
            return Optional.of(Rejection.OTHER_VERSION);
        }
        if (criteria.rules.against(cell.kind()).isPresent()) {
            return Optional.of(Rejection.DENIED_BY_POLICY);
        }
        return criteria.avoided.contains(cell.bridge().id()) ? Optional.of(Rejection.AVOIDED) : Optional.empty();
    }

    /** If any is not draining, only those; of what is left, if any is not in graceful shutdown, only those. */
    private Rank rank(BridgeCell cell) {
        Instant failedAt = switch (criteria.trust) {
            case TRUSTED_ONLY -> Instant.MIN;
            case FAILED_TOO -> cell.bridge().condition().failedAt().orElse(Instant.MIN);
        };
        return new Rank(cell.group().emptying(), failedAt);
    }

    boolean isEmpty() {
        return sections.isEmpty();
    }

    /** At which step the last bridge dropped out, given that none is eligible. */
    Refusal refusal() {
        Refusal furthest = Refusal.NO_BRIDGES;
        for (Section section : fleet.index().sections()) {
            Refusal refusal = refusal(section);
            furthest = refusal.compareTo(furthest) > 0 ? refusal : furthest;
        }
        return furthest;
    }

    private Refusal refusal(Section section) {
        if (!section.group().healthy() || !sieve.any(section.tree())) {
            return Refusal.NONE_OPERATIONAL;
        }
        if (section.group().shuttingDown()) {
            return Refusal.ALL_SHUTTING_DOWN;
        }
        boolean versionFits =
                criteria.version.isEmpty() || section.group().version().equals(criteria.version);
        return versionFits ? Refusal.DENIED_BY_POLICY : Refusal.NO_MATCHING_VERSION;
    }

    /** Who was left out and why, in the order of the fleet, as many as an explanation lists. */
    List<Rejected> rejected() {
        JoinOrder left = new JoinOrder();
        for (Section section : fleet.index().sections()) {
            left.in(section.tree(), eligible(section.kind(), section.group()) ? sieve.inverse() : Sieve.All.BRIDGES);
        }
        List<Rejected> rejected = new ArrayList<>();
        while (rejected.size() < Explanation.MAX_LISTED && left.hasNext()) {
            BridgeCell cell = left.next();
            rejection(cell)
                    .or(() -> outranked(cell))
                    .ifPresent(reason -> rejected.add(new Rejected(cell.bridge().id(), reason)));
        }
        return rejected;
    }

    private boolean eligible(BridgeKind kind, BridgeGroup group) {
        return group.emptying() == best.emptying && criteria.fits(kind, group);
    }

    private Optional<Rejection> outranked(BridgeCell cell) {
        Rank rank = rank(cell);
        if (rank.equals(best)) {
            return Optional.empty();
        }
        if (rank.emptying == best.emptying) {
            return Optional.of(Rejection.NOT_OPERATIONAL);
        }
        return Optional.of(
                cell.bridge().draining() && best.emptying < 2 ? Rejection.DRAINING : Rejection.IN_GRACEFUL_SHUTDOWN);
    }

    private boolean contains(BridgeCell cell) {
        return eligible(cell.kind(), cell.group()) && sieve.admits(cell.bridge());
    }

    @Override
    public FleetView whole() {
        return fleet;
    }

    @Override
    public Collection<BridgeSnapshot> bridges() {
        return new AbstractCollection<>() {
            @Override
            public Iterator<BridgeSnapshot> iterator() {
                JoinOrder all = new JoinOrder();
                sections.forEach(section -> all.in(section.tree(), sieve));
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return all.hasNext();
                    }

                    @Override
                    public BridgeSnapshot next() {
                        return all.next().bridge();
                    }
                };
            }

            @Override
            public int size() {
                return sections.stream()
                        .mapToInt(section -> sieve.count(section.tree()))
                        .sum();
            }

            @Override
            public boolean isEmpty() {
                return sections.isEmpty();
            }
        };
    }

    @Override
    public Optional<BridgeSnapshot> bridge(BridgeId id) {
        BridgeCell cell = fleet.index().get(id);
        return cell != null && contains(cell) ? Optional.of(cell.bridge()) : Optional.empty();
    }

    @Override
    public Collection<BridgeKind> kinds() {
        List<BridgeKind> kinds = new ArrayList<>();
        for (Section section : sections) {
            if (kinds.isEmpty() || !kinds.getLast().equals(section.kind())) {
                kinds.add(section.kind());
            }
        }
        return kinds;
    }

    @Override
    public Iterator<BridgeSnapshot> byStress(Instant at) {
        BridgeSearch search = BridgeSearch.byStress(at, fleet.config());
        for (Section section : sections) {
            search.in(section.tree(), sieve);
        }
        return search;
    }

    @Override
    public Iterator<BridgeSnapshot> byStress(BridgeKind kind, Instant at) {
        BridgeSearch search = BridgeSearch.byStress(at, fleet.config());
        for (Section section : fleet.index().sections(kind)) {
            if (eligible(section.kind(), section.group())) {
                search.in(section.tree(), sieve);
            }
        }
        return search;
    }
}
