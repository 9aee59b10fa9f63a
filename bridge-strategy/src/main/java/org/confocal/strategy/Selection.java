package org.confocal.strategy;

import java.util.List;
import java.util.Optional;

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
     * How a decision was made.
     *
     * @param strategy the strategy's name
     * @param rule which of its rules decided, in words
     * @param candidates those that were weighed, best first; at most {@value #MAX_LISTED}
     * @param rejected those that were left out; at most {@value #MAX_LISTED}
     */
    record Explanation(String strategy, String rule, List<Candidate> candidates, List<Rejected> rejected) {
        /** A decision over ten thousand bridges does not list them all. */
        public static final int MAX_LISTED = 16;

        public Explanation {
            candidates = List.copyOf(candidates.subList(0, Math.min(candidates.size(), MAX_LISTED)));
            rejected = List.copyOf(rejected.subList(0, Math.min(rejected.size(), MAX_LISTED)));
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
        NOT_OPERATIONAL,
        UNHEALTHY,
        SHUTTING_DOWN,
        OTHER_VERSION,
        /** The site's {@link PlacementPolicy} is against its region or pool. */
        DENIED_BY_POLICY,
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
