package org.confocal.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.confocal.strategy.StrategyFixture.NOW;
import static org.confocal.strategy.StrategyFixture.later;

import java.time.Duration;
import java.util.Optional;
import org.confocal.strategy.BridgeCondition.Standing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BridgeConditionTest {
    private static final Duration RESET = Duration.ofMinutes(1);

    @ParameterizedTest
    @CsvSource({
        // events at 0 s (f failed, u unhealthy, r recovered), standing at 1 s, at 60 s
        "'',   TRUSTED,   TRUSTED",
        "f,    SUSPECTED, TRUSTED",
        "ff,   SUSPECTED, TRUSTED",
        "fff,  SUSPENDED, TRUSTED",
        "ffff, SUSPENDED, TRUSTED",
        "fr,   SUSPECTED, TRUSTED",
        "fffr, SUSPECTED, TRUSTED",
        "ffrf, SUSPECTED, TRUSTED",
        "u,    SUSPENDED, TRUSTED",
        "uf,   SUSPENDED, TRUSTED",
        "ur,   SUSPECTED, TRUSTED",
        "urf,  SUSPECTED, TRUSTED",
        "r,    TRUSTED,   TRUSTED",
    })
    void standingFollowsFromWhatHappened(String events, Standing soon, Standing later) {
        BridgeCondition condition = BridgeCondition.GOOD;
        for (int i = 0; i < events.length(); i++) {
            condition = switch (events.charAt(i)) {
                case 'f' -> condition.failed(NOW);
                case 'u' -> condition.unhealthy(NOW);
                case 'r' -> condition.recovered();
                default -> throw new IllegalArgumentException(events);
            };
        }

        assertThat(condition.standing(later(1), RESET)).isEqualTo(soon);
        assertThat(condition.standing(later(59.999), RESET)).isEqualTo(soon);
        assertThat(condition.standing(later(60), RESET)).isEqualTo(later);
    }

    @Test
    void afterItsTimeOneMoreFailureIsEnoughToTakeARepeatOffenderOut() {
        BridgeCondition repeated = BridgeCondition.GOOD.failed(NOW).failed(NOW).failed(NOW);

        assertThat(repeated.failed(later(70)).standing(later(71), RESET)).isEqualTo(Standing.SUSPENDED);
    }

    @Test
    void aClockSetBackForgivesAfterTheSameTime() {
        BridgeCondition failed = BridgeCondition.GOOD.failed(later(7200));

        assertThat(failed.standing(later(7199), RESET)).isEqualTo(Standing.SUSPECTED);
        assertThat(failed.standing(NOW, RESET)).isEqualTo(Standing.TRUSTED);
    }

    @Test
    void failuresNeverOverflow() {
        BridgeCondition many = new BridgeCondition(false, Optional.of(NOW), Integer.MAX_VALUE);

        assertThat(many.failed(NOW).failures()).isEqualTo(Integer.MAX_VALUE);
        assertThatThrownBy(() -> new BridgeCondition(true, Optional.empty(), -1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
