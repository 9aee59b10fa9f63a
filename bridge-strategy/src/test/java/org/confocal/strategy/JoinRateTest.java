package org.confocal.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.confocal.strategy.StrategyFixture.NOW;
import static org.confocal.strategy.StrategyFixture.later;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JoinRateTest {
    @ParameterizedTest
    @CsvSource({
        // joins per second, for so many seconds
        "3,   3",
        "3,   5",
        "3,   10",
        "3,   60",
        "0.5, 20",
        "0.5, 600",
        "0.2, 600",
        "20,  5",
    })
    void aSteadyStreamIsSeenAsWhatItIs(double perSecond, double seconds) {
        // Before the shortest time that is measured it is seen as less.
        double seen = Math.min(1, (1 - Math.exp(-seconds / 10)) / (1 - Math.exp(-0.5)));

        assertThat(joins(perSecond, 0, seconds).perSecond(later(seconds)))
                .isEqualTo(perSecond * seen, within(0.25 * perSecond));
    }

    @Test
    void oneOrTwoJoinsAreNoStorm() {
        JoinRate one = JoinRate.NONE.joined(NOW);
        JoinRate two = one.joined(later(0.1));

        assertThat(JoinRate.NONE.perSecond(NOW)).isZero();
        assertThat(one.perSecond(NOW)).isZero();
        assertThat(one.perSecond(later(3))).isZero();
        assertThat(two.perSecond(later(0.1))).isBetween(0.2, 0.26);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "10, 0.368", "20, 0.135", "40, 0.018", "3600, 0"})
    void theRateFadesWhenJoinsStop(double after, double share) {
        assertThat(joins(3, 0, 60).perSecond(later(60 + after))).isEqualTo(3 * share, within(0.1));
    }

    @Test
    void aBurstBeginsWhenPeopleComeFastAndNotWithTheConference() {
        JoinRate trickle = joins(0.1, 0, 600);
        JoinRate burst = trickle;
        for (double at = 600; at < 620; at += 0.4) {
            burst = burst.joined(later(at));
        }

        assertThat(trickle.burstAge(later(600))).isLessThanOrEqualTo(Duration.ofSeconds(10));
        assertThat(burst.burstAge(later(620))).isBetween(Duration.ofSeconds(17), Duration.ofSeconds(20));
        assertThat(burst.joined(later(720)).burstAge(later(721))).isEqualTo(Duration.ofSeconds(1));
        assertThat(JoinRate.NONE.burstAge(NOW)).isZero();
    }

    @Test
    void whatIsLongAgoIsForgotten() {
        Instant nextDay = NOW.plus(Duration.ofDays(1));

        assertThat(joins(3, 0, 60).joined(nextDay)).isEqualTo(JoinRate.NONE.joined(nextDay));
        assertThat(joins(3, 0, 60).joined(nextDay).perSecond(nextDay.plusSeconds(1)))
                .isZero();
    }

    @Test
    void aClockThatIsSetBackTakesWhatIsKnownAlong() {
        JoinRate straight = joins(3, 0, 20);
        JoinRate back = straight;
        for (int i = 1; i <= 60; i++) {
            straight = straight.joined(later(20 + i / 3.0));
            back = back.joined(later(20 - 3600 + i / 3.0));
        }

        assertThat(back.perSecond(later(40 - 3600))).isEqualTo(straight.perSecond(later(40)), within(0.15));
        assertThat(back.burstAge(later(40 - 3600))).isCloseTo(straight.burstAge(later(40)), Duration.ofMillis(700));
        // Asked about a time before the last join.
        assertThat(straight.perSecond(later(-3600))).isEqualTo(3, within(0.2));
    }

    @Property(tries = 300)
    void theRateIsAlwaysANumberAndNeverFasterThanEverybodyInTheShortestTime(
            @ForAll @Size(max = 60) List<@LongRange(min = -100_000, max = 100_000) Long> pauses,
            @ForAll @LongRange(min = -100_000, max = 100_000) long later) {
        JoinRate rate = JoinRate.NONE;
        Instant now = NOW;
        for (long pause : pauses) {
            now = now.plusMillis(pause);
            rate = rate.joined(now);
        }

        assertThat(rate.perSecond(now.plusMillis(later))).isBetween(0.0, pauses.size() / 3.9);
        assertThat(rate.burstAge(now.plusMillis(later))).isGreaterThanOrEqualTo(Duration.ZERO);
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> new JoinRate(Double.NaN, NOW, NOW, NOW)).hasMessageStartingWith("weight must ");
        assertThatThrownBy(() -> new JoinRate(-1, NOW, NOW, NOW)).hasMessageStartingWith("weight must ");
    }

    /** Evenly spaced joins, the first one at once. */
    static JoinRate joins(double perSecond, double from, double seconds) {
        JoinRate rate = JoinRate.NONE;
        for (int i = 0; i / perSecond < seconds; i++) {
            rate = rate.joined(later(from + i / perSecond));
        }
        return rate;
    }
}
