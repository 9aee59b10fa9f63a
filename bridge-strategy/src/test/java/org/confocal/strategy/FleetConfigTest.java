package org.confocal.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.confocal.strategy.FleetConfig.BridgeClass;
import org.confocal.strategy.FleetConfig.StressSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FleetConfigTest {
    @Test
    void defaultsAreThoseOfTheSpecification() {
        assertThat(FleetConfig.DEFAULTS)
                .isEqualTo(new FleetConfig(
                        StressSource.MAX, 50_000, List.of(), 0.01, Duration.ofSeconds(20), 0.8, Duration.ofMinutes(1)));
    }

    @ParameterizedTest
    @CsvSource({
        "0,     0.01, 20, 0.8, 60, maxPacketRate",
        "-1,    0.01, 20, 0.8, 60, maxPacketRate",
        "NaN,   0.01, 20, 0.8, 60, maxPacketRate",
        "50000, 0,    20, 0.8, 60, averageParticipantStress",
        "50000, Infinity, 20, 0.8, 60, averageParticipantStress",
        "50000, 0.01, -1, 0.8, 60, rampup",
        "50000, 0.01, 20, 0,   60, stressThreshold",
        "50000, 0.01, 20, 0.8, -1, failureReset",
    })
    void whatMakesNoSenseIsRefusedByName(
            double rate, double stress, long rampup, double threshold, long reset, String name) {
        assertThatThrownBy(() -> new FleetConfig(
                        StressSource.MAX,
                        rate,
                        List.of(),
                        stress,
                        Duration.ofSeconds(rampup),
                        threshold,
                        Duration.ofSeconds(reset)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(name + " must ");
    }

    @Test
    void aClassWithoutPacketsIsRefused() {
        assertThatThrownBy(() -> new BridgeClass("tiny", Optional.empty(), Optional.empty(), OptionalDouble.of(0)))
                .hasMessageStartingWith("maxPacketRate of tiny must ");
    }
}
