package org.confocal.focus.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void oneSecondsWorthIsFreeAfterARestAndThenEachHasItsOwnTurn() {
        assertThat(waits(TokenBucket.of(4), 7)).containsExactly(0L, 0L, 0L, 0L, 250L, 500L, 750L);
    }

    @Test
    void lessThanOneASecondStillLetsOneGo() {
        assertThat(waits(TokenBucket.of(0.5), 3)).containsExactly(0L, 2_000L, 4_000L);
    }

    @Test
    void aRestSavesNoMoreThanASecondsWorth() {
        TokenBucket used = TokenBucket.of(4).taken(6, NOW);
        assertThat(used.waiting(NOW)).isEqualTo(Duration.ofMillis(750));
        assertThat(used.waiting(NOW.plusMillis(750))).isZero();
        TokenBucket rested = used.taken(4, NOW.plusSeconds(3600));
        assertThat(rested.waiting(NOW.plusSeconds(3600))).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void aClockThatWasSetBackKeepsNobodyWaiting() {
        TokenBucket ahead = TokenBucket.of(4).taken(4, NOW.plusSeconds(7200));
        assertThat(ahead.waiting(NOW)).isZero();
    }

    private static List<Long> waits(TokenBucket bucket, int times) {
        List<Long> waits = new ArrayList<>();
        TokenBucket next = bucket;
        for (int i = 0; i < times; i++) {
            waits.add(next.waiting(NOW).toMillis());
            next = next.taken(1, NOW);
        }
        return waits;
    }
}
