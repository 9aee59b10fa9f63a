package org.confocal.strategy;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a {@link PlacementPolicy} says of one request. A bridge may be taken if no rule is against it.
 *
 * @param rules all of them hold; a few
 */
public record PlacementRules(List<Rule> rules) {
    public static final PlacementRules NONE = new PlacementRules(List.of());

    public PlacementRules {
        rules = List.copyOf(rules);
    }

    /** How a list is meant. */
    public enum Verdict {
        /** What is listed, and nothing else: bridges that report no region, or are of no class, are not allowed. */
        ALLOW_ONLY,
        /** Anything but what is listed. */
        DENY;

        private <T> boolean denies(Set<T> listed, Optional<T> one) {
            boolean isListed = one.map(listed::contains).orElse(false);
            return switch (this) {
                case ALLOW_ONLY -> !isListed;
                case DENY -> isListed;
            };
        }
    }

    /** One rule, with its reason in words, for the log. */
    public sealed interface Rule {
        String reason();
    }

    /** Which regions. */
    public record Regions(Verdict verdict, Set<Region> regions, String reason) implements Rule {
        public Regions {
            regions = Set.copyOf(regions);
        }
    }

    /** Which pools: the names of bridge classes, as in {@link BridgeKind#bridgeClass}. */
    public record Pools(Verdict verdict, Set<String> bridgeClasses, String reason) implements Rule {
        public Pools {
            bridgeClasses = Set.copyOf(bridgeClasses);
        }
    }

    /**
     * How many people the conference may have, on all bridges together.
     *
     * @param people at least 0
     */
    public record MaxPeople(int people, String reason) implements Rule {
        public MaxPeople {
            if (people < 0) {
                throw new IllegalArgumentException("people must not be negative: " + people);
            }
        }
    }

    /** Why bridges of a kind may not be taken; empty where they may. */
    public Optional<String> against(BridgeKind kind) {
        for (Rule rule : rules) {
            if (denies(rule, kind)) {
                return Optional.of(rule.reason());
            }
        }
        return Optional.empty();
    }

    /** Why bridges of some of these kinds may not be taken, each reason once; empty where all may. */
    public Optional<String> against(Collection<BridgeKind> kinds) {
        String reasons = rules.stream()
                .filter(rule -> kinds.stream().anyMatch(kind -> denies(rule, kind)))
                .map(Rule::reason)
                .distinct()
                .collect(Collectors.joining("; "));
        return reasons.isEmpty() ? Optional.empty() : Optional.of(reasons);
    }

    /** Why a conference that has so many people may have no more; empty where it may. */
    public Optional<String> againstMore(int people) {
        for (Rule rule : rules) {
            if (rule instanceof MaxPeople most && people >= most.people()) {
                return Optional.of(rule.reason());
            }
        }
        return Optional.empty();
    }

    private static boolean denies(Rule rule, BridgeKind kind) {
        return switch (rule) {
            case Regions regions -> regions.verdict().denies(regions.regions(), kind.region());
            case Pools pools -> pools.verdict().denies(pools.bridgeClasses(), kind.bridgeClass());
            case MaxPeople most -> false;
        };
    }
}
