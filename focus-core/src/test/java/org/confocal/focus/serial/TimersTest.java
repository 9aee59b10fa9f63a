package org.confocal.focus.serial;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

class TimersTest {
    private final VirtualTime time = new VirtualTime();
    private final LongAdder gauge = new LongAdder();
    private final List<Timers.Due<String>> due = new ArrayList<>();
    private final Timers<String> timers = new Timers<>(time, gauge, due::add);

    @Test
    void timerRunsOutOnceAndNoSooner() {
        timers.start("a", Duration.ofSeconds(5));
        time.advance(Duration.ofMillis(4_999));
        assertThat(due).isEmpty();
        time.advance(Duration.ofMillis(1));
        assertThat(due).hasSize(1);
        assertThat(timers.claim(due.getFirst())).isTrue();
        assertThat(timers.claim(due.getFirst())).as("only once").isFalse();
        assertThat(timers.count()).isZero();
        assertThat(gauge.sum()).isZero();
    }

    @Test
    void startingAgainReplaces() {
        timers.start("a", Duration.ofSeconds(5));
        time.advance(Duration.ofSeconds(3));
        timers.start("a", Duration.ofSeconds(5));
        assertThat(timers.count()).isOne();
        time.advance(Duration.ofSeconds(4));
        assertThat(due).isEmpty();
        time.advance(Duration.ofSeconds(1));
        assertThat(due).hasSize(1);
    }

    @Test
    void timerThatWasReplacedWhileItsFiringWasUnderWayIsDropped() {
        timers.start("a", Duration.ofSeconds(5));
        time.advance(Duration.ofSeconds(5));
        timers.start("a", Duration.ofSeconds(5));
        assertThat(timers.claim(due.getFirst())).isFalse();
        time.advance(Duration.ofSeconds(5));
        assertThat(timers.claim(due.get(1))).isTrue();
    }

    @Test
    void cancelledTimerThatFiresLateIsDropped() {
        timers.start("a", Duration.ofSeconds(5));
        Runnable late = time.lateCopyOfNext();
        timers.cancel("a");
        assertThat(time.waiting()).isZero();
        late.run();
        assertThat(due).hasSize(1);
        assertThat(timers.claim(due.getFirst())).isFalse();
        assertThat(gauge.sum()).isZero();
    }

    @Test
    void cancelAllLeavesNothing() {
        timers.start("a", Duration.ofSeconds(5));
        timers.start("b", Duration.ofDays(400_000));
        timers.start("c", Duration.ofSeconds(-1));
        timers.cancel("nobody");
        assertThat(gauge.sum()).isEqualTo(3);
        timers.cancelAll();
        assertThat(timers.count()).isZero();
        assertThat(gauge.sum()).isZero();
        assertThat(time.waiting()).isZero();
    }
}
