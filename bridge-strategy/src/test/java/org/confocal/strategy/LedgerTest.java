package org.confocal.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.confocal.strategy.StrategyFixture.NOW;
import static org.confocal.strategy.StrategyFixture.later;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final Duration RAMPUP = Duration.ofSeconds(20);

    @Test
    void aStormOfJoinsNeedsNoMoreRoomThanTheTicksOfARampup() {
        Ledger ledger = Ledger.EMPTY;
        int largest = 0;
        for (int i = 0; i < 15_000; i++) {
            ledger = ledger.reserved(0.01, NOW.plusMillis(i * 3L), RAMPUP);
            largest = Math.max(largest, ledger.size());
        }

        assertThat(largest).isBetween(190, 201);
    }

    @Test
    void agedEntriesAreDroppedWithTheNextChange() {
        Ledger ledger = Ledger.EMPTY.reserved(1, NOW, RAMPUP).reserved(1, later(1), RAMPUP);
        assertThat(ledger.size()).isEqualTo(2);

        Ledger next = ledger.reserved(1, later(20.5), RAMPUP);

        assertThat(next.size()).isEqualTo(2);
        assertThat(next.pending(later(20.5), RAMPUP)).isEqualTo(1 + 0.5 / 15, within(1e-12));
    }

    @Test
    void peopleWhoComeAndGoAtOnceLeaveNoTrace() {
        Ledger ledger = Ledger.EMPTY;
        for (int i = 0; i < 1000; i++) {
            Instant at = NOW.plusMillis(i * 60L);
            ledger = ledger.reserved(0.01, at, RAMPUP)
                    .released(Ledger.tick(at, RAMPUP), 0.01, at.plusMillis(59), RAMPUP);
            assertThat(ledger.pending(at.plusMillis(60), RAMPUP)).isEqualTo(0, within(1e-12));
            assertThat(ledger.counting(at.plusMillis(60), RAMPUP)).isZero();
        }
    }

    @Test
    void everybodyLeavingAtOnceIsCreditedInFull() {
        Ledger ledger = Ledger.EMPTY;
        for (int i = 0; i < 100; i++) {
            ledger = ledger.reserved(0.01, NOW, RAMPUP);
        }
        for (int i = 0; i < 100; i++) {
            ledger = ledger.released(Ledger.tick(NOW, RAMPUP), 0.01, later(600), RAMPUP);
        }

        assertThat(ledger.pending(later(600), RAMPUP)).isEqualTo(-1, within(1e-9));
        assertThat(ledger.pending(later(620), RAMPUP)).isZero();
    }

    @Test
    void aReleaseAfterTheClockWasSetBackDoesNotCountBelowNothing() {
        Ledger dropped = Ledger.EMPTY.reserved(1, NOW, RAMPUP).reserved(1, later(30), RAMPUP);

        Ledger ledger = dropped.released(Ledger.tick(NOW, RAMPUP), 1, later(15), RAMPUP);

        assertThat(ledger.counting(later(15), RAMPUP)).isEqualTo(1);
        assertThat(ledger.pending(later(15), RAMPUP)).isEqualTo(0, within(1e-12));
    }

    @Test
    void ticksFollowTheRampup() {
        assertThat(Ledger.tick(Instant.ofEpochMilli(1_999), RAMPUP)).isEqualTo(1_900);
        assertThat(Ledger.tick(Instant.ofEpochMilli(-1), RAMPUP)).isEqualTo(-100);
        assertThat(Ledger.tick(Instant.ofEpochMilli(1_999), Duration.ofMinutes(2)))
                .isEqualTo(1_800);
        assertThat(Ledger.tick(Instant.ofEpochMilli(1_999), Duration.ofMillis(50)))
                .isEqualTo(1_999);
    }
}
