package org.confocal.tests.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoadsTest {
    private final Machine machine = Machine.of(0, 0, Geography.world(), Optional.empty(), 1_000);
    private final Loads loads = new Loads(List.of(machine));

    @Test
    void minutesOnAHotBridgeCountItsPeople() {
        loads.change(machine, 700, 10, 0);
        loads.change(machine, 200, 5, 60_000);
        loads.change(machine, 300, 0, 180_000);
        loads.settle(240_000);

        assertThat(loads.hotPersonMinutes()).isCloseTo(2 * 15 + 15, within(1e-9));
        assertThat(loads.hotShare()).isCloseTo(3.0 / 4, within(1e-9));
        assertThat(loads.fullShare()).isCloseTo(1.0 / 4, within(1e-9));
        assertThat(loads.highest()).isCloseTo(1.2, within(1e-9));
    }

    @Test
    void aLoadThatLastsForNoTimeIsNone() {
        loads.change(machine, 5_000, 1, 1_000);
        loads.change(machine, -4_900, 0, 1_000);
        loads.settle(2_000);

        assertThat(loads.highest()).isCloseTo(0.1, within(1e-9));
    }
}
