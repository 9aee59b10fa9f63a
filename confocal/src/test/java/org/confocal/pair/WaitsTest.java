package org.confocal.pair;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitsTest {
    private static final Duration EARLY = Duration.ofSeconds(59);

    @Test
    void thePauseIsDoubledUpToAMinuteWhileProcessesEndEarly() {
        List<Long> seconds = new ArrayList<>();
        Duration pause = Duration.ZERO;
        for (int i = 0; i < 9; i++) {
            pause = Waits.USUAL.pause(pause, EARLY);
            seconds.add(pause.toSeconds());
        }

        assertThat(seconds).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
    }

    @Test
    void afterALongLifeItIsShortAgain() {
        assertThat(Waits.USUAL.pause(Duration.ofMinutes(1), Duration.ofMinutes(1)))
                .isEqualTo(Duration.ofSeconds(1));
    }
}
