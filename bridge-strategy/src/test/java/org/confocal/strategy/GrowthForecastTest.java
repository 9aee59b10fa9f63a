package org.confocal.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.confocal.strategy.StrategyFixture.NOW;
import static org.confocal.strategy.StrategyFixture.id;
import static org.confocal.strategy.StrategyFixture.later;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.confocal.strategy.ConferenceShape.BridgeUse;
import org.confocal.strategy.ConferenceShape.RegionCount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrowthForecastTest {
    private static final double BUDGET = 0.8 * 100_000;
    /** The incident: 92 joins in 31 s. */
    private static final double PAUSE = 31.0 / 92;

    @ParameterizedTest
    @CsvSource({"5", "6", "8", "10", "15", "20", "25", "31"})
    void theIncidentIsForecastFromItsFifthSecondOn(double seconds) {
        GrowthForecast forecast = incident(seconds);

        assertThat(forecast.bridges()).isBetween(5, 6);
        assertThat(forecast.perBridge()).isLessThanOrEqualTo(19);
        assertThat(forecast.crowd().size()).isBetween(85.0, 110.0);
    }

    /** Each one goes to the fullest bridge that has less than its share by the forecast, else to another one. */
    @Test
    void theIncidentFitsOntoSixBridgesWhenEachCarriesItsShareOfTheForecast() {
        List<Integer> people = new ArrayList<>();
        JoinRate joins = JoinRate.NONE;
        for (int i = 0; i < 92; i++) {
            Instant at = later(i * PAUSE);
            joins = joins.joined(at);
            int share = GrowthForecast.of(shape(i, 0, joins), at, LoadModel.DEFAULTS, BUDGET)
                    .perBridge();
            int bridge = 0;
            while (bridge < people.size() && people.get(bridge) >= share) {
                bridge++;
            }
            if (bridge == people.size()) {
                people.add(0);
            }
            people.set(bridge, people.get(bridge) + 1);
        }

        int fullest = people.stream().mapToInt(Integer::intValue).max().orElseThrow();
        assertThat(people.size()).isBetween(5, 6);
        assertThat(fullest).isLessThanOrEqualTo(19);
        assertThat(LoadModel.DEFAULTS.packetRate(fullest, new Crowd(92, 46, 92), people.size()))
                .isLessThanOrEqualTo(BUDGET);
    }

    @Test
    void afterTheIncidentTheForecastIsItsSize() {
        ConferenceShape over = shape(92, 0, JoinRateTest.joins(1 / PAUSE, 0, 31));

        assertThat(GrowthForecast.of(over, later(31 + 60), LoadModel.DEFAULTS, BUDGET)
                        .crowd()
                        .size())
                .isEqualTo(93, within(0.1));
    }

    private static GrowthForecast incident(double seconds) {
        JoinRate joins = JoinRate.NONE;
        int joined = 0;
        for (; joined * PAUSE <= seconds && joined < 92; joined++) {
            joins = joins.joined(later(joined * PAUSE));
        }
        return GrowthForecast.of(shape(joined - 1, 0, joins), later(seconds), LoadModel.DEFAULTS, BUDGET);
    }

    @ParameterizedTest
    @CsvSource({
        // people (half of them with video), packets per second a bridge may carry: bridges, people on each
        "1,    80000, 1,  1",
        "10,   80000, 1,  10",
        "27,   80000, 1,  27",
        "92,   80000, 5,  19",
        "92,   40000, 9,  11",
        "300,  80000, 9,  34",
        "1000, 80000, 9,  112",
        "2,    1,     2,  1",
    })
    void asManyBridgesAreOpenedAsTheForecastNeeds(int people, double budget, int bridges, int perBridge) {
        ConferenceShape waiting = shape(0, people - 1, JoinRate.NONE);

        GrowthForecast forecast = GrowthForecast.of(waiting, NOW, LoadModel.DEFAULTS, budget);

        assertThat(forecast.crowd().size()).isEqualTo(people);
        assertThat(forecast.bridges()).isEqualTo(bridges);
        assertThat(forecast.perBridge()).isEqualTo(perBridge);
    }

    @Test
    void aQuietConferenceIsForecastAsItIs() {
        GrowthForecast forecast =
                GrowthForecast.of(shape(4, 0, JoinRate.NONE.joined(NOW)), later(1), LoadModel.DEFAULTS, BUDGET);

        assertThat(forecast.crowd().size()).isEqualTo(5);
        assertThat(forecast.bridges()).isEqualTo(1);
        assertThat(forecast.perBridge()).isEqualTo(5);
    }

    @Test
    void aLongBurstIsNotExpectedToGoOnForever() {
        JoinRate joins = JoinRateTest.joins(3, 0, 300);

        assertThat(GrowthForecast.of(shape(899, 0, joins), later(300), LoadModel.DEFAULTS, BUDGET)
                        .crowd()
                        .size())
                .isEqualTo(915, within(1.0));
    }

    @Property(tries = 500)
    void bridgesAreBoundedAndCarryEverybody(
            @ForAll @IntRange(max = 5000) int seated,
            @ForAll @IntRange(max = 5000) int waiting,
            @ForAll @DoubleRange(min = 0.1, max = 50) double perSecond,
            @ForAll @DoubleRange(min = 1, max = 1e6) double budget) {
        JoinRate joins = JoinRateTest.joins(perSecond, 0, 5);
        GrowthForecast forecast =
                GrowthForecast.of(shape(seated, waiting, joins), later(5), LoadModel.DEFAULTS, budget);
        double size = forecast.crowd().size();

        assertThat(size).isBetween(seated + waiting + 1.0, seated + waiting + 1 + perSecond * 45);
        assertThat(forecast.bridges()).isBetween(1, GrowthForecast.MAX_BRIDGES);
        assertThat((double) forecast.bridges() * forecast.perBridge()).isGreaterThanOrEqualTo(size);
        if (forecast.bridges() > 1) {
            int fewer = forecast.bridges() - 1;
            assertThat(LoadModel.DEFAULTS.packetRate(Math.ceil(size / fewer), forecast.crowd(), fewer))
                    .isGreaterThan(budget);
        }
    }

    @Test
    void aBridgeThatMayCarryNothingIsRefused() {
        Instant at = NOW;
        assertThatThrownBy(() -> GrowthForecast.of(shape(1, 0, JoinRate.NONE), at, LoadModel.DEFAULTS, 0))
                .hasMessageStartingWith("budget must ");
    }

    /** Half of them send video, and all of them sound. */
    private static ConferenceShape shape(int seated, int waiting, JoinRate joins) {
        BridgeUse use = new BridgeUse(
                id("jvb1"),
                Audience.PARTICIPANT,
                List.of(new RegionCount(Optional.empty(), seated)),
                seated,
                seated / 2);
        return new ConferenceShape(NOW, List.of(use), joins, waiting, Optional.empty());
    }
}
