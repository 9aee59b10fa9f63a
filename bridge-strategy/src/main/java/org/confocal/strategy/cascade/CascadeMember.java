package org.confocal.strategy.cascade;

import org.confocal.strategy.Audience;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.BridgeKind;

/**
 * A bridge to link with others of a conference, and what it carries for it.
 *
 * @param audience visitors only if it carries nobody else
 * @param people how many it carries or is expected to
 * @param upstreamBps what its own endpoints send, in bits per second, every active layer counted; 0 for visitors
 * @param stress 0 to 1 and above
 */
public record CascadeMember(
        BridgeId bridge, BridgeKind kind, Audience audience, int people, double upstreamBps, double stress) {
    public CascadeMember {
        if (people < 0) {
            throw new IllegalArgumentException("people must not be negative: " + people);
        }
        if (!(upstreamBps >= 0 && upstreamBps < 1e15)) {
            throw new IllegalArgumentException("upstream must be 0 to 1e15 bit/s, not " + upstreamBps);
        }
    }

    /** How many pairs of people talk or listen to each other, one of them here and one there; visitors hear no visitors. */
    double pairsWith(CascadeMember other) {
        return audience == Audience.VISITOR && other.audience == Audience.VISITOR ? 0 : (double) people * other.people;
    }

    /** The same for two people who are both here. */
    double pairsWithin() {
        return audience == Audience.VISITOR ? 0 : people * (people - 1.0) / 2;
    }
}
