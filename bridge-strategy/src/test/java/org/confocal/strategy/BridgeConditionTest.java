package org.confocal.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.confocal.strategy.StrategyFixture.NOW;
import static org.confocal.strategy.StrategyFixture.later;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.confocal.strategy.BridgeCondition.Standing;
import org.confocal.strategy.BridgeCondition.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BridgeConditionTest {
    /** Three conferences in a row within a minute; out for 10 s, then doubling up to a minute; 20 s to probe. */
    private static final FleetConfig CONFIG = FleetConfig.DEFAULTS;

    private static final Duration RESET = CONFIG.failureReset();

    @ParameterizedTest
    @CsvSource({
        // events at 0 s: an allocation for room a, b, c, d failed; + succeeded; m health check missed, h passed;
        // ! says that it is broken. Then the state, and the standing at 1 s, 10 s, 60 s
        "'',     CLOSED,  TRUSTED,   TRUSTED,   TRUSTED",
        "a,      CLOSED,  TRUSTED,   TRUSTED,   TRUSTED",
        "aaaaa,  CLOSED,  TRUSTED,   TRUSTED,   TRUSTED",
        "ababab, CLOSED,  TRUSTED,   TRUSTED,   TRUSTED",
        "abc,    OPEN,    SUSPENDED, TRUSTED,   TRUSTED",
        "ab+c,   CLOSED,  TRUSTED,   TRUSTED,   TRUSTED",
        "abc+,   CLOSED,  TRUSTED,   TRUSTED,   TRUSTED",
        "abcd,   OPEN,    SUSPENDED, TRUSTED,   TRUSTED",
        "abch,   OPEN,    SUSPENDED, TRUSTED,   TRUSTED",
        "abcm,   OPEN,    SUSPENDED, TRUSTED,   TRUSTED",
        "abc!,   BROKEN,  BROKEN,    BROKEN,    TRUSTED",
        "m,      SILENT,  SUSPECTED, SUSPECTED, TRUSTED",
        "mm,     SILENT,  SUSPECTED, SUSPECTED, TRUSTED",
        "mmm,    SILENT,  SUSPENDED, SUSPENDED, TRUSTED",
        "mmmm,   SILENT,  SUSPENDED, SUSPENDED, TRUSTED",
        "mh,     CLOSED,  SUSPECTED, SUSPECTED, TRUSTED",
        "mmmh,   CLOSED,  SUSPECTED, SUSPECTED, TRUSTED",
        "mmhm,   SILENT,  SUSPECTED, SUSPECTED, TRUSTED",
        "m+,     CLOSED,  TRUSTED,   TRUSTED,   TRUSTED",
        "ma,     OPEN,    SUSPENDED, TRUSTED,   TRUSTED",
        "!,      BROKEN,  BROKEN,    BROKEN,    TRUSTED",
        "!m,     BROKEN,  BROKEN,    BROKEN,    TRUSTED",
        "!a,     BROKEN,  BROKEN,    BROKEN,    TRUSTED",
        "!+,     BROKEN,  BROKEN,    BROKEN,    TRUSTED",
        "!h,     CLOSED,  SUSPECTED, SUSPECTED, TRUSTED",
        "h,      CLOSED,  TRUSTED,   TRUSTED,   TRUSTED",
        "+,      CLOSED,  TRUSTED,   TRUSTED,   TRUSTED",
    })
    void standingFollowsFromWhatHappened(String events, State state, Standing soon, Standing at10, Standing at60) {
        BridgeCondition condition = after(events);

        assertThat(condition.state()).isEqualTo(state);
        assertThat(condition.standing(later(1), RESET)).isEqualTo(soon);
        assertThat(condition.standing(later(9.999), RESET)).isEqualTo(soon);
        assertThat(condition.standing(later(10), RESET)).isEqualTo(at10);
        assertThat(condition.standing(later(59.999), RESET)).isEqualTo(at10);
        assertThat(condition.standing(later(60), RESET)).isEqualTo(at60);
    }

    @Test
    void failuresThatAreFurtherApartThanTheWindowAreNotRepeated() {
        BridgeCondition condition =
                failed(failed(failed(BridgeCondition.GOOD, 'a', NOW), 'b', later(30)), 'c', later(60));

        assertThat(condition.state()).isEqualTo(State.CLOSED);
        assertThat(condition.doubts()).extracting(doubt -> doubt.room().value()).containsExactly("b@x", "c@x");
        assertThat(failed(condition, 'd', later(61)).state()).isEqualTo(State.OPEN);
    }

    @Test
    void oneConferenceTriesAfterThePauseAndTheOthersWaitForIt() {
        BridgeCondition open = after("abc");
        assertThat(open.placed(later(9.9), CONFIG)).as("the last resort").isEqualTo(open);

        BridgeCondition probing = open.placed(later(10), CONFIG);

        assertThat(probing.state()).isEqualTo(State.PROBING);
        assertThat(probing.standing(later(10), RESET)).isEqualTo(Standing.SUSPECTED);
        assertThat(probing.standing(later(29.9), RESET)).isEqualTo(Standing.SUSPECTED);
        assertThat(probing.standing(later(30), RESET))
                .as("nobody knows what became of it")
                .isEqualTo(Standing.TRUSTED);
        assertThat(probing.placed(later(30), CONFIG).standing(later(49), RESET)).isEqualTo(Standing.SUSPECTED);
        assertThat(probing.allocated()).isEqualTo(BridgeCondition.GOOD);
        assertThat(probing.recovered().state()).isEqualTo(State.PROBING);
    }

    @Test
    void pausesDoubleUpToTheResetAndASuccessBeginsAnew() {
        BridgeCondition condition = after("abc");
        Instant now = NOW;
        for (int seconds : new int[] {10, 20, 40, 60, 60, 60}) {
            assertThat(condition.standing(now.plusSeconds(seconds).minusMillis(1), RESET))
                    .isEqualTo(Standing.SUSPENDED);
            now = now.plusSeconds(seconds);
            assertThat(condition.standing(now, RESET)).isEqualTo(Standing.TRUSTED);
            condition = failed(condition.placed(now, CONFIG), 'a', now);
        }
        BridgeCondition again = failed(failed(failed(condition.allocated(), 'a', now), 'b', now), 'c', now);
        assertThat(again.standing(now.plusSeconds(10), RESET)).isEqualTo(Standing.TRUSTED);
    }

    @Test
    void stragglersProlongAPauseAndDoNotDoubleIt() {
        BridgeCondition condition = failed(after("abc"), 'd', later(5));

        assertThat(condition.standing(later(14.9), RESET)).isEqualTo(Standing.SUSPENDED);
        assertThat(condition.standing(later(15), RESET)).isEqualTo(Standing.TRUSTED);
    }

    @Test
    void pausesNeverOverflow() {
        BridgeCondition condition = after("abc");
        Instant now = NOW;
        for (int i = 0; i < 100; i++) {
            now = now.plusSeconds(60);
            condition = failed(condition.placed(now, CONFIG), 'a', now);
        }
        assertThat(condition.standing(now.plusSeconds(59), RESET)).isEqualTo(Standing.SUSPENDED);
        assertThat(condition.standing(now.plusSeconds(60), RESET)).isEqualTo(Standing.TRUSTED);
    }

    @Test
    void nothingThatHappensToAllocationsEndsAnIceFailure() {
        BridgeCondition failing = BridgeCondition.GOOD.iceFailing(true);
        assertThat(failing.allocated().iceFailing()).isTrue();
        assertThat(failed(failed(failed(failing, 'a', NOW), 'b', NOW), 'c', NOW)
                        .placed(later(10), CONFIG)
                        .unhealthy(NOW)
                        .recovered()
                        .failed(NOW)
                        .iceFailing())
                .isTrue();
    }

    @Test
    void aClockSetBackForgivesAfterTheSameTime() {
        BridgeCondition silent = BridgeCondition.GOOD.failed(later(7200));

        assertThat(silent.standing(later(7199), RESET)).isEqualTo(Standing.SUSPECTED);
        assertThat(silent.standing(NOW, RESET)).isEqualTo(Standing.TRUSTED);
    }

    @Test
    void countsNeverOverflowAndAreNeverNegative() {
        BridgeCondition many =
                new BridgeCondition(State.SILENT, Optional.of(NOW), List.of(), 0, Integer.MAX_VALUE, false);

        assertThat(many.failed(NOW).misses()).isEqualTo(Integer.MAX_VALUE);
        assertThatThrownBy(() -> new BridgeCondition(State.CLOSED, Optional.empty(), List.of(), 0, -1, false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BridgeCondition(State.CLOSED, Optional.empty(), List.of(), -1, 0, false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"0, 60, 10, 20", "101, 60, 10, 20", "3, 0, 10, 20", "3, 60, 0, 20", "3, 60, 10, 0"})
    void aBreakerThatCannotWorkIsRefused(int failures, int window, int pause, int probe) {
        assertThatThrownBy(() -> new BreakerConfig(
                        failures, Duration.ofSeconds(window), Duration.ofSeconds(pause), Duration.ofSeconds(probe)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static BridgeCondition after(String events) {
        BridgeCondition condition = BridgeCondition.GOOD;
        for (int i = 0; i < events.length(); i++) {
            char event = events.charAt(i);
            condition = switch (event) {
                case 'm' -> condition.failed(NOW);
                case 'h' -> condition.recovered();
                case '!' -> condition.unhealthy(NOW);
                case '+' -> condition.allocated();
                default -> failed(condition, event, NOW);
            };
        }
        return condition;
    }

    private static BridgeCondition failed(BridgeCondition condition, char room, Instant at) {
        return condition.failed(new RoomId(room + "@x"), at, CONFIG);
    }
}
