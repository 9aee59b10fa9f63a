package org.confocal.strategy.choice;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.confocal.strategy.Region;

/**
 * What the built-in strategies are told by configuration (spec/05, sections 8 and 9).
 *
 * @param regionGroups regions that count as near each other ({@code region-groups})
 * @param localRegion where this focus is ({@code local-region})
 * @param limits how many people of one conference a bridge takes
 * @param participantStrategy what {@link VisitorSelectionStrategy} chooses by for participants
 * @param visitorStrategy what it chooses by for visitors
 * @param egress what {@link EgressAwareBridgeSelectionStrategy} weighs
 */
public record StrategyConfig(
        RegionGroups regionGroups,
        Optional<Region> localRegion,
        ParticipantLimits limits,
        Optional<String> participantStrategy,
        Optional<String> visitorStrategy,
        EgressAwareConfig egress) {

    /** With the default prices. */
    public StrategyConfig(
            RegionGroups regionGroups,
            Optional<Region> localRegion,
            ParticipantLimits limits,
            Optional<String> participantStrategy,
            Optional<String> visitorStrategy) {
        this(regionGroups, localRegion, limits, participantStrategy, visitorStrategy, EgressAwareConfig.defaults());
    }

    public static final StrategyConfig DEFAULTS = new StrategyConfig(
            RegionGroups.NONE,
            Optional.empty(),
            ParticipantLimits.DEFAULTS,
            Optional.empty(),
            Optional.empty(),
            EgressAwareConfig.defaults());

    /** The same with other prices. */
    public StrategyConfig with(EgressAwareConfig other) {
        return new StrategyConfig(regionGroups, localRegion, limits, participantStrategy, visitorStrategy, other);
    }

    /**
     * How many people of one conference a bridge takes before the conference is spread further.
     *
     * @param people at once ({@code max-bridge-participants}), above 0; empty for any number
     * @param newcomers within an interval ({@code max-bridge-participants-per-interval}), above 0; empty for any number
     * @param interval that interval ({@code max-bridge-participants-interval}), a second to 10 minutes
     */
    public record ParticipantLimits(OptionalInt people, OptionalInt newcomers, Duration interval) {
        public static final Duration MIN_INTERVAL = Duration.ofSeconds(1);
        public static final Duration MAX_INTERVAL = Duration.ofMinutes(10);

        public static final ParticipantLimits DEFAULTS =
                new ParticipantLimits(OptionalInt.of(80), OptionalInt.empty(), Duration.ofMinutes(1));

        public ParticipantLimits {
            requirePositive("people", people);
            requirePositive("newcomers", newcomers);
            if (interval.compareTo(MIN_INTERVAL) < 0 || interval.compareTo(MAX_INTERVAL) > 0) {
                throw new IllegalArgumentException("interval must be a second to 10 minutes, not " + interval);
            }
        }

        private static void requirePositive(String name, OptionalInt limit) {
            if (limit.isPresent() && limit.getAsInt() <= 0) {
                throw new IllegalArgumentException(name + " must be above 0, not " + limit.getAsInt());
            }
        }
    }
}
