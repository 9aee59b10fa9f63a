package org.confocal.focus.conference.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.confocal.focus.config.ConferenceConfig.RestartLimits;

/**
 * When a participant was last granted what it may ask for only so often (spec/03, section 5.5).
 *
 * @param granted oldest first; never longer than the limit
 */
public record RequestBudget(List<Instant> granted) {
    public static final RequestBudget UNUSED = new RequestBudget(List.of());

    public RequestBudget {
        granted = List.copyOf(granted);
    }

    /** The budget after a grant at {@code now}; empty where it is too soon or too often. A refusal costs nothing. */
    public Optional<RequestBudget> spend(Instant now, RestartLimits limits) {
        List<Instant> recent = new ArrayList<>();
        for (Instant grant : granted) {
            if (grant.plus(limits.interval()).isAfter(now)) {
                recent.add(grant);
            }
        }
        boolean tooSoon = !granted.isEmpty()
                && granted.get(granted.size() - 1).plus(limits.minInterval()).isAfter(now);
        if (tooSoon || recent.size() >= limits.maxRequests()) {
            return Optional.empty();
        }
        recent.add(now);
        return Optional.of(new RequestBudget(recent));
    }
}
