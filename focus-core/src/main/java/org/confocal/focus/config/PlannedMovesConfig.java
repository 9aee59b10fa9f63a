package org.confocal.focus.config;

import java.time.Duration;
import java.util.Optional;
import org.confocal.strategy.choice.EgressAwareReplanner;
import org.confocal.strategy.choice.LoadRelief;

/**
 * Moves that know where to, for strategies that can say (docs/placement.md). Both need bridges that can be linked.
 *
 * @param secondLook at a conference that has settled
 * @param relief for hot bridges; takes the place of {@link RedistributionConfig}
 */
public record PlannedMovesConfig(Optional<SecondLook> secondLook, Optional<Relief> relief) {
    public static final PlannedMovesConfig NONE = new PlannedMovesConfig(Optional.empty(), Optional.empty());

    /** Whether any are planned. */
    public boolean any() {
        return secondLook.isPresent() || relief.isPresent();
    }

    /**
     * Once in the life of a conference.
     *
     * @param after how old the conference is then; above 0
     */
    public record SecondLook(EgressAwareReplanner replanner, Duration after) {
        public SecondLook {
            requirePositive(after);
        }
    }

    /** @param interval how often all bridges are looked at, at most as often as moves are planned at all; above 0 */
    public record Relief(LoadRelief relief, Duration interval) {
        public Relief {
            requirePositive(interval);
        }
    }

    private static void requirePositive(Duration duration) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException("a duration above 0, not " + duration);
        }
    }
}
