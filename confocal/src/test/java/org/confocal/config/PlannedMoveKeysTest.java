package org.confocal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Properties;
import org.confocal.focus.config.PlannedMovesConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlannedMoveKeysTest {
    private static final String BY_COST = """
            jicofo.octo.enabled = true
            jicofo.bridge.selection-strategy = EgressAware
            """;

    private static PlannedMovesConfig planned(String hocon) throws SettingsException {
        return new SettingsLoader(new Properties())
                .parse(SettingsLoaderTest.CLIENT + hocon)
                .settings()
                .bridgeCare()
                .plannedMoves();
    }

    @Test
    void whereBridgesAreChosenByCostSettledConferencesAreLookedAtAgainAfterFiveMinutes() throws SettingsException {
        PlannedMovesConfig planned = planned(BY_COST);
        assertThat(planned.secondLook())
                .map(PlannedMovesConfig.SecondLook::after)
                .contains(Duration.ofMinutes(5));
        assertThat(planned.relief()).isEmpty();
    }

    @Test
    void hotBridgesAreRelievedWhereLoadIsRedistributed() throws SettingsException {
        PlannedMovesConfig planned = planned(BY_COST + """
                jicofo.bridge.load-redistribution.enabled = true
                jicofo.bridge.egress { second-look.enabled = false, relief.interval = 1 minute }
                """);
        assertThat(planned.relief()).map(PlannedMovesConfig.Relief::interval).contains(Duration.ofMinutes(1));
        assertThat(planned.secondLook()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jicofo.octo.enabled = false",
                "jicofo.bridge.selection-strategy = RegionBased",
            })
    void nothingIsPlannedForConferencesOnOneBridgeOrByOtherStrategies(String hocon) throws SettingsException {
        assertThat(planned(BY_COST + "jicofo.bridge.load-redistribution.enabled = true\n" + hocon))
                .isEqualTo(PlannedMovesConfig.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "second-look.after = 9 seconds",
                "second-look.usd-per-move = -1",
                "second-look.remaining = 0 seconds",
                "second-look.max-moves = 0",
                "relief.interval = 1 second",
            })
    void whatCannotBeMeantIsRefused(String wrong) {
        assertThatThrownBy(() -> planned("jicofo.bridge.egress." + wrong))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(wrong.substring(0, wrong.indexOf(' ')));
    }
}
