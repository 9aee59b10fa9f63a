package org.confocal.tests.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class EstimateTest {

    @Test
    void theIntervalIsStudents() {
        // Mean 3, standard error 0.7071, and t of four degrees of freedom is 2.776.
        Estimate estimate = Estimate.of(List.of(1.0, 2.0, 3.0, 4.0, 5.0));

        assertThat(estimate.mean()).isEqualTo(3);
        assertThat(estimate.high()).isCloseTo(3 + 2.776 * Math.sqrt(0.5), within(1e-9));
        assertThat(estimate.low()).isCloseTo(3 - 2.776 * Math.sqrt(0.5), within(1e-9));
    }

    @Test
    void oneSeedHasNoInterval() {
        assertThat(Estimate.of(List.of(7.0))).isEqualTo(new Estimate(7, 0, 1));
    }
}
