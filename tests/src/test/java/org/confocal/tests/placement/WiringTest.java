package org.confocal.tests.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.cascade.Cascade;
import org.confocal.strategy.cascade.Link;
import org.confocal.strategy.network.EgressPrices;
import org.junit.jupiter.api.Test;

class WiringTest {
    private static final Geography GEOGRAPHY = Geography.world();
    private static final List<Machine> MACHINES = List.of(
            Machine.of(0, GEOGRAPHY.regionCalled("ap-south-1"), GEOGRAPHY, Optional.empty(), 100_000),
            Machine.of(1, GEOGRAPHY.regionCalled("eu-central-1"), GEOGRAPHY, Optional.empty(), 100_000),
            Machine.of(2, GEOGRAPHY.regionCalled("us-east-1"), GEOGRAPHY, Optional.empty(), 100_000),
            Machine.of(3, GEOGRAPHY.regionCalled("ca-central-1"), GEOGRAPHY, Optional.empty(), 100_000));
    private static final Tariffs AWS = new Tariffs(MACHINES, EgressPrices.aws());

    /** $ for one Mbit/s during one hour. */
    private static final double MBPS_HOUR = 1000 * 3_600_000.0;

    @Test
    void aStarThroughACheapHubHalvesWhatAMeshOfADearSenderCosts() {
        double[] mumbaiSends = {1, 0, 0, 0};

        // 0.45 GB for an Mbit/s and hour; the research's example of four bridges: 0.258 and 0.126 $ per GB.
        assertThat(MBPS_HOUR * Wiring.mesh(MACHINES, GEOGRAPHY).usdPerMs(MACHINES, mumbaiSends, AWS))
                .isCloseTo(0.45 * 0.258, within(1e-9));
        assertThat(MBPS_HOUR * Wiring.star(MACHINES, 1, GEOGRAPHY).usdPerMs(MACHINES, mumbaiSends, AWS))
                .isCloseTo(0.45 * 0.126, within(1e-9));
    }

    @Test
    void aStarMakesADetour() {
        Wiring star = Wiring.star(MACHINES, 1, GEOGRAPHY);

        assertThat(star.pathMs(0, 2)).isCloseTo(114.4 + 90.1, within(1e-9));
        assertThat(star.pathMs(0, 1)).isCloseTo(114.4, within(1e-9));
        assertThat(star.pathMs(2, 2)).isZero();
    }

    @Test
    void aCascadeIsWiredAsItsLinksAre() {
        List<BridgeId> ids = MACHINES.stream().map(Machine::id).toList();
        Cascade cascade = Cascade.of(
                ids,
                List.of(
                        Link.alone(ids.get(0), ids.get(1)),
                        Link.alone(ids.get(2), ids.get(1)),
                        Link.alone(ids.get(3), ids.get(1))));

        Wiring wired = Wiring.of(cascade, MACHINES, GEOGRAPHY);
        Wiring star = Wiring.star(MACHINES, 1, GEOGRAPHY);

        double[] sent = {3, 5, 7, 11};
        assertThat(wired.usdPerMs(MACHINES, sent, AWS)).isCloseTo(star.usdPerMs(MACHINES, sent, AWS), within(1e-15));
        for (int a = 0; a < 4; a++) {
            for (int b = 0; b < 4; b++) {
                assertThat(wired.pathMs(a, b)).isCloseTo(star.pathMs(a, b), within(1e-9));
            }
        }
    }
}
