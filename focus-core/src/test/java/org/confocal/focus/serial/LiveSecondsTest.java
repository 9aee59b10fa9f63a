package org.confocal.focus.serial;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class LiveSecondsTest {
    private static final Instant START = Instant.parse("2024-02-29T23:59:00Z");

    @Test
    void runningAndEndedLivesAddUp() {
        LiveSeconds lives = new LiveSeconds(START);
        lives.changed(1, START.plusSeconds(10));
        lives.changed(2, START.plusSeconds(20));
        lives.changed(-1, START.plusSeconds(30));
        assertThat(lives.alive()).isEqualTo(2);
        assertThat(lives.seconds(START.plusSeconds(40))).isEqualTo(10 + 30 + 20);
    }

    @Test
    void olderInstantOfAnotherThreadNeitherCountsNorTakesAway() {
        LiveSeconds lives = new LiveSeconds(START);
        lives.changed(1, START.plusSeconds(10));
        lives.changed(1, START.plusSeconds(5));
        assertThat(lives.seconds(START)).isZero();
        assertThat(lives.seconds(START.plusSeconds(11))).isEqualTo(2);
    }

    @Test
    void manyLongLivesFit() {
        LiveSeconds lives = new LiveSeconds(START);
        lives.changed(1_000_000, START);
        assertThat(lives.seconds(START.plusSeconds(100_000_000))).isEqualTo(1e14);
    }
}
