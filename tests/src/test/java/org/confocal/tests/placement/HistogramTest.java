package org.confocal.tests.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HistogramTest {

    @Test
    void quantilesAreTheEdgesOfTheirBins() {
        Histogram histogram = new Histogram(1, 100);
        for (int i = 0; i < 100; i++) {
            histogram.add(i, 1);
        }

        assertThat(histogram.quantile(0.95)).isEqualTo(95);
        assertThat(histogram.shareFrom(90)).isCloseTo(0.1, within(1e-9));
    }

    @Test
    void foldingAddsTheMeans() {
        Histogram histogram = new Histogram(1, 1_000);
        histogram.add(100, 3);

        Histogram folded = histogram.foldedWith(new double[] {0, 0.5, 0, 0.5});

        assertThat(folded.total()).isCloseTo(3, within(1e-9));
        assertThat(folded.quantile(0.5)).isEqualTo(102);
        assertThat(folded.quantile(1)).isEqualTo(104);
    }

    @Test
    void theLastMileOfAPairIsTwiceThatOfOne() {
        double mean = 0;
        double[] shares = LastMile.shares(2);
        for (int ms = 0; ms < shares.length; ms++) {
            mean += (ms + 0.5) * shares[ms];
        }
        assertThat(mean).isCloseTo(2 * LastMile.meanMs(), within(0.2));
    }
}
