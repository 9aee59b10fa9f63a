package org.confocal.strategy;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The answer of a strategy. Never null, never silent about its reason. */
public sealed interface Selection {

    /**
     * This bridge.
     *
     * @param region the bridge's region; empty where it reports none
     * @param relayId the bridge's relay id; empty where it cannot relay
     * @param why how it came to this
     */
    record Chosen(BridgeId bridge, Optional<Region> region, Optional<String> relayId, Explanation why)
            implements Selection {}

    /** No bridge. */
    record None(Refusal reason, Explanation why) implements Selection {}

    /** The same answer with what was decided, but not with who else was looked at: for those who keep it. */
    default Selection brief() {
        return switch (this) {
            case Chosen chosen -> new Chosen(chosen.bridge, chosen.region, chosen.relayId, chosen.why.brief());
            case None none -> new None(none.reason, none.why.brief());
        };
    }

    /** The same answer with who else was looked at, as found out now: it keeps no fleet. */
    default Selection settled() {
        return switch (this) {
            case Chosen chosen -> new Chosen(chosen.bridge, chosen.region, chosen.relayId, chosen.why.settled());
            case None none -> new None(none.reason, none.why.settled());
        };
    }

    /** Why nobody was chosen, in the order in which the selection narrows down (spec/05, section 8). */
    enum Refusal {
        /** The brewery is empty. */
        NO_BRIDGES,
        /** Every bridge is failing or unhealthy. */
        NONE_OPERATIONAL,
        /** Every operational bridge is shutting down. */
        ALL_SHUTTING_DOWN,
        /** No usable bridge runs the version that the conference is on or pinned to. */
        NO_MATCHING_VERSION,
        /** The site's {@link PlacementPolicy} is against all that is left, or against a larger conference. */
        DENIED_BY_POLICY,
        /** A second bridge would be needed, and the conference must stay on one. */
        SECOND_BRIDGE_NOT_ALLOWED,
        /** There were candidates, and the strategy wanted none of them. */
        STRATEGY_REFUSED
    }

    /**
     * How a decision was made. Most are never asked whom else they looked at or left out, so that is found out when somebody
     * asks, from the fleet as it was: whoever keeps an explanation keeps a fleet, unless it is the {@linkplain Selection#brief brief} one.
     */
    final class Explanation {
        /** A decision over ten thousand bridges does not list them all. */
        public static final int MAX_LISTED = 16;

        private final String strategy;
        private final String rule;
        private final Supplier<List<Candidate>> candidates;
        private final Supplier<List<Rejected>> rejected;

        /**
         * An explanation.
         *
         * @param strategy the strategy's name
         * @param rule which of its rules decided, in words
         * @param candidates finds those that were weighed, best first; the first {@value #MAX_LISTED} are shown; pure
         * @param rejected finds those that were left out, of which the first {@value #MAX_LISTED} are shown; pure
         */
        public Explanation(
                String strategy, String rule, Supplier<List<Candidate>> candidates, Supplier<List<Rejected>> rejected) {
            this.strategy = strategy;
            this.rule = rule;
            this.candidates = candidates;
            this.rejected = rejected;
        }

        /** The same, where those that were weighed are known. */
        public Explanation(
                String strategy, String rule, List<Candidate> candidates, Supplier<List<Rejected>> rejected) {
            this(strategy, rule, known(candidates), rejected);
        }

        /** The same, where those that were left out are known as well. */
        public Explanation(String strategy, String rule, List<Candidate> candidates, List<Rejected> rejected) {
            this(strategy, rule, known(candidates), known(rejected));
        }

        private static <T> Supplier<List<T>> known(List<T> all) {
            List<T> known = first(all);
            return () -> known;
        }

        private static <T> List<T> first(List<T> all) {
            return List.copyOf(all.size() > MAX_LISTED ? all.subList(0, MAX_LISTED) : all);
        }

        public String strategy() {
            return strategy;
        }

        public String rule() {
            return rule;
        }

        /** Those that were weighed, best first; at most {@value #MAX_LISTED}. Found out anew with each call. */
        public List<Candidate> candidates() {
            return first(candidates.get());
        }

        /** Those that were left out; at most {@value #MAX_LISTED}. Found out anew with each call. */
        public List<Rejected> rejected() {
            return first(rejected.get());
        }

        private Explanation settled() {
            return new Explanation(strategy, rule, candidates(), rejected());
        }

        private Explanation brief() {
            return new Explanation(strategy, rule, List.of(), List.of());
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Explanation that
                    && strategy.equals(that.strategy)
                    && rule.equals(that.rule)
                    && candidates().equals(that.candidates())
                    && rejected().equals(that.rejected());
        }

        @Override
        public int hashCode() {
            return Objects.hash(strategy, rule);
        }

        @Override
        public String toString() {
            return strategy + ": " + rule + ", candidates " + candidates() + ", rejected " + rejected();
        }
    }

    /**
     * A bridge that could have been taken.
     *
     * @param stress its corrected stress (0 to 1 and above)
     * @param score what taking it would cost; empty where the strategy does not count costs
     */
    record Candidate(BridgeId bridge, double stress, Optional<Score> score) {
        public Candidate(BridgeId bridge, double stress) {
            this(bridge, stress, Optional.empty());
        }
    }

    /**
     * What one more participant on a bridge costs, by part. Lower is better.
     *
     * @param egress $ per hour for traffic to the participant and between bridges
     * @param latency the conference's mean round trip between two people would be so many milliseconds
     * @param penalty $ per hour that stress, a further bridge and the round trip are worth to the operator
     */
    record Score(double egress, double latency, double penalty) {
        /** What is compared, in $ per hour. */
        public double total() {
            return egress + penalty;
        }
    }

    /** A bridge that could not. */
    record Rejected(BridgeId bridge, Rejection reason) {}

    /** Why one bridge was left out. */
    enum Rejection {
        /** Silent lately, or being tried by another conference. */
        NOT_OPERATIONAL,
        /** Allocations failed repeatedly, or it has been silent for long. */
        SUSPENDED,
        UNHEALTHY,
        SHUTTING_DOWN,
        OTHER_VERSION,
        /** The site's {@link PlacementPolicy} is against its region or pool. */
        DENIED_BY_POLICY,
        /** An allocation of this conference failed there, or this participant is being moved away from it. */
        AVOIDED,
        DRAINING,
        IN_GRACEFUL_SHUTDOWN,
        OTHER_REGION,
        /** Its stress has reached the threshold. */
        OVERLOADED,
        /** It has as many people of this conference as a bridge may have ({@code max-bridge-participants}). */
        CONFERENCE_FULL,
        /** Too many people of this conference came to it lately ({@code max-bridge-participants-per-interval}). */
        RATE_LIMITED,
        /** It carries this conference's visitors, and the choice is for a participant; or the other way round. */
        OTHER_AUDIENCE
    }
}
