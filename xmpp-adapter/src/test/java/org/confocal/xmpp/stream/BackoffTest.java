package org.confocal.xmpp.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.confocal.xmpp.BackoffConfig;
import org.junit.jupiter.api.Test;

class BackoffTest {

    @Property(tries = 200)
    void theCeilingDoublesUpToTheLongestWait(@ForAll long seed) {
        Backoff backoff = new Backoff(BackoffConfig.DEFAULT, new Random(seed));
        for (long ceiling : new long[] {1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000}) {
            assertThat(backoff.next()).isPositive().isLessThanOrEqualTo(Duration.ofMillis(ceiling));
        }
    }

    @Test
    void attemptsAreSpreadOverTheWholeTime() {
        Random random = new Random(7);
        long low = 0;
        for (int i = 0; i < 1_000; i++) {
            low += new Backoff(BackoffConfig.DEFAULT, random).next().toMillis() < 500 ? 1 : 0;
        }
        assertThat(low).isBetween(400L, 600L);
    }

    @Test
    void onlyAStreamThatLivedAWhileStartsOver() {
        Backoff backoff = new Backoff(BackoffConfig.DEFAULT, new AlmostOne());
        for (int i = 0; i < 10; i++) {
            backoff.next();
        }
        backoff.lived(Duration.ofSeconds(59));
        assertThat(backoff.next()).isGreaterThan(Duration.ofSeconds(29));
        backoff.lived(Duration.ofSeconds(60));
        assertThat(backoff.next()).isBetween(Duration.ofMillis(900), Duration.ofSeconds(1));
    }

    private static final class AlmostOne extends Random {
        @Override
        public double nextDouble() {
            return 0.9999;
        }
    }
}
