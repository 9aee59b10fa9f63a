package org.confocal.config;

import java.time.Duration;
import java.util.Optional;
import org.confocal.focus.config.ConferenceConfig.Octo;
import org.confocal.focus.config.PlannedMovesConfig;
import org.confocal.focus.config.PlannedMovesConfig.Relief;
import org.confocal.focus.config.PlannedMovesConfig.SecondLook;
import org.confocal.focus.config.RedistributionConfig;
import org.confocal.strategy.choice.EgressAwareConfig;
import org.confocal.strategy.choice.EgressAwareReplanner;
import org.confocal.strategy.choice.LoadRelief;

/**
 * Reads {@code jicofo.bridge.egress.second-look} and {@code relief}. Without {@code octo.enabled} and bridges that are chosen by
 * cost nothing is planned, whatever they say.
 */
final class PlannedMoveKeys {
    private static final String EGRESS = "jicofo.bridge.egress.";
    private static final double MAX_USD = 1000;
    private static final double HOUR_MS = 3_600_000;
    private static final int MOST_MOVES = 1_000;

    private final SettingsReader reader;

    PlannedMoveKeys(SettingsReader reader) {
        this.reader = reader;
    }

    PlannedMovesConfig read(FocusSettings.Selection selection, Octo octo, RedistributionConfig redistribution) {
        String look = EGRESS + "second-look.";
        boolean looks = reader.flag(look + "enabled");
        Duration after = reader.duration(look + "after", Duration.ofSeconds(10));
        EgressAwareReplanner.Terms terms = new EgressAwareReplanner.Terms(
                reader.notNegative(look + "usd-per-move", MAX_USD),
                reader.duration(look + "remaining", Duration.ofMinutes(1)).toMillis() / HOUR_MS,
                reader.integer(look + "max-moves", 1, MOST_MOVES));
        Duration interval = reader.duration(EGRESS + "relief.interval", Duration.ofSeconds(10));
        if (!octo.enabled() || !selection.byCost()) {
            return PlannedMovesConfig.NONE;
        }
        EgressAwareConfig costs = selection.egress().weighed(selection.told());
        return new PlannedMovesConfig(
                looks ? Optional.of(new SecondLook(new EgressAwareReplanner(costs, terms), after)) : Optional.empty(),
                redistribution.enabled()
                        ? Optional.of(new Relief(relief(redistribution.endpoints(), costs), interval))
                        : Optional.empty());
    }

    private static LoadRelief relief(int endpoints, EgressAwareConfig costs) {
        LoadRelief.Terms defaults = LoadRelief.Terms.DEFAULTS;
        LoadRelief.Terms terms = new LoadRelief.Terms(
                defaults.from(), defaults.to(), defaults.room(), endpoints, defaults.packetsPerMove());
        return new LoadRelief(terms, costs.maxBridgeParticipants());
    }
}
