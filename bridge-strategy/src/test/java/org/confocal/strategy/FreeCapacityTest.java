package org.confocal.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.strategy.StrategyFixture.NOW;
import static org.confocal.strategy.StrategyFixture.ROOM;
import static org.confocal.strategy.StrategyFixture.bridge;
import static org.confocal.strategy.StrategyFixture.endpoint;
import static org.confocal.strategy.StrategyFixture.fleet;
import static org.confocal.strategy.StrategyFixture.id;
import static org.confocal.strategy.StrategyFixture.report;
import static org.confocal.strategy.StrategyFixture.usable;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class FreeCapacityTest {
    @Test
    void whatIsLeftBelowTheThresholdOverWhatEverybodyIsReserved() {
        FleetSnapshot fleet = fleet(usable("stress_level", "0.3", "average_participant_stress", "0.125"));
        assertThat(free(fleet)).hasValue(4);
        FleetSnapshot after = fleet.reserved(id("jvb1"), ROOM, endpoint("a"), NOW);
        assertThat(free(after)).hasValue(3);
    }

    @Test
    void whereLoadIsExpectedEverybodyIsTheLastOfACallOfTen() {
        FleetSnapshot fleet = FleetSnapshot.empty(FleetConfig.DEFAULTS.with(LoadConfig.EXPECTED))
                .reported(id("jvb1"), usable("packet_rate_download", "0", "packet_rate_upload", "0"), NOW);
        // 0.8 of 50,000 packets a second, 900 each: stage video 300, three and a half thumbnails, two voices; its own.
        assertThat(free(fleet)).hasValue(44);
    }

    @Test
    void nobodyIsFreeOnAnOverloadedBridge() {
        assertThat(free(fleet(usable("stress_level", "1.5")))).hasValue(0);
    }

    @Test
    void whoReportsNoLoadIsNotKnown() {
        assertThat(free(fleet(report("drain", "false")))).isEmpty();
    }

    private static OptionalInt free(FleetSnapshot fleet) {
        return FreeCapacity.of(bridge(fleet, "jvb1"), fleet, NOW);
    }
}
